"""Whether a change does nothing that could break the document of whoever takes it in.

Nobody here applies changes, so that a change which Automerge cannot take would be kept and passed
on for ever. Three things are asked of each:

1. its header and the run lengths of its columns are within bounds (`chunk`, when it is read);
2. every column has a row for every operation and is written as Automerge would write it
   (`canonical`, `structure`);
3. what its operations refer to (objects, elements, what they overwrite) is in its past and fits.

No text is read. What passes may still be nonsense to the people who read it; it harms no document.
"""

from collections.abc import Mapping
from itertools import pairwise

from sync_server.protocol.chunk import Change, body_of
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor
from sync_server.protocol.ledger import Ledger
from sync_server.protocol.past import UNKNOWN, Ahead, Past, Read, Scope
from sync_server.protocol.recalled import Fact
from sync_server.protocol.structure import (
    DELETE,
    HEAD,
    INCREMENT,
    LOWER,
    MAKE_LIST,
    MAKE_MAP,
    MAKE_TEXT,
    MARK,
    ROOT,
    SET_COUNTER,
    Actors,
    Id,
    Key,
    Rows,
    read_rows,
)

TOO_FEW = "an operation with too many or too few predecessors"
_LATEST = 1 << 53
"""Times up to here are exact numbers in every language."""
_WIDEST_GAP = 1 << 16
"""Counters that a change may leave out, for those of changes that its author knows but did not
build on. Without a bound one change could use up all there are, and nobody could write again."""
_SMALL = 64
"""Operations of a change that are kept at hand as they are; more are read again, as runs."""
_FACT_SIZE = 300
"""Bytes, roughly."""
_SEQUENCES = frozenset({MAKE_LIST, MAKE_TEXT})
_NEED_PREDECESSORS = frozenset({DELETE, INCREMENT})
_NO_VALUES = frozenset({DELETE, INCREMENT, MARK})
"""What leaves nothing behind that could be overwritten."""


class Validator:
    """Checks changes before they enter a graph, each against the ones before it."""

    def __init__(self, ledger: Ledger, read: Read) -> None:
        """Judge by the changes in a ledger, whose raw form can be read again."""
        self._ledger = ledger
        self._past = Past(ledger, read)

    def ahead(self, change: Change) -> Ahead | None:
        """Begin to read what a large change refers to, all of whose dependencies are here.

        None for one that `check` is going to refuse.
        """
        try:
            author = self._author(change.actor, None)
            rows = self._rows(change, author, body_of(change.raw))
            return self._past.ahead(_named(rows, author, change.start_op << 32 | author))
        except BadChunk:
            return None

    def advance(self, ahead: Ahead, most: int) -> bool:
        """Read so many more changes ahead; returns whether that is all there is to read."""
        try:
            return self._past.advance(ahead, most)
        except BadChunk:
            return True

    def check(
        self, change: Change, deps: tuple[int, ...], *, newest: bool, ahead: Ahead | None = None
    ) -> None:
        """Check the change that is to enter next; raises BadChunk.

        `deps` are the positions of its dependencies; `newest` tells that these are all the heads
        there are, as they nearly always are: then everything that is here is its past.
        """
        body = body_of(change.raw)
        self._check_header(change, deps, len(body))
        scope = None if newest else self._past.scope(deps)
        author = self._author(change.actor, scope)
        rows = self._rows(change, author, body)
        first = change.start_op << 32 | author
        past = self._past.facts(_named(rows, author, first), scope, ahead)
        facts = _check_references(rows, first, past)
        if facts is not None:
            self._past.keep(len(self._ledger.hashes), facts, _FACT_SIZE * len(facts))

    def _rows(self, change: Change, author: int, body: bytes) -> Rows:
        actors = Actors((change.actor, *change.others), (author, *self._others(change)))
        return read_rows(body, change.directory, actors, change.ops)

    def _check_header(self, change: Change, deps: tuple[int, ...], size: int) -> None:
        top = max(map(self._ledger.max_op, deps), default=0)
        gap = change.start_op - top - 1
        if gap > _WIDEST_GAP or (gap and not change.ops):
            raise BadChunk("a first operation far beyond those before it")
        if not -_LATEST < change.time < _LATEST:
            raise BadChunk("a time that is none")
        if change.directory.end != size:
            raise BadChunk("bytes after the last column")

    def _author(self, actor: Actor, scope: Scope | None) -> int:
        """Number the author, whose changes must follow each other: each knows the one before.

        Else two of them could give one id to two operations.
        """
        number = self._ledger.number(actor)
        if number is None:
            return self._ledger.next_number
        last = self._ledger.latest_of(number)
        if scope and not self._past.includes(scope, last):
            raise BadChunk("a change that does not know its author's last one")
        return number

    def _others(self, change: Change) -> list[int]:
        others = change.others
        if change.actor in others or (len(others) > 1 and any(a >= b for a, b in pairwise(others))):
            raise BadChunk("other actors not sorted and unique")
        known = [n for actor in others if (n := self._ledger.number(actor)) is not None]
        if len(known) < len(others):
            raise BadChunk(UNKNOWN)
        return known


