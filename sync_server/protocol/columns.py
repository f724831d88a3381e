"""The columns of a change: a directory, then one run-length encoded column after another.

Nothing here expands a run before its length is known to be within bounds: 64 bytes can claim a
billion operations.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

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

_SINGLE = 0x7F
"""The length -1 of a literal run: one value, as in a keystroke."""
_NO_PREDECESSOR = bytes((_SINGLE, 0))

_MOST_COLUMNS = 64
_REMEMBERED = 512
"""Directories; none is longer than a kilobyte."""

Row = TypeVar("Row")
Span = tuple[int, int]


class Directory(NamedTuple):
    """Where in a body its columns are."""

    spans: Mapping[int, Span]
    """Specification -> (start, end), from `begin` on; shared by all changes that have the same."""
    begin: int
    end: int
    """The offset after the last column."""

    def column(self, body: bytes, spec: int) -> bytes:
        """Cut a column out of the body; an absent one is empty."""
        span = self.spans.get(spec)
        return body[self.begin + span[0] : self.begin + span[1]] if span else b""


def directory(body: bytes, at: int) -> Directory:
    """Read the column directory at an offset; raises BadChunk."""
    count, begin = uleb(body, at)
    if count > _MOST_COLUMNS:
        raise BadChunk("too many columns")
    at = begin + 2 * count
    if not body[begin:at].isascii():  # some number takes more than a byte
        at = begin
        for _ in range(2 * count):
            _, at = uleb(body, at)
    elif at > len(body):
        raise BadChunk("truncated column directory")
    spans, size = _spans(body[begin:at])
    if size > len(body) - at:
        raise BadChunk("truncated column data")
    return Directory(spans, at, at + size)


@lru_cache(_REMEMBERED)
def _spans(pairs: bytes) -> tuple[Mapping[int, Span], int]:
    """Read pairs of specification and size; returns the spans and the sum of the sizes.

    Nearly every keystroke has the same.
    """
    spans: dict[int, Span] = {}
    at, last, start = 0, -1, 0
    while at < len(pairs):
        spec, at = uleb(pairs, at)
        size, at = uleb(pairs, at)
        if spec & ~DEFLATED <= last:
            raise BadChunk("columns out of order")
        if spec & DEFLATED:
            raise BadChunk("deflated column inside a change")
        last = spec
        spans[spec] = (start, start + size)
        start += size
    return spans, start


def runs(
    column: bytes, read: Callable[[bytes, int], tuple[Row, int]]
) -> Iterator[tuple[int, Row | None]]:
    """Yield (count, value or None for nulls) of a run-length encoded column."""
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
    if len(column) == 2 and column[0] == _SINGLE and column[1] < 0x80:
        return 1
    rows = 0
    for count, action in runs(column, uleb):
        rows += count
        if rows > most:
            raise BadChunk(f"more than {most} operations")
        if action is None:
            raise BadChunk("an operation without an action")
    return rows


def count_predecessors(column: bytes, rows: int, most: int) -> int:
    """Return how many predecessors so many operations claim; one of them may name a billion."""
    total = 0
    if column == _NO_PREDECESSOR and rows:
        return 0
    for count, size in runs(column, uleb):
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
    for count, value in runs(column, uleb):
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
    for count, step in runs(column, sleb):
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
