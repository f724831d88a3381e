"""The columns of a change: a directory, then one run-length encoded column after another.

Nothing here expands a run before its length is known to be within bounds: 64 bytes can claim a
billion operations.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import sleb, take, uleb

OBJECT_ACTOR, OBJECT_COUNTER = 0x01, 0x02
KEY_ACTOR, KEY_COUNTER, KEY_STRING = 0x11, 0x13, 0x15
INSERT, ACTION = 0x34, 0x42
VALUE_META, VALUE = 0x56, 0x57
PREDECESSOR_COUNT, PREDECESSOR_ACTOR, PREDECESSOR_COUNTER = 0x70, 0x71, 0x73
EXPAND, MARK_NAME = 0x94, 0xA5

DEFLATED = 8
"""The bit of a column's specification that says its data is compressed."""

_MOST_COLUMNS = 64

Row = TypeVar("Row")
Span = tuple[int, int]
Number = Callable[[bytes, int], tuple[int, int]]


def directory(body: bytes, at: int) -> dict[int, Span]:
    """Read the column directory at an offset; returns specification -> (start, end) of its data."""
    count, at = uleb(body, at)
    if count > _MOST_COLUMNS:
        raise BadChunk("too many columns")
    sizes: list[tuple[int, int]] = []
    last = -1
    for _ in range(count):
        spec, at = uleb(body, at)
        size, at = uleb(body, at)
        if spec & ~DEFLATED <= last:
            raise BadChunk("columns out of order")
        if spec & DEFLATED:
            raise BadChunk("deflated column inside a change")
        last = spec
        sizes.append((spec, size))
    spans: dict[int, Span] = {}
    for spec, size in sizes:
        if size > len(body) - at:
            raise BadChunk("truncated column data")
        spans[spec] = (at, at + size)
        at += size
    return spans


def number_runs(column: bytes, read: Number) -> Iterator[tuple[int, int | None]]:
    """Yield (count, value or None for nulls) of a run-length encoded column of numbers."""
    at, end = 0, len(column)
    while at < end:
        count, at = sleb(column, at)
        if count > 0:
            value, at = read(column, at)
            yield count, value
        elif count < 0:
            if -count > end - at:
                raise BadChunk("literal run longer than its column")
            for _ in range(-count):
                value, at = read(column, at)
                yield 1, value
        else:
            count, at = uleb(column, at)
            if count == 0:
                raise BadChunk("empty null run")
            yield count, None


def count_rows(column: bytes, most: int) -> int:
    """Return how many operations the action column claims; raises BadChunk above `most`."""
    rows = 0
    for count, action in number_runs(column, uleb):
        rows += count
        if rows > most:
            raise BadChunk(f"more than {most} operations")
        if action is None:
            raise BadChunk("an operation without an action")
    return rows


def count_predecessors(column: bytes, rows: int, most: int) -> int:
    """Return how many predecessors so many operations claim; one of them may name a billion."""
    total = 0
    for count, size in number_runs(column, uleb):
        rows -= count
        total += count * (size or 0)
        if rows < 0:
            raise BadChunk("a column is longer than the change")
        if total > most:
            raise BadChunk(f"more than {most} predecessors")
    return total


def numbers(column: bytes, rows: int) -> list[int | None]:
    """Expand a column of unsigned numbers to exactly `rows` rows; an absent one is all nulls."""
    if not column:
        return [None] * rows
    out: list[int | None] = []
    for count, value in number_runs(column, uleb):
        if count > rows - len(out):
            raise BadChunk("a column is longer than the change")
        if count == 1:
            out.append(value)
        else:
            out.extend([value] * count)
    return _exactly(out, rows)


def deltas(column: bytes, rows: int) -> list[int | None]:
    """Expand a column of differences to the numbers that they add up to."""
    if not column:
        return [None] * rows
    out: list[int | None] = []
    total = 0
    for count, step in number_runs(column, sleb):
        if count > rows - len(out):
            raise BadChunk("a column is longer than the change")
        if step is None:
            out.extend([None] * count)
            continue
        for _ in range(count):
            total += step
            out.append(total)
        if not (0 <= total < 1 << 32 and 0 <= total - step * (count - 1) < 1 << 32):
            raise BadChunk("a counter is out of range")
    return _exactly(out, rows)


def strings(column: bytes, rows: int) -> list[str | None]:
    """Expand a column of strings."""
    if not column:
        return [None] * rows
    out: list[str | None] = []
    at, end = 0, len(column)
    while at < end:
        count, at = sleb(column, at)
        if count > 0:
            value, at = text(column, at)
            run: list[str | None] = [value] * min(count, rows + 1)
        elif count < 0:
            run = []
            for _ in range(min(-count, rows + 1)):
                value, at = text(column, at)
                run.append(value)
        else:
            count, at = uleb(column, at)
            run = [None] * min(count, rows + 1)
        if len(run) > rows - len(out):
            raise BadChunk("a column is longer than the change")
        out.extend(run)
    return _exactly(out, rows)


def booleans(column: bytes, rows: int) -> list[bool]:
    """Expand alternating run lengths, false first; an absent column is all false."""
    if not column:
        return [False] * rows
    out: list[bool] = []
    at, value = 0, False
    while at < len(column):
        count, at = uleb(column, at)
        if count > rows - len(out):
            raise BadChunk("a column is longer than the change")
        out.extend([value] * count)
        value = not value
    return _exactly(out, rows)


def text(data: bytes, at: int) -> tuple[str, int]:
    """Read a length and so many bytes of UTF-8."""
    size, at = uleb(data, at)
    raw, at = take(data, at, size, "string")
    try:
        return raw.decode(), at
    except UnicodeDecodeError:
        raise BadChunk("a string is not UTF-8") from None


def _exactly(out: list[Row], rows: int) -> list[Row]:
    if len(out) != rows:
        raise BadChunk("a column is shorter than the change")
    return out
