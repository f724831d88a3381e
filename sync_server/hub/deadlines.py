"""What is due when, for a hub without a clock."""

import heapq
from typing import Generic, TypeVar

Due = TypeVar("Due")


class Deadlines(Generic[Due]):
    """Things with a time, the earliest first; whoever takes them out sees what still matters."""

    __slots__ = ("_heap", "_number")

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Due]] = []
        self._number = 0

    @property
    def next(self) -> float | None:
        """The earliest time, if any."""
        return self._heap[0][0] if self._heap else None

    def add(self, when: float, due: Due) -> None:
        """Note that something is due at a time."""
        self._number += 1  # keeps equal times in order and things out of the comparison
        heapq.heappush(self._heap, (when, self._number, due))

    def pop(self, now: float) -> list[Due]:
        """Take out all that is due, in order."""
        due: list[Due] = []
        while self._heap and self._heap[0][0] <= now:
            due.append(heapq.heappop(self._heap)[2])
        return due
