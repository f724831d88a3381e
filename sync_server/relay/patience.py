"""Who was shown out again and again waits longer and longer before coming back.

A seat waits by itself, on all computers that it has, and however it comes. A whole school may share
one network: that is only let in a little more slowly while it is shown out a lot, and never kept
out.

Pure: times are arguments, in seconds of a clock that nobody sets.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sync_server.access.devices import Device
from sync_server.access.keys import device_prefix
from sync_server.hub.limits import Limits
from sync_server.hub.rates import Bucket
from sync_server.relay.pages import Refused

VIOLATIONS = frozenset({1002, 1003, 1007, 1008, 1009, 4429})
"""Close codes of those who did what nobody may (RFC 6455, section 7.4.1, and our own)."""
_FREE = 3
"""Times without any wait: a program may have one bad day."""
_MOST = 15
"""Times that are remembered: more neither lengthen the wait nor keep anybody out for hours."""
_FORGOTTEN = 60.0
"""Seconds after which one time is forgotten."""
LONGEST_PAUSE = 1.0
"""Seconds that a network waits at most, well within the time for a handshake."""


@dataclass(frozen=True, slots=True)
class _Record:
    times: float
    at: float


class Patience:
    """How often who was shown out."""

    def __init__(self, limits: Limits) -> None:
        self._longest = limits.shown_out_wait
        self._rate = limits.shown_out
        self._seats: dict[bytes, _Record] = {}
        self._networks: dict[str, Bucket] = {}

    def note(self, device: Device | None, network: str, now: float) -> None:
        """Note that somebody was shown out; without a device nobody knows who it was."""
        if device is not None:
            name = device_prefix(device.seat.key)
            self._seats[name] = _Record(min(_MOST, self._times(name, now) + 1), now)
        bucket = self._networks.setdefault(network, Bucket(self._rate, now))
        if bucket.take(0, now) < LONGEST_PAUSE:  # what is forgiven in a while, whatever happened
            bucket.take(1, now)

    def refusal(self, device: Device, now: float) -> Refused | None:
        """Why a device is not let in now, if it was shown out too often."""
        name = device_prefix(device.seat.key)
        record = self._seats.get(name)
        if record is None or record.times <= _FREE:
            return None
        wait = record.at + min(self._longest, 2 ** (record.times - _FREE)) - now
        if wait <= 0:
            return None
        words = "you were shown out several times in a row: wait a moment, then try again"
        return Refused(429, "unruly", words, math.ceil(wait))

    def pause(self, network: str, now: float) -> float:
        """Seconds that the next connection of a network waits before it is let in."""
        bucket = self._networks.get(network)
        return min(LONGEST_PAUSE, bucket.take(0, now)) if bucket else 0.0

    def tidy(self, now: float) -> None:
        """Forget those who have been no trouble for long enough."""
        self._seats = {name: one for name, one in self._seats.items() if self._times(name, now)}
        self._networks = {
            name: bucket for name, bucket in self._networks.items() if not bucket.is_full(now)
        }

    def _times(self, name: bytes, now: float) -> float:
        record = self._seats.get(name)
        return max(0.0, record.times - (now - record.at) / _FORGOTTEN) if record else 0.0
