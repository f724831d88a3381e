"""Everything a whole-document chunk holds, read from it without running a document.

Such a chunk keeps all changes and operations of a document side by side in columns, which are
several times quicker to read than change after change. It keeps no hashes: a change is known by its
actor and its number. A deletion is no operation of its own in it but a successor of what it took.
"""

from typing import NamedTuple

from sync_server.protocol import columns
from sync_server.protocol.document import CHANGE_ACTOR, MOST_ROWS, Columns, take_apart
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import Actor
from sync_server.protocol.leb import sleb
from sync_server.protocol.operations import Operation, Rows

_SEQ, _MAX_OP, _TIME = 0x03, 0x13, 0x23
_DEPENDENCY_COUNT, _DEPENDENCY = 0x40, 0x43
_ID_ACTOR, _ID_COUNTER = 0x21, 0x23
_SUCCESSORS = 0x80, 0x81, 0x83


class SavedChange(NamedTuple):
    """One change, without its operations."""

    actor: Actor
    seq: int
    """Its number among the actor's changes, from 1."""
    max_op: int
    """The counter of its last operation."""
    time: int
    """As it was written: seconds since 1970 as a rule, 0 for none."""
    deps: tuple[int, ...]
    """The places of its dependencies in the list of all changes."""


class Saved(NamedTuple):
    """A whole document."""

    heads: Heads
    changes: list[SavedChange]
    """Each after its dependencies."""
    operations: list[Operation]
    """By object, within a list or text in its order; `predecessors` are the *successors* here."""


def read_saved(chunk: bytes) -> Saved:
    """Read all of exactly one document chunk; raises BadChunk."""
    parts = take_apart(chunk)
    changes = _changes(parts.changes, parts.actors)
    count = parts.operations.rows(columns.ACTION)
    rows = Rows(parts.operations, parts.actors, count)
    successors = rows.groups(*_SUCCESSORS)
    return Saved(
        parts.heads, changes, rows.operations(rows.ids(_ID_ACTOR, _ID_COUNTER), successors)
    )


def _changes(column: Columns, actors: tuple[Actor, ...]) -> list[SavedChange]:
    count = column.rows(CHANGE_ACTOR)
    sizes = [size or 0 for size in columns.numbers(column(_DEPENDENCY_COUNT), count)]
    total = sum(sizes)
    if total > MOST_ROWS:
        raise BadChunk("too many dependencies")
    named = columns.deltas(column(_DEPENDENCY), total)
    rows = zip(
        columns.numbers(column(CHANGE_ACTOR), count),
        columns.deltas(column(_SEQ), count),
        columns.deltas(column(_MAX_OP), count),
        _times(column(_TIME), count),
        sizes,
        strict=True,
    )
    changes: list[SavedChange] = []
    at = 0
    for actor, seq, max_op, time, size in rows:
        deps = tuple(dep for dep in named[at : at + size] if dep is not None)
        at += size
        if actor is None or actor >= len(actors) or seq is None or max_op is None:
            raise BadChunk("a change without an author or a number")
        if len(deps) < size or any(dep >= len(changes) for dep in deps):
            raise BadChunk("a change before its dependencies")
        changes.append(SavedChange(actors[actor], seq, max_op, time, deps))
    return changes


def _times(column: bytes, rows: int) -> list[int]:
    """Expand a column of differences without bounds: clocks lie."""
    out: list[int] = []
    total = 0
    for count, step in columns.runs(column, sleb) if column else [(rows, 0)]:
        if count > rows - len(out):
            raise BadChunk("a column is longer than the document")
        for _ in range(count):
            total += step or 0
            out.append(total)
    if len(out) != rows:
        raise BadChunk("a column is shorter than the document")
    return out
