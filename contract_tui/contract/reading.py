"""A contract to be read: its words at one version, as plain values, for showing and exporting."""

from dataclasses import dataclass

from contract_tui.contract.agreement.values import Agreement
from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.conference.words import TYPED
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.tokens import (
    GoalState,
    NoteAnswer,
    NoteKind,
    Origin,
    Outcome,
    Stretch,
    SupportState,
)
from contract_tui.contract.membership.authorship import in_name_of
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.schema import PartId, StructureChoice
from contract_tui.contract.values import Heads
from sync_server.protocol.ids import DocumentId


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in a text that is one person's alone, which somebody else put there."""

    text: str
    by: str
    start: int
    """Where in the text they stand, in code points."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Words that somebody typed in a conference because they were asked to."""

    text: str
    by: str
    start: int
    """Where in the text they stand, in code points."""
    confirmation: Confirmation
    """What the student says of them."""
    student: str
    """What the student is called inside a sentence."""

    @property
    def said(self) -> str:
        """Who typed them, and what the student says of it, in words."""
        return TYPED[self.confirmation].format(name=self.by, student=self.student)


@dataclass(frozen=True, slots=True)
class Written:
    """The words of one text."""

    text: str = ""
    writers: tuple[str, ...] = ()
    """Who wrote the words that stand in it, in the order of their first word."""
    in_doubt: tuple[str, ...] = ()
    """In whose name words stand in it of which nothing shows that they are theirs."""
    foreign: tuple[Foreign, ...] = ()
    typed: tuple[Typed, ...] = ()
    """What somebody was asked to type for the student."""

    @property
    def by(self) -> tuple[str, ...]:
        """Who wrote it, for people: whoever is in doubt is not named as the author."""
        return (*self.writers, *(in_name_of(name) for name in self.in_doubt))

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to be read in it."""
        return not self.text.strip()


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
    typed: tuple[Typed, ...] = ()
    """What somebody was asked to type for the student."""

    @property
    def words(self) -> Written:
        """Its words and who wrote them."""
        return Written(self.text, self.writers, self.in_doubt, typed=self.typed)

    @property
    def by(self) -> tuple[str, ...]:
        """Who wrote it, for people."""
        return self.words.by


@dataclass(frozen=True, slots=True)
class ReadSupport:
    """Something that helps, or might."""

    id: ItemId
    what: Written
    when: Written
    offered_by: SeatEntry | None
    state: SupportState
    check_on: str
    """When to look again: a date as in ISO 8601, or words."""


@dataclass(frozen=True, slots=True)
class ReadStep:
    """One step on the way to a goal."""

    id: ItemId
    what: Written
    by: SeatEntry | None
    when: str
    """A date as in ISO 8601, or words."""
    done: bool


@dataclass(frozen=True, slots=True)
class ReadGoal:
    """A goal with its steps."""

    id: ItemId
    what: Written
    matters: Written
    """Why it matters, in words that are the student's alone."""
    success: Written
    """How they will know that they have succeeded: theirs alone as well."""
    evidence: Written
    together_with: Written
    origin: Origin
    origin_note: Written
    structure: StructureChoice
    structure_note: Written
    stretch: Stretch
    state: GoalState
    steps: tuple[ReadStep, ...] = ()

    @property
    def texts(self) -> tuple[Written, ...]:
        """All that is written about it, without its steps."""
        return (
            *(self.what, self.matters, self.success, self.evidence),
            *(self.together_with, self.origin_note, self.structure_note),
        )


@dataclass(frozen=True, slots=True)
class ReadPromise:
    """What one person promises another."""

    id: ItemId
    what: Written
    by: SeatEntry | None
    to: SeatEntry | None
    when: str
    """A date as in ISO 8601, or words."""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ReadReflection:
    """What somebody thought, on one day."""

    id: ItemId
    text: Written
    by: SeatEntry
    at: int
    """Seconds since 1970, by that person's clock; 0 where no time was kept."""


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A suggestion, a wondering or a dissent, and what the student said to it."""

    id: ItemId
    kind: NoteKind
    by: SeatEntry
    text: Written
    about: PartId | ItemId | None
    """The text or the thing that it is about; None where it cannot be found any more."""
    quoted: str
    """The words that it is about, as they stand; "" where it is about the whole."""
    answer: NoteAnswer
    answer_text: Written


@dataclass(frozen=True, slots=True)
class Reading:
    """A contract as it stood at one version, without what was taken away."""

    contract: DocumentId | None
    title: str
    sections: tuple[ReadSection, ...]
    structure_choice: StructureChoice
    seats: tuple[SeatEntry, ...]
    heads: Heads
    goals: tuple[ReadGoal, ...] = ()
    supports: tuple[ReadSupport, ...] = ()
    promises: tuple[ReadPromise, ...] = ()
    reflections: tuple[ReadReflection, ...] = ()
    notes: tuple[ReadNote, ...] = ()
    revisit: str = ""
    """When to take it up again: a date as in ISO 8601, or words."""
    agreement: Agreement | None = None
    """What everybody answered; None for an earlier version."""
    title_typed: tuple[Typed, ...] = ()
    """What of the title somebody was asked to type for the student."""

    @property
    def shown(self) -> tuple[ReadSection, ...]:
        """The sections that nobody hid."""
        return tuple(section for section in self.sections if not section.hidden)
