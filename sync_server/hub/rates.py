"""How much of something is allowed in a while.

Whoever takes more is in debt, and held back until the debt is paid: nothing is lost, and nobody
else waits.
"""

from sync_server.hub.limits import Limits, Rate


class Bucket:
    """An allowance that is filled at a steady rate, up to what may be taken at once."""

    __slots__ = ("_at", "_level", "_rate")

    def __init__(self, rate: Rate, now: float) -> None:
        """Begin full."""
        self._rate = rate
        self._level = rate.burst
        self._at = now

    def take(self, amount: float, now: float) -> float:
        """Take an amount; returns the seconds until the debt is paid, 0 if there is none."""
        level = self._level + (now - self._at) * self._rate.lasting
        self._at = now
        self._level = level = min(level, self._rate.burst) - amount
        return -level / self._rate.lasting if level < 0 else 0.0

    def spare(self, now: float) -> bool:
        """Take 1 if that much is there; returns whether it was."""
        self.take(0, now)
        if self._level < 1:
            return False
        self._level -= 1
        return True

    def is_full(self, now: float) -> bool:
        """Whether everything that may be taken at once is there."""
        self.take(0, now)
        return self._level >= self._rate.burst


class Allowance:
    """What one computer may take, however often it comes back."""

    __slots__ = ("effort", "operations")

    def __init__(self, limits: Limits, now: float) -> None:
        """Begin with everything that may be taken at once."""
        self.operations = Bucket(limits.operations, now)
        self.effort = Bucket(limits.effort, now)

    def is_full(self, now: float) -> bool:
        """Whether there is nothing to remember."""
        return self.operations.is_full(now) and self.effort.is_full(now)


class Rates:
    """What one connection may take."""

    __slots__ = ("custody", "effort", "frames", "octets", "operations", "presence", "refused")

    def __init__(self, limits: Limits, now: float, allowance: Allowance | None = None) -> None:
        """Begin with everything that may be taken at once, and what is left to its computer."""
        allowance = allowance or Allowance(limits, now)
        self.operations = allowance.operations
        self.effort = allowance.effort
        self.frames = Bucket(limits.frames, now)
        self.octets = Bucket(limits.octets, now)
        self.presence = Bucket(limits.presence, now)
        self.refused = Bucket(limits.refused, now)
        self.custody = Bucket(limits.custody, now)
