"""What each change was made upon: nearly always one other change, which takes four bytes."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import overload

_NONE, _SEVERAL = -1, -2


class Dependencies(Sequence[tuple[int, ...]]):
    """For each change by position the positions of those it was made upon, ascending."""

    def __init__(self) -> None:
        self._only = array("i")
        self._several: dict[int, tuple[int, ...]] = {}

    def extend(self, changes: Sequence[Sequence[int]]) -> None:
        """Put those of further changes."""
        for position, deps in enumerate(changes, len(self._only)):
            if len(deps) > 1:
                self._several[position] = tuple(sorted(deps))
        self._only.extend([_only(deps) for deps in changes])

    def pop(self) -> None:
        """Forget those of the last change."""
        self._only.pop()
        self._several.pop(len(self._only), None)

    def clear(self, flags: bytearray, moment: bytes) -> None:
        """Set the flags to 0 of all that the changes of a version were made upon."""
        for dep in compress(self._only, moment):
            if dep >= 0:
                flags[dep] = 0
        for position, deps in self._several.items():
            for dep in deps if moment[position] else ():
                flags[dep] = 0

    def flag_past(self, flags: bytearray, newest: Iterable[int]) -> None:
        """Set the flags to 1 of some changes and all that they were ever made upon."""
        only, waiting = self._only, list(newest)
        while waiting:
            at = waiting.pop()
            while at >= 0 and not flags[at]:
                flags[at] = 1
                if only[at] == _SEVERAL:
                    waiting += self._several[at]
                at = only[at]

    def __len__(self) -> int:
        return len(self._only)

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        return (self._of(position, only) for position, only in enumerate(self._only))

    @overload
    def __getitem__(self, position: int) -> tuple[int, ...]: ...
    @overload
    def __getitem__(self, position: slice) -> list[tuple[int, ...]]: ...
    def __getitem__(self, position: int | slice) -> tuple[int, ...] | list[tuple[int, ...]]:
        if isinstance(position, slice):
            return [self[at] for at in range(len(self))[position]]
        return self._of(range(len(self))[position], self._only[position])

    def _of(self, position: int, only: int) -> tuple[int, ...]:
        if only >= 0:
            return (only,)
        return self._several[position] if only == _SEVERAL else ()


def _only(deps: Sequence[int]) -> int:
    return deps[0] if len(deps) == 1 else _SEVERAL if deps else _NONE
