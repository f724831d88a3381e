"""When to try again to store what the disk has refused."""

from __future__ import annotations

from contract_tui.session.copies.replica import Replica

LONGEST = 4.0
"""Seconds between two attempts to store what the disk has refused often."""


class Retries:
    """Tries at each beat of a pulse, and more and more seldom while the disk goes on refusing."""

    def __init__(self, replica: Replica, pulse: float) -> None:
        """`pulse` is in seconds."""
        self._replica = replica
        self._pulse = self._wait = pulse
        self._until_next = 0.0

    def beat(self) -> bool:
        """Try if it is time; returns whether it was."""
        if self._replica.is_saved:
            self._wait, self._until_next = self._pulse, 0.0
            return False
        self._until_next -= self._pulse
        if self._until_next > 0:
            return False
        self._replica.retry()
        self._until_next = self._wait = min(2 * self._wait, LONGEST)
        return True
