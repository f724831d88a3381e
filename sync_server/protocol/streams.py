"""The columns of a whole document, expanded little by little.

They have as many rows as the document has operations. Whoever looks at one row after the other
need not hold them all; a run that claims a billion rows costs nothing until they are asked for.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain, repeat

from sync_server.protocol.columns import runs, text
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import sleb, uleb

_COUNTERS = range(1 << 32)
_SMALL = tuple(byte if byte < 0x40 else byte - 0x80 for byte in range(0x80))
"""What a byte alone means as a signed number."""
_AT_ONCE = 4096
"""Numbers of a literal run that are read before the first of them is asked for."""

Read = Callable[[bytes, int], tuple[int, int]]
Stretch = tuple[int, int | list[int] | None]
"""So many rows, and the one value of all (None for nulls) or a list of theirs."""


def numbers(column: bytes) -> Iterator[int | None]:
    """Yield the rows of a column of unsigned numbers; an absent one is nulls without end."""
    if not column:
        return repeat(None)
    return chain.from_iterable(_rows(_stretches(column, uleb)))


def deltas(column: bytes, *, bounded: bool = True) -> Iterator[int | None]:
    """Yield the numbers that a column of differences adds up to.

    Only what is not `bounded` may leave the range of counters: clocks lie.
    """
    if not column:
        return repeat(None)
    return chain.from_iterable(_sums(_stretches(column, sleb), bounded=bounded))


def booleans(column: bytes) -> Iterator[bool]:
    """Yield the rows of alternating run lengths, false first; an absent column is all false."""
    return chain.from_iterable(_alternating(column)) if column else repeat(False)


def strings(column: bytes) -> Iterator[str | None]:
    """Yield the rows of a column of strings; an absent one is nulls without end."""
    if not column:
        return repeat(None)
    return chain.from_iterable(repeat(value, count) for count, value in runs(column, text))


def _stretches(column: bytes, read: Read) -> Iterator[Stretch]:
    at, end = 0, len(column)
    while at < end:
        count, at = sleb(column, at)
        if count > 0:
            value, at = read(column, at)
            yield count, value
        elif count < 0:
            if -count > end - at:
                raise BadChunk("literal run longer than its column")
            for first in range(0, -count, _AT_ONCE):
                some = min(_AT_ONCE, -count - first)
                values, at = _literals(column, at, some, read)
                yield some, values
        else:
            count, at = uleb(column, at)
            if count == 0:
                raise BadChunk("empty null run")
            yield count, None


def _literals(column: bytes, at: int, count: int, read: Read) -> tuple[list[int], int]:
    short = column[at : at + count]
    if len(short) == count and short.isascii():  # each is a byte, as nearly always
        return list(short) if read is uleb else [_SMALL[one] for one in short], at + count
    values: list[int] = []
    for _ in range(count):
        value, at = read(column, at)
        values.append(value)
    return values, at


def _rows(stretches: Iterable[Stretch]) -> Iterator[Iterable[int | None]]:
    for count, value in stretches:
        yield value if isinstance(value, list) else repeat(value, count)


def _sums(stretches: Iterable[Stretch], *, bounded: bool) -> Iterator[Iterable[int | None]]:
    total = 0
    for count, step in stretches:
        if step is None:
            yield repeat(None, count)
            continue
        if isinstance(step, list):
            sums: Iterable[int] = list(accumulate(step, initial=total))[1:]
            least, most = min(sums), max(sums)
            end = total + sum(step)
        else:
            end = total + step * count
            sums = range(total + step, end + step, step) if step else repeat(total, count)
            least, most = sorted((total + step, end))
        if bounded and not (least in _COUNTERS and most in _COUNTERS):
            raise BadChunk("a counter is out of range")
        total = end
        yield sums


def _alternating(column: bytes) -> Iterator[Iterable[bool]]:
    at, value = 0, False
    while at < len(column):
        count, at = uleb(column, at)
        yield repeat(value, count)
        value = not value
