"""What the relay has done since it started, in numbers that name nobody."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

COMMIT_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Seconds."""


@dataclass(slots=True)
class Counters:
    """Sums that only grow."""

    frames: int = 0
    """Frames received."""
    octets: int = 0
    """Bytes of them."""
    changes: int = 0
    """Changes stored."""
    records: int = 0
    """Proofs, seals and revocations stored."""
    refused: int = 0
    """Connections refused or closed with a reason."""
    unproven: int = 0
    """Proofs, seals and revocations that were not believed."""
    withheld: int = 0
    """Changes for which no seal came in time."""
    invalid: int = 0
    """Changes that could harm a document and were held back."""
    sent: int = 0
    """Frames sent."""
    sent_octets: int = 0
    """Bytes of them."""
    dropped: int = 0
    """Ephemeral frames that a slow reader did without, or that were too many."""
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
    erased: int = 0
    """Contracts erased, by their holders or the operator."""
    refusals: Counter[str] = field(default_factory=Counter)
    """Refusals by reason."""
    rests: Counter[str] = field(default_factory=Counter)
    """How often a connection was held back, by what it took too much of."""
    commit_seconds: float = 0.0
    commit_times: list[int] = field(default_factory=lambda: [0] * (len(COMMIT_BOUNDS) + 1))
    """Transactions by how long they took: up to each bound, and longer."""

    def refuse(self, word: str) -> None:
        """Count a refusal under a word for its reason."""
        self.refused += 1
        self.refusals[word] += 1

    def commit(self, seconds: float) -> None:
        """Count a transaction."""
        self.commits += 1
        self.commit_seconds += seconds
        self.commit_times[bisect_left(COMMIT_BOUNDS, seconds)] += 1
