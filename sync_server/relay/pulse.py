"""Whether a connection lives: when its peer was heard last, and took what it was sent.

Pure: times are arguments, in seconds of a clock that nobody sets.
"""

from enum import Enum, auto

from sync_server.relay.settings import Settings


class Verdict(Enum):
    """What is to be done about a connection."""

    NOTHING = auto()
    ASK = auto()
    """Whether the peer is there, by a ping."""
    CUT_OFF = auto()
    """It does not read what it is sent."""
    ABORT = auto()
    """It is gone, or takes too long over its beginning or its end."""


class Pulse:
    """The times after which nobody waits any longer for one peer."""

    __slots__ = (
        "_asked",
        "_close_by",
        "_flushed",
        "_heard_at",
        "_moved_at",
        "_settings",
        "_written",
    )

    def __init__(self, settings: Settings, now: float) -> None:
        """Begin with a handshake, for which there is a while."""
        self._settings = settings
        self._heard_at = self._moved_at = now
        self._written = self._flushed = 0
        self._asked = False
        self._close_by: float | None = now + settings.handshake_within
        """When to cut it off unless it is open by then, or gone."""

    @property
    def ends(self) -> bool:
        """Whether it has so long to begin or to end, and no longer."""
        return self._close_by is not None

    def heard(self, now: float) -> None:
        """Note that something came."""
        self._heard_at = now
        self._asked = False

    def wrote(self, count: int) -> None:
        """Note that so many bytes are to be sent."""
        self._written += count

    def opened(self) -> None:
        """Note that the handshake is over."""
        self._close_by = None

    def end(self, now: float) -> None:
        """Let it have a while to end, unless it has one already."""
        if self._close_by is None:
            self._close_by = now + self._settings.close_within

    def check(self, now: float, unsent: int) -> Verdict:
        """Look for what is overdue, with so many bytes not sent yet."""
        if self._close_by is not None:
            return Verdict.ABORT if now >= self._close_by else Verdict.NOTHING
        if not unsent or self._written - unsent != self._flushed:
            self._flushed = self._written - unsent
            self._moved_at = now
        interval = self._settings.ping_interval
        patience = interval + self._settings.ping_timeout
        silent = now - self._heard_at
        if now - self._moved_at > patience:
            return Verdict.CUT_OFF
        if silent > patience and not unsent:
            return Verdict.ABORT
        if silent > interval and not self._asked:
            self._asked = True
            return Verdict.ASK
        return Verdict.NOTHING
