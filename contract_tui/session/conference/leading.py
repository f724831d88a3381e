"""Reading together: one person leads through the contract, and the others' view goes along.

Nothing of it is kept. Whoever is led may leave at any time, and come along again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from contract_tui.contract.schema import PartId
from contract_tui.session.presence.presence import Whereabouts
from contract_tui.session.presence.whispers import Whispers
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId


@dataclass(frozen=True, slots=True)
class View:
    """Where a person is who leads."""

    seat: SeatId
    part: PartId | None
    """The text or the page that they look at."""
    line: int
    """The line that they read first."""
    head: ElementId | None
    """The character before their caret."""


class Leading:
    """Who leads, as everybody sees it: of two who began at once, the same one on every screen."""

    def __init__(self, whispers: Whispers) -> None:
        self._whispers = whispers
        self._left: tuple[int, SeatId] | None = None
        """Whom this person does not follow any more."""

    @property
    def leads(self) -> bool:
        """Whether this person leads."""
        mine, leader = self._whispers.mine, self._leader()
        return mine is not None and leader is not None and leader.seat == mine.seat

    @property
    def view(self) -> View | None:
        """Where to go along; None where nobody else leads, or this person has left them."""
        leader = self._leader()
        if leader is None or self.leads or self._left == _turn(leader):
            return None
        together = leader.together
        return View(leader.seat, leader.part, together.line, leader.head)

    @property
    def leader(self) -> SeatId | None:
        """Who leads, also where this person has left them."""
        leader = self._leader()
        return leader.seat if leader is not None else None

    def lead(self, on: bool = True) -> None:
        """Take the lead from whoever has it, or lead no more."""
        turn = max((one.together.leads for one in self._everybody()), default=0) + 1 if on else 0
        self._whispers.be_together(replace(self._whispers.together, leads=turn))

    def read(self, line: int) -> None:
        """Say which line of the page is the first that this person reads."""
        if line != self._whispers.together.line:
            self._whispers.be_together(replace(self._whispers.together, line=max(0, line)))

    def leave(self) -> None:
        """Follow whoever leads now no more."""
        leader = self._leader()
        self._left = _turn(leader) if leader is not None else None

    def come_along(self) -> None:
        """Follow whoever leads again."""
        self._left = None

    def _leader(self) -> Whereabouts | None:
        leading = [one for one in self._everybody() if one.together.leads]
        return max(leading, key=_turn, default=None)

    def _everybody(self) -> list[Whereabouts]:
        mine = self._whispers.mine
        return [*self._whispers, *([mine] if mine is not None else [])]


def _turn(leader: Whereabouts) -> tuple[int, SeatId]:
    return leader.together.leads, leader.seat
