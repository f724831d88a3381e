"""How many wrong codes or keys may be tried: right ones are never limited. Pure: time is told."""

from __future__ import annotations

import math


class Guesses:
    """Wrong tries of codes or keys: how many there may still be, from one network and in all.

    With 40 bits in a code and a hundred codes open, those that all networks of the world may try
    in a year find one with a chance of three in a hundred; a class of five hundred behind one
    address, of whom every fifth is wrong at once, does not notice.
    """

    PER_NETWORK = (100, 1.0)
    IN_ALL = (1000, 10.0)
    """Wrong tries at once, and per second."""

    def __init__(self) -> None:
        self._networks: dict[str, tuple[float, float]] = {}
        self._all = (float(self.IN_ALL[0]), 0.0)
        """What is left, and when that was worked out."""

    def wait(self, network: str, now: float) -> int:
        """Seconds until this network may try again; 0 if it may now."""
        own = _left(self._networks.get(network), self.PER_NETWORK, now)
        every = _left(self._all, self.IN_ALL, now)
        waits = ((1 - own) / self.PER_NETWORK[1], (1 - every) / self.IN_ALL[1])
        return max(0, math.ceil(max(waits)))

    def wrong(self, network: str, now: float) -> None:
        """Note a wrong try."""
        left = _left(self._networks.get(network), self.PER_NETWORK, now)
        self._networks[network] = (left - 1, now)
        self._all = (_left(self._all, self.IN_ALL, now) - 1, now)

    def tidy(self, now: float) -> None:
        """Forget the networks that have been quiet for long enough."""
        for network, kept in list(self._networks.items()):
            if _left(kept, self.PER_NETWORK, now) >= self.PER_NETWORK[0]:
                del self._networks[network]


def _left(kept: tuple[float, float] | None, allowed: tuple[int, float], now: float) -> float:
    most, per_second = allowed
    if kept is None:
        return most
    left, at = kept
    return min(most, left + max(0.0, now - at) * per_second)
