"""What the relay has done since it started, in numbers that name nobody."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counters:
    """Sums that only grow."""

    frames: int = 0
    """Frames received."""
    changes: int = 0
    """Changes stored."""
    refused: int = 0
    """Connections closed with a reason."""
    sent: int = 0
    """Frames sent."""
    dropped: int = 0
    """Ephemeral frames that a slow reader did without."""
    slow: int = 0
    """Connections closed because they did not read."""
    commits: int = 0
    """Transactions."""
    failures: int = 0
    """Transactions that failed."""
    faults: int = 0
    """Defects met."""
    snapshots: int = 0
    """Snapshots made."""
