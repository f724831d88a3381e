"""How long the relay waits and how much it takes, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes."""

    join_within: float = 10
    """A connection that has not introduced itself by then is closed."""
    ack_delay: float = 0.05
    """Acknowledgements wait this long for something to travel with, …"""
    ack_pause: float = 0.25
    """… and this long after the one before: who types on is told now and then."""
    nudge_after: float = 3
    """A peer that is out of step and silent is spoken to again; the pause doubles each time."""
    nudge_at_most: float = 60
    keep: float = 60
    """A document that nobody has open stays in memory this long."""
    slice: int = 100
    """Changes taken before other documents have their turn."""
    load_slice: int = 1000
    """Stored changes read before other documents have their turn."""
    inbox: int = 1 << 20
    """A connection with more than this waiting to be taken is not read from."""
    documents: int = 2000
    """Documents open on one connection."""
    quiet: float = 10
    """A document is compacted when nothing was written in it for this long, …"""
    quiet_tail: int = 16 << 10
    """… if it has more than this that no snapshot covers."""
    busy_tail: int = 200_000
    """With more than this it is compacted while people write."""


DEFAULT_LIMITS = Limits()
