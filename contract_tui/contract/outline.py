"""All of a contract but its running text: sections, seats, the choice, and what did not fit."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from contract_tui.contract.check import misfits, readable
from contract_tui.contract.crdt import Branch, CrdtDocument, Heads, Kind, Odd, Value
from contract_tui.contract.errors import NewerFormat
from contract_tui.contract.items.paths import ItemId, part_of
from contract_tui.contract.items.reading import read_items
from contract_tui.contract.items.values import Items
from contract_tui.contract.renewal import Renewed, read_renewed
from contract_tui.contract.schema import (
    BODY_TEXTS,
    CONSTANT_SECTIONS,
    DEFAULT_HEADINGS,
    FORMAT_NAME,
    FORMAT_VERSION,
    HEADING_TEXTS,
    SECTION_MAPS,
    SECTIONS_MAP,
    TITLE,
    TITLE_TEXT,
    PartId,
    StructureChoice,
)
from contract_tui.contract.seats import Roster, SeatEntry, as_string, read_roster
from sync_server.access.errors import BadKey
from sync_server.access.keys import PublicKey, contract_id
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import DocumentId
from sync_server.protocol.operations import ElementId


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
        return part_of(ItemId(f"sections/{self.part}"), "heading")


@dataclass(frozen=True, slots=True)
class Outline:
    """A contract without its words."""

    contract: DocumentId | None
    """None where the contract does not say which key governs it."""
    sections: tuple[Section, ...]
    """In the order of the contract, hidden ones included."""
    roster: Roster
    structure_choice: StructureChoice
    set_aside: tuple[str, ...]
    """What does not fit, one sentence each."""
    renewed: Renewed | None = None
    """Which contract takes the place of this one, if somebody has begun it anew."""
    items: Items = field(default_factory=Items)
    """Supports, goals, promises, reflections and notes."""

    @property
    def seats(self) -> Mapping[SeatId, SeatEntry]:
        """Everyone who has a seat, and seats that prove nothing."""
        return self.roster.seats

    @property
    def texts(self) -> dict[PartId, ElementId]:
        """The Text object of each part."""
        bodies = {section.part: section.body for section in self.sections}
        headings = {one.heading_part: one.title for one in self.sections if one.title}
        return {TITLE: TITLE_TEXT, **bodies, **headings, **self.items.texts}

    @property
    def owners(self) -> dict[ElementId, PartId]:
        """For each map of a section or thing, the text that a change of it counts as an edit of."""
        maps = {one.map: one.part for one in self.sections if one.map}
        return {**maps, **self.items.owners}


def read_outline(
    document: CrdtDocument, expected: DocumentId | None, vouched: Iterable[str] = ()
) -> Outline:
    """Read the outline as it stands; `expected` is the contract it should be, if that is known.

    `vouched` are proofs of seats and devices that were kept elsewhere.
    """
    aside = misfits(document)
    contract = _contract(document, expected, aside)
    roster = read_roster(document, contract, aside, vouched)
    items = read_items(document, roster, aside)
    return Outline(
        contract,
        tuple(read_sections(document)),
        roster,
        read_choice(document),
        tuple(aside),
        read_renewed(document),
        items,
    )


def check_format(document: CrdtDocument) -> None:
    """Raise NewerFormat when the contract was written by a newer version of the program."""
    said = as_string(document, document.get(None, "format")) or ""
    match = re.fullmatch(rf"{FORMAT_NAME}/(\d{{1,9}})", said)
    if match and int(match[1]) > FORMAT_VERSION:
        raise NewerFormat(
            f"This contract is of format {match[1]}, which a newer version of the program wrote; "
            f"this one reads formats up to {FORMAT_VERSION}."
        )


def read_choice(document: CrdtDocument, heads: Heads | None = None) -> StructureChoice:
    """Read how much structure the student wants; an unknown token counts as not chosen."""
    value = document.get(None, "structure_choice", heads)
    token = as_string(document, value)
    return StructureChoice(token) if token in list(StructureChoice) else StructureChoice.NOT_CHOSEN


def read_sections(document: CrdtDocument, heads: Heads | None = None) -> list[Section]:
    """Read the sections in their order."""
    found = [
        *(_constant(document, part, heads) for part in CONSTANT_SECTIONS),
        *_added(document, heads),
    ]
    return sorted(found, key=lambda section: (section.position, section.part))


def _constant(document: CrdtDocument, part: PartId, heads: Heads | None) -> Section:
    fields = document.items(SECTION_MAPS[part], heads)
    heading = _heading(document, HEADING_TEXTS[part], heads) or DEFAULT_HEADINGS[part]
    hidden = fields.get("hidden") is True
    place, title = SECTION_MAPS[part], HEADING_TEXTS[part]
    return Section(part, heading, hidden, BODY_TEXTS[part], _position(fields), place, title)


def _added(document: CrdtDocument, heads: Heads | None) -> Iterator[Section]:
    """Yield the sections that somebody added, as far as they can be written in."""
    for key, value in document.items(SECTIONS_MAP, heads).items():
        if key in (TITLE, *CONSTANT_SECTIONS) or "/" in key:  # that would name a thing's text
            continue
        if not _is(value, Kind.MAP):
            continue
        fields = document.items(value.object, heads)
        body = fields.get("body")
        if not _is(body, Kind.TEXT):
            continue
        heading = fields.get("heading")
        title = heading.object if _is(heading, Kind.TEXT) else None
        name = (_heading(document, title, heads) if title else "") or readable(key)
        hidden, place = fields.get("hidden") is True, _position(fields)
        yield Section(PartId(key), name, hidden, body.object, place, value.object, title)


def _heading(document: CrdtDocument, text: ElementId, heads: Heads | None) -> str:
    """Return a heading in one line."""
    return " ".join(document.text(text, heads).split())


def _position(fields: Mapping[str, Value]) -> str:
    position = fields.get("pos", "")
    return position if isinstance(position, str) else ""


def _contract(
    document: CrdtDocument, expected: DocumentId | None, aside: list[str]
) -> DocumentId | None:
    """Return which contract this is, by the key that governs it."""
    value = document.get(None, "contract")
    if value is Odd.ABSENT:
        return expected
    try:
        said = contract_id(PublicKey.from_text(as_string(document, value) or ""))
    except BadKey:
        aside.append("“contract” is no public key.")
        return expected
    if expected is not None and said != expected:
        aside.append("“contract” names the key of another contract.")
        return expected
    return said


def _is(value: Value | None, kind: Kind) -> TypeGuard[Branch]:
    return isinstance(value, Branch) and value.kind is kind
