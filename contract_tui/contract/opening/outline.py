"""All of a contract but its running text: sections, seats, the choice, and what did not fit."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from contract_tui.contract.crdt import CrdtDocument, Heads, Odd
from contract_tui.contract.crdt.spoken import Word
from contract_tui.contract.errors import NewerFormat
from contract_tui.contract.items.hands import KnownHands, known_hands
from contract_tui.contract.items.reading import Entry, read_items
from contract_tui.contract.items.values import Items
from contract_tui.contract.items.vanished import Vanished
from contract_tui.contract.membership.seats import Roster, SeatEntry, as_string, read_roster
from contract_tui.contract.opening.check import Told, misfits
from contract_tui.contract.opening.known import Known
from contract_tui.contract.renewal import Renewed, read_renewed
from contract_tui.contract.schema import (
    FORMAT_NAME,
    FORMAT_VERSION,
    TITLE,
    TITLE_TEXT,
    PartId,
    StructureChoice,
    format_actor,
)
from contract_tui.contract.sections import Section, read_sections
from contract_tui.language import _
from sync_server.access.errors import BadKey
from sync_server.access.keys import PublicKey, contract_id
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import DocumentId
from sync_server.protocol.operations import ElementId


@dataclass(frozen=True, slots=True)
class Outline:
    """A contract without its words."""

    contract: DocumentId | None
    """None where the contract does not say which key governs it."""
    sections: tuple[Section, ...]
    """In the order of the contract, hidden ones included."""
    unbelieved: tuple[str, ...]
    """What was said of the sections by somebody who is not the one to say it, a sentence each."""
    roster: Roster
    hands: KnownHands
    """Tells what counts as the student's word."""
    structure_choice: StructureChoice
    unfitting: tuple[str, ...]
    """What does not fit, one sentence each."""
    renewed: Renewed | None = None
    """Which contract takes the place of this one, if somebody has begun it anew."""
    items: Items = field(default_factory=Items)
    """Supports, goals, promises, reflections and notes."""

    @property
    def set_aside(self) -> tuple[str, ...]:
        """Everything that is not used, one sentence each."""
        return (*self.unfitting, *self.unbelieved)

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
    def headings(self) -> frozenset[PartId]:
        """The parts that are headings of sections."""
        return frozenset(section.heading_part for section in self.sections)

    @property
    def owners(self) -> dict[ElementId, PartId]:
        """For each map of a section or thing, the text that a change of it counts as an edit of."""
        maps = {one.map: one.part for one in self.sections if one.map}
        return {**maps, **self.items.owners}


class Notebook:
    """What has been read of a contract's things, so that only what changed is read again."""

    def __init__(self) -> None:
        self.things: Known[Entry] = Known()
        self.fits: Known[Told] = Known()
        self.hands: KnownHands | None = None
        self.vanished: tuple[Vanished, ...] = ()
        """What somebody destroyed, as far as anybody has looked."""

    def forget(self, touched: Collection[ElementId] | None = None) -> None:
        """Read some objects again the next time; all of them by default."""
        self.things.forget(touched)
        self.fits.forget(touched)


def read_outline(
    document: CrdtDocument,
    expected: DocumentId | None,
    vouched: Iterable[str] = (),
    read: Notebook | None = None,
) -> Outline:
    """Read the outline as it stands; `expected` is the contract it should be, if that is known.

    `vouched` are proofs of seats and devices that were kept elsewhere, `read` what is known of it.
    """
    read = read or Notebook()
    aside = misfits(document, read.fits)
    contract = _contract(document, expected, aside)
    roster = read_roster(document, contract, aside, vouched)
    hands = known_hands(document, roster)
    if hands != read.hands:  # then others may say other things
        read.things.forget()
        read.hands = hands
    items = read_items(document, roster, aside, None, read.things, read.vanished)
    return Outline(
        contract,
        *_sections(document, hands),
        roster,
        hands,
        read_choice(document),
        tuple(aside),
        read_renewed(document),
        items,
    )


def renamed(outline: Outline, document: CrdtDocument, parts: Collection[PartId]) -> Outline:
    """Read the sections again where some parts that changed are headings of them."""
    if outline.headings.isdisjoint(parts):
        return outline
    sections, unbelieved = _sections(document, outline.hands)
    return replace(outline, sections=sections, unbelieved=unbelieved)


def _sections(
    document: CrdtDocument, hands: KnownHands
) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    aside: list[str] = []
    sections = tuple(read_sections(document, None, hands, aside))
    return sections, tuple(aside)


def check_format(document: CrdtDocument) -> None:
    """Raise NewerFormat when the contract was written by a newer version of the program.

    Only the actor of a format is believed, and whatever others write over it: nobody who is in a
    contract closes it to the others, or leads older programs to write in it.
    """
    newest = max(map(_version, document.spoken().ever(None, "format")), default=0)
    if newest > FORMAT_VERSION:
        raise NewerFormat(
            _(
                "This contract is of format {format}, which a newer version of the program wrote; "
                "this one reads formats up to {newest}. Nothing of it is lost: open it with the "
                "newer one."
            ).format(format=newest, newest=FORMAT_VERSION)
        )


def _version(word: Word) -> int:
    """Which format somebody said the contract is of; 0 for what is not believed."""
    said = word.value if isinstance(word.value, str) else ""
    match = re.fullmatch(rf"{FORMAT_NAME}/(\d{{1,9}})", said, re.ASCII)
    return int(match[1]) if match and word.id.actor == format_actor(said) else 0


def read_choice(document: CrdtDocument, heads: Heads | None = None) -> StructureChoice:
    """Read how much structure the student wants; an unknown token counts as not chosen."""
    value = document.get(None, "structure_choice", heads)
    token = as_string(document, value)
    return StructureChoice(token) if token in list(StructureChoice) else StructureChoice.NOT_CHOSEN


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
        aside.append(_("“contract” is no public key."))
        return expected
    if expected is not None and said != expected:
        aside.append(_("“contract” names the key of another contract."))
        return expected
    return said
