"""What counts of a thing: the newest word of those who may say it, whatever others made of it.

Where somebody has written over what was not theirs to say, or taken it out, it still counts.
"""

from collections.abc import Callable, Collection
from typing import NamedTuple

from contract_tui.contract.crdt import Branch, CrdtDocument, Heads, Kind, Odd, Value
from contract_tui.contract.crdt.spoken import SpokenBefore, Word, knew, newest
from contract_tui.contract.heads import read_heads
from contract_tui.contract.items.hands import Hands, KnownHands
from contract_tui.contract.items.paths import kind
from contract_tui.contract.items.rights import (
    may_bring_back,
    may_remove,
    may_say,
    stays,
)
from contract_tui.contract.items.values import Item, Said
from contract_tui.contract.items.writing import BROUGHT_BACK
from contract_tui.contract.names import ObjectId
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import Action, ElementId

Counts = Callable[[Word, Said], bool]
_KINDS = {
    Action.MAKE_MAP: Kind.MAP,
    Action.MAKE_TABLE: Kind.MAP,
    Action.MAKE_LIST: Kind.LIST,
    Action.MAKE_TEXT: Kind.TEXT,
}


class Found(NamedTuple):
    """What counts under one key."""

    said: Said | None
    is_overruled: bool = False
    """Whether the document says something else."""
    is_refused: bool = False
    """Whether it does because of somebody who had no right to, or who knew what was said."""


_NOTHING = Found(None)


def students_word(
    document: CrdtDocument,
    spoken: SpokenBefore,
    hands: Hands,
    place: tuple[ObjectId, str],
    heads: Heads | None = None,
) -> tuple[Value, bool]:
    """What the student said last at a place that is theirs, and whether the document says other.

    Before they had a seat anybody may have prepared it.
    """
    value, stands = document.found(*place, heads)
    words = spoken.ever(*place)
    if len(words) < 2:
        is_theirs = stands is None or hands.are_students(stands)
        return (value, False) if is_theirs else (Odd.ABSENT, True)
    found = newest(words, {one.id: hands.are_students(one.id) for one in words})
    if stands == (found.id if found else None):
        return value, False
    return (_put(found) if found else Odd.ABSENT), True


def _put(word: Word) -> Value:
    kind = _KINDS.get(word.action)
    return Branch(kind, word.id) if kind else word.value


class Judge:
    """Tells what counts at one version of a document, among people who are known."""

    def __init__(
        self, document: CrdtDocument, heads: Heads | None, hands: KnownHands, spoken: SpokenBefore
    ) -> None:
        self._document, self._heads = document, heads
        self._hands, self._spoken = hands, spoken

    @property
    def _pupils(self) -> Collection[SeatId]:
        return self._hands.pupils

    def field(self, thing: Item, field: str, stands: Said | None) -> Found:
        """What is said of a thing, of which `stands` is what the document shows.

        What else is said of it must not be part of `thing`: that may be wrong as well.
        """

        def counts(_: Word, said: Said) -> bool:
            return may_say(thing, field, said, self._pupils)

        def is_kept(said: Said) -> bool:
            return stays(kind(thing.id), field, said)

        return self.judge(thing.object, field, stands, counts, is_kept)

    def removal(self, thing: Item, stands: Said | None) -> Found:
        """Who took a thing away, as which version; nothing where it was brought back since."""

        def counts(word: Word, said: Said) -> bool:
            if word.is_gone or said.value == BROUGHT_BACK:
                return may_bring_back(thing, said, self._pupils, unseen=True)
            is_version = isinstance(said.value, str) and read_heads(said.value) is not None
            return is_version and may_remove(thing, said, self._pupils)

        found = self.judge(thing.object, "removed", stands, counts)
        if found.said is not None and found.said.value == BROUGHT_BACK:
            return found._replace(said=None)
        return found

    def judge(
        self,
        obj: ElementId,
        key: str,
        stands: Said | None,
        counts: Counts,
        is_kept: Callable[[Said], bool] = lambda _: False,
    ) -> Found:
        """Find the newest word under a key that counts; one of the student's may be kept by it."""
        words = self._spoken.ever(obj, key)
        if len(words) < 2:
            if stands is None:
                return _NOTHING
            word = words[0] if words else Word(self._stands(obj, key) or obj, Action.SET, None, ())
            return Found(stands) if counts(word, stands) else Found(None, True, True)
        said = {one.id: self._said(one) for one in words}
        may = {one.id: counts(one, said[one.id]) for one in words}
        found = newest(words, may)
        theirs = newest(words, {one.id: self._hands.are_students(one.id) for one in words})
        if theirs is not None and is_kept(said[theirs.id]):
            found = theirs
        chosen = said[found.id] if found and self._value(found) is not None else None
        standing = self._stands(obj, key)
        if standing == (found.id if found else None):
            return Found(chosen)
        is_refused = standing is None or not may.get(standing, True)
        knew_it = found is not None and standing is not None and knew(words, standing, found.id)
        return Found(chosen, True, is_refused or knew_it)

    def _stands(self, obj: ElementId, key: str) -> ElementId | None:
        """What the document shows under a key."""
        return self._document.found(obj, key, self._heads)[1]

    def _said(self, word: Word) -> Said:
        value = self._value(word)
        by, early = self._hands.person(word.id), self._hands.is_early(word.id)
        return Said("" if value is None else value, by, early)

    def _value(self, word: Word) -> str | int | bool | None:
        """What a word says; None where that is nothing that can be said of a thing."""
        value = word.value
        if word.action is Action.MAKE_TEXT:
            value = self._document.text(word.id, self._heads)
        if isinstance(value, str):
            return " ".join(value.split())
        return value if isinstance(value, bool | int) else None
