"""Everything that was ever said under the keys of a document's maps.

The library shows what stands under a key, and no more what somebody wrote over, or took out, or
said at the same time. All that is in the changes.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from contract_tui.contract.crdt.ancestry import Clock
from contract_tui.contract.names import ObjectId
from contract_tui.contract.values import Heads
from sync_server.protocol.chunk import Kind, body_of, parse_body
from sync_server.protocol.columns import KEY_STRING
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.operations import Action, ElementId, Operation, Value, operations

_KIND, _PLAIN = slice(8, 9), bytes((Kind.CHANGE,))
"""Where a change says whether it is deflated, and what one says that is not."""


class Word(NamedTuple):
    """What somebody once put under a key with one change, or that they took out what was there."""

    id: ElementId
    action: Action
    value: Value
    """None where it was taken out, and where it is an object."""
    over: tuple[ElementId, ...]
    """What it took the place of, as far as whoever said it saw that."""

    @property
    def is_gone(self) -> bool:
        """Whether it leaves nothing under its key."""
        return self.action is Action.DELETE


class Spoken:
    """Gathers it from the changes of a document, each of which is looked at once."""

    def __init__(self) -> None:
        self.heads: Heads = ()
        """The version up to which everything is gathered."""
        self._words: dict[ObjectId, dict[str, dict[ElementId, Word]]] = {}

    def read(self, raw: bytes) -> None:
        """Gather what a change says; to read one twice does no harm."""
        if KEY_STRING not in raw and raw[_KIND] == _PLAIN:
            return  # it only writes in texts, as most do
        try:
            if KEY_STRING in parse_body(body_of(raw)).directory.spans:
                self._take(operations(raw))
        except BadChunk:  # then it says nothing
            pass

    def ever(self, obj: ObjectId, key: str) -> Sequence[Word]:
        """All that was ever said under a key of a map."""
        return tuple(self._words.get(obj, {}).get(key, {}).values())

    def keys(self, obj: ObjectId) -> Iterable[str]:
        """The keys of a map under which anything was ever said."""
        return self._words.get(obj, {}).keys()

    def _take(self, done: Iterable[Operation]) -> None:
        """Take what one change does: what it says last under a key is all that it says there."""
        last: dict[tuple[ObjectId, str], Word] = {}
        for one in done:
            obj, key = one.object, one.key
            if not isinstance(key, str) or one.action is Action.INCREMENT:
                continue
            before = last.get((obj, key))
            over = (*before.over, *one.predecessors) if before else one.predecessors
            last[obj, key] = Word(one.id, one.action, one.value, over)
        for (obj, key), word in last.items():
            self._words.setdefault(obj, {}).setdefault(key, {})[word.id] = word


class SpokenBefore:
    """What had been said at some version."""

    def __init__(self, spoken: Spoken, later: Clock) -> None:
        """`later` has of each actor who wrote after that version the first operation."""
        self._spoken, self._later = spoken, later

    def ever(self, obj: ObjectId, key: str) -> Sequence[Word]:
        """All that had been said under a key of a map; most of the time once, or never."""
        words, later = self._spoken.ever(obj, key), self._later
        if not later:
            return words
        return [one for one in words if one.id.counter < later.get(one.id.actor, math.inf)]

    def keys(self, obj: ObjectId) -> Iterable[str]:
        """The keys of a map under which anything had been said, or was later."""
        return self._spoken.keys(obj)


def newest(words: Iterable[Word], counts: Mapping[ElementId, bool]) -> Word | None:
    """The newest word of those that count, as if no other had ever been said.

    What somebody whose word counts has taken the place of is over, also by way of others' words.
    """
    known = {one.id: one for one in words}
    over: set[ElementId] = set()
    for one in known.values():
        if counts[one.id]:
            _mark(known, one, over)
    there = (one for one in known.values() if counts[one.id] and one.id not in over)
    return max((one for one in there if not one.is_gone), key=lambda one: one.id, default=None)


def knew(words: Iterable[Word], one: ElementId, other: ElementId) -> bool:
    """Whether somebody who said one word took the place of another, as far as it was seen."""
    known, over = {word.id: word for word in words}, set[ElementId]()
    if one in known:
        _mark(known, known[one], over)
    return other in over


def _mark(known: Mapping[ElementId, Word], one: Word, over: set[ElementId]) -> None:
    open_ = list(one.over)
    while open_:
        name = open_.pop()
        if name not in over:
            over.add(name)
            open_ += known[name].over if name in known else ()