def _named(rows: Rows, author: int, first: Id) -> set[Id]:
    """What operations refer to, but for each other; `first` is the first of them."""
    named = {*rows.objects, *[key for key in rows.keys if not isinstance(key, str)]}
    named.update(*rows.predecessors)
    named.difference_update([name for name in named if name & LOWER == author and name >= first])
    named.discard(ROOT)
    return named


def _check_references(rows: Rows, first: Id, past: Mapping[Id, Fact]) -> list[Fact] | None:
    """Check row by row; what a row does is known to the rows after it.

    Returns what they do, if they are few.
    """
    if len(rows.actions) == 1:
        return [_check_only(first, rows, past)]
    known = _Known(past, rows, first)
    for count, row in enumerate(zip(*rows, strict=True)):
        known.count = count
        if not _is_plain(known, count, *row):
            _check_row(first + (count << 32), *row, known)
    _check_overwriting(rows)
    known.count = len(rows.actions)
    return [known.own(row) for row in range(known.count)] if known.count <= _SMALL else None


def _check_only(me: Id, rows: Rows, past: Mapping[Id, Fact]) -> Fact:
    """Check the one operation of a keystroke; returns what it does."""
    [row] = zip(*rows, strict=True)
    try:
        return _check_row(me, *row, past)
    except KeyError:  # its own, which is not before it
        raise BadChunk(UNKNOWN) from None


class _Known(dict[Id, Fact]):
    """What is known to a row: what earlier changes did, and the rows before it."""

    def __init__(self, past: Mapping[Id, Fact], rows: Rows, first: Id) -> None:
        super().__init__(past)
        self.count = 0
        """How many rows are before it."""
        self._rows = rows
        self._first = first

    def own(self, row: int) -> Fact:
        """What a row does."""
        objects, keys, inserts, actions, _ = self._rows
        me = self._first + (row << 32)
        return Fact(objects[row], me if inserts[row] else keys[row], inserts[row], actions[row])

    def continues(self, row: int, obj: Id, key: Key) -> bool:
        """Whether a row is put behind the one before it, which was put into the same object."""
        if key != self._first + (row - 1 << 32) or not row:
            return False
        return self._rows.inserts[row - 1] and self._rows.objects[row - 1] == obj

    def __missing__(self, name: Id) -> Fact:
        row, other = divmod(name - self._first, 1 << 32)
        if other or not 0 <= row < self.count:  # one that comes later, or never
            raise BadChunk(UNKNOWN)
        return self.own(row)


def _is_plain(
    known: _Known,
    count: int,
    obj: Id,
    key: Key,
    inserts: bool,
    action: int,
    predecessors: tuple[Id, ...],
) -> bool:
    """Tell at a glance of most rows of a large change that `_check_row` has nothing against them.

    One puts a letter behind the one that was put in before, or deletes a letter as it was put in.
    """
    if inserts:
        return (
            known.continues(count, obj, key)
            and not predecessors
            and action not in _NEED_PREDECESSORS
        )
    if action != DELETE or predecessors != (key,):
        return False
    letter = known[predecessors[0]]
    return letter.inserts and letter.object == obj and letter.action not in _NO_VALUES


def _check_overwriting(rows: Rows) -> None:
    """See to it that no operation overwrites what an earlier one of its change has overwritten.

    An author sees their own operations: the later one overwrites the earlier. Written otherwise,
    the two say one thing in a document that took them in and another when it is saved and loaded.
    """
    if len(rows.predecessors) == 1:
        return
    gone: set[Id] = set()
    for action, predecessors in zip(rows.actions, rows.predecessors, strict=True):
        if not gone.isdisjoint(predecessors):
            raise BadChunk("something overwritten twice by one change")
        if action != INCREMENT:
            gone.update(predecessors)


def _check_row(
    me: Id,
    obj: Id,
    key: Key,
    inserts: bool,
    action: int,
    predecessors: tuple[Id, ...],
    known: Mapping[Id, Fact],
) -> Fact:
    """Check one operation against what it refers to; returns what it does."""
    kind = MAKE_MAP if obj == ROOT else known[obj].action
    if isinstance(key, str):
        if kind != MAKE_MAP or inserts:
            raise BadChunk("a key that does not fit its object")
    elif kind not in _SEQUENCES:
        raise BadChunk("a key that does not fit its object")
    elif key != HEAD or not inserts:
        element = known[key]
        if not element.inserts or element.object != obj or (element.action == MARK and not inserts):
            raise BadChunk("an element that is not one of its list")
        if not inserts and not predecessors:  # who acts on an element sees a value there
            raise BadChunk(TOO_FEW)
    fact = Fact(obj, me if inserts else key, inserts, action)
    if predecessors or action in _NEED_PREDECESSORS:
        _check_predecessors(fact, predecessors, known)
    return fact


def _check_predecessors(fact: Fact, predecessors: tuple[Id, ...], known: Mapping[Id, Fact]) -> None:
    if fact.inserts or not predecessors:
        raise BadChunk(TOO_FEW)
    earlier = [known[name] for name in predecessors]
    for one in earlier:
        if one.object != fact.object or one.place != fact.place or one.action in _NO_VALUES:
            raise BadChunk("a predecessor in another place")
    # With conflicting values, it is enough that one of them is a counter.
    if fact.action == INCREMENT and all(one.action != SET_COUNTER for one in earlier):
        raise BadChunk("an increment of what is no counter")
