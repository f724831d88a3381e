"""The sections of a contract: what they are called, in which order they stand, which are hidden.

The words in them are everybody's. Which sections there are is for the student to say, where one is
known; what an adult's changed program says of it is not believed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from contract_tui.contract.crdt import Branch, CrdtDocument, Heads, Kind, Value, Writer
from contract_tui.contract.items.hands import ANYBODY, Hands
from contract_tui.contract.items.paths import SECTIONS, item, part_of
from contract_tui.contract.items.rightful import students_word
from contract_tui.contract.items.writing import put_anew
from contract_tui.contract.opening.check import readable, refused
from contract_tui.contract.records import Write, begin_turn
from contract_tui.contract.schema import (
    BODY_TEXTS,
    CONSTANT_SECTIONS,
    DEFAULT_HEADINGS,
    HEADING_TEXTS,
    SECTION_MAPS,
    SECTIONS_MAP,
    TITLE,
    PartId,
)
from contract_tui.contract.text.splice import Splice, clean
from contract_tui.language import _
from sync_server.protocol.operations import ElementId

_USUAL_POSITIONS = dict(zip(CONSTANT_SECTIONS, "fmt", strict=True))
"""Where the first change put its sections."""
_LAST = "\U0010ffff"
NAMELESS = _("A section without a name")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the contract."""

    part: PartId
    heading: str
    hidden: bool
    body: ElementId
    """The Text object of its words."""
    position: str = ""
    """What the sections are sorted by."""
    map: ElementId | None = None
    """The map that holds all of it."""
    title: ElementId | None = None
    """The Text object of its heading; None where a program of others made none."""

    @property
    def heading_part(self) -> PartId:
        """The part that its heading is, to be written in."""
        return heading_part(self.part)


def heading_part(section: PartId) -> PartId:
    """The part that a section's heading is."""
    return part_of(item(SECTIONS, section), "heading")


def read_sections(
    document: CrdtDocument,
    heads: Heads | None = None,
    hands: Hands = ANYBODY,
    aside: list[str] | None = None,
) -> list[Section]:
    """Read the sections in their order, at some known heads or as they stand.

    What `hands` do not believe counts as not said, and is named in `aside` in words.
    """
    reader = _Reader(document, heads, hands, [] if aside is None else aside)
    found = [*map(reader.constant, CONSTANT_SECTIONS), *reader.added()]
    return sorted(found, key=lambda section: (section.position or _LAST, section.part))


class _Reader:
    def __init__(
        self, document: CrdtDocument, heads: Heads | None, hands: Hands, aside: list[str]
    ) -> None:
        self._document, self._heads, self._hands = document, heads, hands
        self._aside = aside
        self._spoken = document.spoken(heads)

    def constant(self, part: PartId) -> Section:
        place, title = SECTION_MAPS[part], HEADING_TEXTS[part]
        heading = self._heading(part, title) or DEFAULT_HEADINGS[part]
        position = self._position(part, place) or _USUAL_POSITIONS[part]
        hidden = self._said(part, place, "hidden") is True
        return Section(part, heading, hidden, BODY_TEXTS[part], position, place, title)

    def added(self) -> Iterator[Section]:
        """Yield the sections that somebody added, as far as they can be written in."""
        for key, value in self._document.items(SECTIONS_MAP, self._heads).items():
            if key in (TITLE, *CONSTANT_SECTIONS) or "/" in key:  # that would name a thing's text
                continue
            if not _is(value, Kind.MAP):
                continue
            part, fields = PartId(key), self._document.items(value.object, self._heads)
            body, heading = fields.get("body"), fields.get("heading")
            if not _is(body, Kind.TEXT):
                continue
            title = heading.object if _is(heading, Kind.TEXT) else None
            name = (self._heading(part, title) if title else "") or self._key(value.object, key)
            hidden = self._said(part, value.object, "hidden") is True
            position = self._position(part, value.object)
            yield Section(part, name, hidden, body.object, position, value.object, title)

    def _heading(self, part: PartId, text: ElementId) -> str:
        """Return a heading in one line, of the letters that are believed."""
        elements = self._document.elements(text, self._heads)
        fine = [one.text for one in elements if self._hands.are_students(one.id)]
        if len(fine) < len(elements):
            self._refuse(part, "heading")
        return " ".join("".join(fine).split())

    def _key(self, place: ElementId, key: str) -> str:
        """What a section is called that has no heading: whoever adds it chooses its key."""
        if self._hands.are_students(place):
            return readable(key)
        self._refuse(PartId(key), "name")
        return NAMELESS

    def _position(self, part: PartId, place: ElementId) -> str:
        position = self._said(part, place, "pos")
        return position if isinstance(position, str) else ""

    def _said(self, part: PartId, place: ElementId, key: str) -> Value | None:
        of = self._document, self._spoken, self._hands, (place, key), self._heads
        value, is_refused = students_word(*of)
        if is_refused:
            self._refuse(part, key)
        return value

    def _refuse(self, part: PartId, key: str) -> None:
        self._aside.append(refused(SECTIONS, part, key))


def add(key: str, heading: str, position: str, turn_at: int | None, body: str = "") -> Write:
    """Put a section under a fresh key."""

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        place = writer.make(SECTIONS_MAP, key, Kind.MAP)
        title = writer.make(place, "heading", Kind.TEXT)
        if heading:
            writer.splice(title, Splice(0, 0, clean(heading)))
        words = writer.make(place, "body", Kind.TEXT)
        if body:
            writer.splice(words, Splice(0, 0, clean(body)))
        writer.put(place, "pos", position)
        writer.put(place, "hidden", False)

    return write


def hide(section: Section, hidden: bool, turn_at: int | None) -> Write | None:
    """Say whether a section is shown; None where that is so."""
    place = section.map
    if place is None or section.hidden is hidden:
        return None

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        put_anew(writer, place, "hidden", hidden)

    return write


def _is(value: Value | None, kind: Kind) -> TypeGuard[Branch]:
    return isinstance(value, Branch) and value.kind is kind
