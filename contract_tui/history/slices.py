"""Long work in slices, so that whoever waits for it can do something else in between."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

_ROWS = 64
"""Rows in a slice: some hundred microseconds of work."""
Row = TypeVar("Row")


def in_slices(rows: Iterable[Row], take: Callable[[Sequence[Row]], object]) -> Iterator[int]:
    """Take some rows after the others, yielding each time how many they were."""
    waiting = iter(rows)
    while some := list(islice(waiting, _ROWS)):
        take(some)
        yield len(some)
