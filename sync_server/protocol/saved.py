"""Everything a whole-document chunk holds, read from it without running a document.

Such a chunk keeps all changes and operations of a document side by side in columns, which are
several times quicker to read than change after change. It keeps no hashes: a change is known by its
actor and its number. A deletion is no operation of its own in it but a successor of what it took.
"""

from collections.abc import Iterator
from functools import partial
from itertools import groupby, islice, repeat
from typing import NamedTuple

from sync_server.protocol import columns, streams
from sync_server.protocol.chunk import parse_chunk
from sync_server.protocol.document import CHANGE_ACTOR, MOST_ROWS, Parts, take_apart
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import Actor, ElementId
from sync_server.protocol.operations import Operation, Value, action_of, value_of

_SEQ, _MAX_OP, _TIME = 0x03, 0x13, 0x23
_DEPENDENCY_COUNT, _DEPENDENCY = 0x40, 0x43
_ID_ACTOR, _ID_COUNTER = 0x21, 0x23
_SUCCESSOR_COUNT, _SUCCESSOR_ACTOR, _SUCCESSOR_COUNTER = 0x80, 0x81, 0x83
_STRING = 6
_IMPOSSIBLE = "an operation names an element that cannot exist"

_element_id = partial(tuple.__new__, ElementId)
_operation = partial(tuple.__new__, Operation)
"""Made of a tuple of all fields: a call by their names takes three times as long."""


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


class Saved:
    """A whole document, of which nothing is expanded before it is asked for."""

    def __init__(self, parts: Parts) -> None:
        self._actors = parts.actors
        self._changes = parts.changes
        self._operations = parts.operations
        self.heads: Heads = parts.heads
        self.change_count = parts.changes.rows(CHANGE_ACTOR)
        """How many changes there are."""
        self.operation_count = parts.operations.rows(columns.ACTION)
        """How many operations there are, deletions not among them."""

    def changes(self) -> Iterator[SavedChange]:
        """Yield every change, each after its dependencies; raises BadChunk."""
        column, claimed = self._changes, 0
        dependencies = streams.deltas(column(_DEPENDENCY))
        times = column(_TIME)
        rows = zip(
            streams.numbers(column(CHANGE_ACTOR)),
            streams.deltas(column(_SEQ)),
            streams.deltas(column(_MAX_OP)),
            streams.deltas(times, bounded=False) if times else repeat(0),
            streams.numbers(column(_DEPENDENCY_COUNT)),
            strict=False,
        )
        done = 0
        for actor, seq, max_op, time, named in islice(rows, self.change_count):
            if actor is None or actor >= len(self._actors) or seq is None or max_op is None:
                raise BadChunk("a change without an author or a number")
            size = named or 0
            claimed += size
            if claimed > MOST_ROWS:
                raise BadChunk("too many dependencies")
            deps = tuple([one for one in islice(dependencies, size) if one is not None])
            if len(deps) < size or (deps and max(deps) >= done):
                raise BadChunk("a change before its dependencies")
            yield SavedChange(self._actors[actor], seq, max_op, time or 0, deps)
            done += 1
        if done != self.change_count:
            raise BadChunk("a column is shorter than the document")

    def operations(self) -> Iterator[Operation]:
        """Yield every operation by object, within a list or text in its order; raises BadChunk.

        Their `predecessors` are the *successors* here.
        """
        column, done = self._operations, 0
        successors = self._ids(_SUCCESSOR_COUNTER, _SUCCESSOR_ACTOR)
        rows = zip(
            self._ids(_ID_COUNTER, _ID_ACTOR),
            self._objects(),
            self._keys(),
            streams.booleans(column(columns.INSERT)),
            map(action_of, streams.numbers(column(columns.ACTION))),
            self._values(),
            streams.numbers(column(_SUCCESSOR_COUNT)),
            streams.strings(column(columns.MARK_NAME)),
            strict=False,
        )
        try:
            for name, obj, key, insert, action, value, size, mark in islice(
                rows, self.operation_count
            ):
                taken = tuple(islice(successors, size)) if size else ()
                if len(taken) < (size or 0):
                    raise BadChunk("a column is shorter than the document")
                if not name.counter or (taken and not all(one.counter for one in taken)):
                    raise BadChunk(_IMPOSSIBLE)
                yield _operation((name, obj, key, insert, action, value, taken, mark))
                done += 1
        except (IndexError, TypeError):  # no such actor
            raise BadChunk(_IMPOSSIBLE) from None
        if done != self.operation_count:
            raise BadChunk("a column is shorter than the document")

    def _element(self, counter: int | None, actor: int | None) -> ElementId:
        if not counter or actor is None or actor >= len(self._actors):
            raise BadChunk(_IMPOSSIBLE)
        return ElementId(counter, self._actors[actor])

    def _ids(self, counter: int, actor: int) -> Iterator[ElementId]:
        """Yield elements as they are told, possible or not."""
        column = self._operations
        actors: Iterator[Actor] = map(self._actors.__getitem__, streams.numbers(column(actor)))  # type: ignore[arg-type]  # what is none of them is seen where it is asked for
        return map(_element_id, zip(streams.deltas(column(counter)), actors, strict=False))

    def _objects(self) -> Iterator[ElementId | None]:
        column = self._operations
        pairs = zip(
            streams.numbers(column(columns.OBJECT_COUNTER)),
            streams.numbers(column(columns.OBJECT_ACTOR)),
            strict=False,
        )
        for pair, same in groupby(pairs):
            name = None if pair == (None, None) else self._element(*pair)
            for _ in same:
                yield name

    def _keys(self) -> Iterator[str | ElementId | None]:
        column = self._operations
        rows = zip(
            streams.strings(column(columns.KEY_STRING)),
            streams.deltas(column(columns.KEY_COUNTER)),
            streams.numbers(column(columns.KEY_ACTOR)),
            strict=False,
        )
        for name, counter, actor in rows:
            if name is not None:
                yield name
            elif actor is None and counter == 0:
                yield None
            else:
                yield self._element(counter, actor)

    def _values(self) -> Iterator[Value]:
        data, at = self._operations(columns.VALUE), 0
        for meta in streams.numbers(self._operations(columns.VALUE_META)):
            kind, size = (meta or 0) & 15, (meta or 0) >> 4
            if size > len(data) - at:
                raise BadChunk("the values are shorter than announced")
            if kind == _STRING and size == 1 and data[at] < 0x80:  # as nearly always
                yield chr(data[at])
            else:
                yield value_of(kind, data[at : at + size])
            at += size


def read_saved(file: bytes) -> Saved:
    """Begin to read a document chunk; raises BadChunk.

    What Automerge saves behind it are changes that wait for others: they are no part of it yet.
    """
    _, _, end = parse_chunk(file)
    return Saved(take_apart(file[:end]))
