"""Which letters of a text came and went with a change."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress


class Index:
    """Finds letters by the position of the change that put them in or took them out."""

    def __init__(
        self, births: Sequence[int], deaths: Sequence[int], more: Mapping[int, Sequence[int]]
    ) -> None:
        """By place; `deaths` are negative for what is still there, `more` has all of several."""
        gone = list(compress(range(len(deaths)), (at >= 0 for at in deaths)))
        self._born = _Column((at, place) for place, at in enumerate(births))
        self._taken = _Column(
            (at, place) for place in gone for at in more.get(place, deaths[place : place + 1])
        )

    def moved(self, begin: int, end: int) -> Sequence[int]:
        """The places of the letters that came or went with the changes from a position to another.

        The change at `end` is not among them.
        """
        return self._born.between(begin, end) + self._taken.between(begin, end)

    def born(self, position: int) -> Sequence[int]:
        """The places of the letters that the change at a position put in, ascending."""
        return self._born.between(position, position + 1)

    def taken(self, position: int) -> Sequence[int]:
        """The places of the letters that the change at a position took out, ascending."""
        return self._taken.between(position, position + 1)


class _Column:
    def __init__(self, pairs: Iterator[tuple[int, int]]) -> None:
        joined = sorted((at << 32) + place for at, place in pairs)
        self._keys = array("Q", joined)

    def between(self, begin: int, end: int) -> list[int]:
        first = bisect_left(self._keys, begin << 32)
        last = bisect_left(self._keys, end << 32, first)
        return [key & 0xFFFFFFFF for key in self._keys[first:last]]
