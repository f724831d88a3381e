"""A contract to be read: its words at one version, as plain values, for showing and exporting."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from contract_tui.contract.authorship import NOBODY, in_name_of, is_doubted
from contract_tui.contract.covers import Covers, shown
from contract_tui.contract.crdt import CrdtDocument, Heads
from contract_tui.contract.outline import read_choice, read_sections
from contract_tui.contract.schema import TITLE_TEXT, PartId, StructureChoice
from contract_tui.contract.seats import SeatEntry
from sync_server.protocol.ids import Actor, DocumentId
from sync_server.protocol.operations import ElementId


@dataclass(frozen=True, slots=True)
class ReadSection:
    """One section with its words."""

    part: PartId
    heading: str
    text: str
    hidden: bool
    writers: tuple[str, ...]
    """Who wrote the words that stand in it, in the order of their first word."""
    in_doubt: tuple[str, ...] = ()
    """In whose name words stand in it of which nothing shows that they are theirs."""

    @property
    def by(self) -> tuple[str, ...]:
        """Who wrote it, for people: whoever is in doubt is not named as the author."""
        return (*self.writers, *(in_name_of(name) for name in self.in_doubt))


@dataclass(frozen=True, slots=True)
class Reading:
    """A contract as it stood at one version."""

    contract: DocumentId | None
    title: str
    sections: tuple[ReadSection, ...]
    structure_choice: StructureChoice
    seats: tuple[SeatEntry, ...]
    heads: Heads

    @property
    def shown(self) -> tuple[ReadSection, ...]:
        """The sections that nobody hid."""
        return tuple(section for section in self.sections if not section.hidden)


def read(
    document: CrdtDocument,
    contract: DocumentId | None,
    seats: Iterable[SeatEntry],
    author: Callable[[Actor], SeatEntry],
    covers: Covers,
    heads: Heads | None = None,
    doubtful: Mapping[Actor, int] = NOBODY,
) -> Reading:
    """Read a document at some heads, which have to be known; as it stands by default.

    What is covered by now is shown as covered at every version, and what is in doubt as in doubt:
    `doubtful` says from which operation of an actor on nothing shows that it is theirs.
    """

    def names(actors: Iterable[Actor]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(author(actor).name for actor in actors))

    sections = []
    for section in read_sections(document, heads):
        elements = document.elements(section.body, heads)
        ids = [one.id for one in elements if one.text]
        sure = dict.fromkeys(Actor(one.actor) for one in ids if not is_doubted(one, doubtful))
        unsure = dict.fromkeys(Actor(one.actor) for one in ids if is_doubted(one, doubtful))
        text = shown(elements, covers.get(section.body, frozenset()))
        sections.append(
            ReadSection(
                section.part, section.heading, text, section.hidden, names(sure), names(unsure)
            )
        )
    return Reading(
        contract,
        words_at(document, TITLE_TEXT, covers, heads),
        tuple(sections),
        read_choice(document, heads),
        tuple(sorted(seats, key=lambda seat: seat.id)),
        document.heads if heads is None else tuple(sorted(heads)),
    )


def words_at(document: CrdtDocument, text: ElementId, covers: Covers, heads: Heads | None) -> str:
    """Return the words of one text at some heads as they may be shown."""
    if text not in covers:
        return document.text(text, heads)
    return shown(document.elements(text, heads), covers[text])
