"""The columns of a change, read only if they are written as Automerge itself would write them.

Automerge does not keep the bytes of a change: it takes the change apart and encodes it anew when it
saves. A column that is written in another way, though it says the same, then gets another hash, and
the file that was saved can never be opened again. So there is one legal way to write a column:
runs as long as possible, no run of one, no two literal runs in a row, nothing for only nulls.
"""

from collections.abc import Callable
from enum import Enum
from itertools import accumulate
from typing import TypeVar

from sync_server.protocol.columns import text
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import sleb, uleb

_SINGLE = 0x7F
"""The length -1 of a literal run of one value."""
_MOST_COUNTER = (1 << 32) - 1

Row = TypeVar("Row", int, str)


class _Run(Enum):
    REPEATED, LITERAL, NULLS = range(3)


def single(column: bytes, read: Callable[[bytes, int], tuple[Row, int]]) -> Row | None:
    """Read a column of one row, as keystrokes have them; raises BadChunk."""
    if not column:
        return None
    if column[0] != _SINGLE:
        raise _odd()
    value, end = read(column, 1)
    if end != len(column):
        raise BadChunk("a column is longer than the change")
    return value


def numbers(column: bytes, rows: int) -> list[int | None]:
    """Expand a column of unsigned numbers to exactly `rows` rows; raises BadChunk."""
    return _expand(column, rows, uleb)


def strings(column: bytes, rows: int) -> list[str | None]:
    """Expand a column of strings, as `numbers` does."""
    return _expand(column, rows, text)


def deltas(column: bytes, rows: int) -> list[int | None]:
    """Expand a column of differences to the counters that they add up to."""
    steps = _expand(column, rows, sleb)
    total = 0
    if rows == 1 or None in steps:
        out: list[int | None] = []
        for step in steps:
            if step is not None:
                total += step
            out.append(None if step is None else total)
            _check_counter(total)
        return out
    sums = list(accumulate(step for step in steps if step is not None))
    if sums:
        _check_counter(min(sums))
        _check_counter(max(sums))
    return [*sums]


def counts(column: bytes, rows: int) -> list[int]:
    """Expand a column that says something of every row."""
    if rows == 1 and len(column) == 2 and column[0] == _SINGLE and column[1] < 0x80:
        return [column[1]]
    out = [number for number in _expand(column, rows, uleb) if number is not None]
    if len(out) != rows:
        raise BadChunk("a column leaves out rows that it must speak of")
    return out


def flags(column: bytes, rows: int) -> list[bool]:
    """Expand alternating run lengths, false first."""
    if column == b"\1" and rows == 1:
        return [False]
    out: list[bool] = []
    at, value = 0, False
    while at < len(column):
        count, following = uleb(column, at)
        if not count and at:
            raise _odd()
        at = following
        if count > rows - len(out):
            raise BadChunk("a column is longer than the change")
        out.extend([value] * count)
        value = not value
    return _exactly(out, rows)


def rare_flags(column: bytes, rows: int) -> list[bool]:
    """Expand flags of which nothing is written when all are false."""
    if not column:
        return [False] * rows
    out = flags(column, rows)
    if True not in out:
        raise _odd()
    return out


def _check_counter(counter: int) -> None:
    if not 0 <= counter <= _MOST_COUNTER:
        raise BadChunk("a counter is out of range")


def _expand(
    column: bytes, rows: int, read: Callable[[bytes, int], tuple[Row, int]]
) -> list[Row | None]:
    if not column:
        return [None] * rows
    if rows == 1:
        return [single(column, read)]
    out: list[Row | None] = []
    at, before = 0, None
    while at < len(column):
        count, at = sleb(column, at)
        last = out[-1] if out else None
        if count > 0:
            kind = _Run.REPEATED
            value, at = read(column, at)
            if count == 1 or value == last:
                raise _odd()
            run: list[Row | None] = [value] * min(count, rows + 1)
        elif count < 0:
            kind = _Run.LITERAL
            run, at = _literal(column, at, min(-count, rows + 1), last, read)
        else:
            kind = _Run.NULLS
            count, at = uleb(column, at)
            run = [None] * min(count, rows + 1)
        if not run or (kind is before and kind is not _Run.REPEATED):
            raise _odd()
        if len(run) > rows - len(out):
            raise BadChunk("a column is longer than the change")
        out += run
        before = kind
    if before is _Run.NULLS and len(run) == len(out):
        raise _odd()
    return _exactly(out, rows)


def _literal(
    column: bytes,
    at: int,
    count: int,
    last: Row | None,
    read: Callable[[bytes, int], tuple[Row, int]],
) -> tuple[list[Row | None], int]:
    run: list[Row | None] = []
    for _ in range(count):
        value, at = read(column, at)
        if value == last:
            raise _odd()
        run.append(value)
        last = value
    return run, at


_Any = TypeVar("_Any")


def _exactly(out: list[_Any], rows: int) -> list[_Any]:
    if len(out) != rows:
        raise BadChunk("a column is shorter than the change")
    return out


def _odd() -> BadChunk:
    return BadChunk("a column that Automerge would write differently")
