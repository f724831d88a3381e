"""A mirror of one text of the document: its characters, who wrote each, and what changed since.

The document could say all this, but a full answer costs milliseconds. The mirror follows local
splices by arithmetic and remote ones by looking at a few places of the document only.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from contract_tui.contract.crdt import CrdtDocument, has_stop
from contract_tui.contract.text.gaps import Gap, difference, locate
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.text.tombstones import Tombstones
from contract_tui.contract.values import Heads
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

_LOG = 10_000
_FEWEST_PROBES = 256
_FEW = 16
_NEAR = 64


@dataclass(frozen=True, slots=True)
class Written:
    """What one splice did here: enough to take it back."""

    left: ElementId | None
    """The character it came after; None at the beginning."""
    removed_text: str
    removed: tuple[ElementId, ...]
    added: tuple[ElementId, ...]


@dataclass(frozen=True, slots=True)
class TextChange:
    """What changes did to one text, as far as their operations tell."""

    inserted: Mapping[ElementId, str]
    """The character that each insertion put in."""
    deleted: frozenset[ElementId]
    plain: bool
    """Whether there was nothing but single characters inserted and deleted."""


class SharedText:
    """The text as it stands; every change of it is a splice in the log."""

    def __init__(self, document: CrdtDocument, obj: ElementId, version: int = 0) -> None:
        self.object = obj
        self._document = document
        self._log: deque[Splice] = deque(maxlen=_LOG)
        self.tombstones = Tombstones()
        """Where the characters stood that went."""
        self.version = version
        """One more for each splice applied."""
        self.plain = True
        """Whether every element is one code point wide; programs of others may write wider ones."""
        self.text, self.ids = self._read()
        self.last_by: dict[Actor, ElementId] = {}
        """The last character that each actor has put in since all of it was read."""

    def since(self, version: int) -> list[Splice] | None:
        """Return the splices applied after a version; None when that is too long ago to tell."""
        count = self.version - version
        if not 0 <= count <= len(self._log):
            return None
        return [self._log[index] for index in range(len(self._log) - count, len(self._log))]

    def author_at(self, offset: int) -> Actor:
        """Return who wrote the character after an offset."""
        return Actor(self.ids[offset].actor)

    def author_runs(self, start: int = 0, end: int | None = None) -> list[tuple[int, int, Actor]]:
        """Return (start, end, author) of each stretch that one actor wrote."""
        runs: list[tuple[int, int, Actor]] = []
        begin, author = start, b""
        stop = len(self.ids) if end is None else end
        for offset, element in enumerate(self.ids[start:stop], start):
            if element.actor != author:
                if begin < offset:
                    runs.append((begin, offset, Actor(author)))
                begin, author = offset, element.actor
        if begin < stop:
            runs.append((begin, stop, Actor(author)))
        return runs

    def anchor_at(self, offset: int) -> ElementId | None:
        """Return the character before an offset, which names the place for everyone."""
        return self.ids[offset - 1] if offset > 0 else None

    def offset_of(self, anchor: ElementId | None) -> int | None:
        """Return the offset after a character, or where it was; None when it was never here."""
        alive = self.tombstones.survivor(anchor)
        if alive is None:
            return 0
        position = self._position(alive)
        return None if position is None else position + 1

    def remember(self, heads: Heads) -> None:
        """Learn where those characters stood that were there at some heads and went before this."""
        here, left = set(self.ids), None
        for element in self._document.elements(self.object, heads):
            if element.id not in here and element.id not in self.tombstones:
                self.tombstones.bury(left, [element.id])
            left = element.id

    def widen(self, splices: Sequence[Splice]) -> list[Splice]:
        """Return splices, to be applied one after the other, that cut no element of others in two.

        Their effect is the same; what they take of an element beyond their due they write again.
        """
        if self.plain:
            return list(splices)
        text, ids, wide = self.text, list(self.ids), []
        for number, splice in enumerate(splices, 1):
            wider = _widened(splice, text, ids)
            text = wider.apply(text)
            stand_ins = [ElementId(-number, bytes([i % 2])) for i in range(len(wider.text))]
            ids[wider.start : wider.end] = stand_ins
            wide.append(wider)
        return wide

    def wrote(self, made: Sequence[Splice], counter: int, actor: Actor) -> list[Written]:
        """Follow splices of our own, whose operations are numbered from `counter` on."""
        written = []
        for splice in made:
            count = len(splice.text)
            stop = has_stop(splice)
            added = tuple(ElementId(counter + stop + index, actor) for index in range(count))
            written.append(self._replace(splice, added))
            counter += count + len(set(written[-1].removed)) + 2 * stop
        if not self.plain:
            self.reload()
        return written

    def merge(self, change: TextChange) -> list[Splice]:
        """Follow changes of others that the document has applied; returns the splices they made."""
        gaps = self._gaps(change) if self.plain and change.plain else None
        return self._apply(gaps) if gaps is not None else self.reload()

    def reload(self) -> list[Splice]:
        """Read the whole text again; returns the splices that lead to it."""
        text, ids = self._read()
        return [] if self.ids == ids else self._apply(difference(self.ids, ids, text))

    def _gaps(self, change: TextChange) -> list[Gap] | None:
        """Find where the change took place by looking at few elements; None when that fails."""
        pending = {e: c for e, c in change.inserted.items() if e not in change.deleted}
        removed = self._positions(change.deleted)
        length = len(self.ids) - len(removed) + len(pending)
        if self._document.length(self.object) != length:
            return None
        budget = max(_FEWEST_PROBES, length // 2)
        return locate(self.ids, removed, pending, self._element_at, budget)

    def _element_at(self, index: int) -> ElementId | None:
        return self._document.id_at(self.object, index)

    def _positions(self, elements: frozenset[ElementId]) -> list[int]:
        """Return the ascending offsets of those of the elements that are here."""
        if len(elements) <= _FEW:
            found = (self._position(element) for element in elements)
            return sorted(offset for offset in found if offset is not None)
        return [offset for offset, element in enumerate(self.ids) if element in elements]

    def _position(self, element: ElementId) -> int | None:
        """Return where an element stands; people delete near where something just changed."""
        last = self._log[-1].start if self._log else 0
        for start, end in ((max(0, last - _NEAR), last + _NEAR), (0, len(self.ids))):
            with suppress(ValueError):
                return self.ids.index(element, start, end)
        return None

    def _apply(self, gaps: Sequence[Gap]) -> list[Splice]:
        shift = 0
        made = []
        for gap in gaps:
            splice = gap.splice(shift)
            self._replace(splice, gap.ids)
            shift += splice.length_change
            made.append(splice)
        return made

    def _replace(self, splice: Splice, added: tuple[ElementId, ...]) -> Written:
        left = self.anchor_at(splice.start)
        removed = tuple(self.ids[splice.start : splice.end])
        written = Written(left, self.text[splice.start : splice.end], removed, added)
        self.text = splice.apply(self.text)
        self.ids[splice.start : splice.end] = added
        # Our programs insert before they delete: what went stands behind what came.
        self.tombstones.bury(added[-1] if added else left, removed)
        self.tombstones.revive(added)
        if added:
            self.last_by[Actor(added[-1].actor)] = added[-1]
        self._log.append(splice)
        self.version += 1
        return written

    def _read(self) -> tuple[str, list[ElementId]]:
        """Read every element of the document; each id stands as often as it is wide."""
        elements = self._document.elements(self.object)
        self.plain = all(len(element.text) == 1 for element in elements)
        text = "".join(element.text for element in elements)
        return text, [element.id for element in elements for _ in element.text]


def _widened(splice: Splice, text: str, ids: Sequence[ElementId]) -> Splice:
    start, end = splice.start, splice.end
    while 0 < start < len(ids) and ids[start - 1] == ids[start]:
        start -= 1
    while 0 < end < len(ids) and ids[end - 1] == ids[end]:
        end += 1
    return Splice(start, end, text[start : splice.start] + splice.text + text[splice.end : end])
