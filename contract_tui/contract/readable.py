"""One learning contract in memory as it stands: its words, its seats, and what others change."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from contract_tui.contract.agreement.answers import Answers
from contract_tui.contract.agreement.values import Agreement
from contract_tui.contract.conference.conferences import Conferences
from contract_tui.contract.conference.insisting import letters
from contract_tui.contract.conference.values import Conference
from contract_tui.contract.crdt import CrdtDocument, Heads
from contract_tui.contract.effects import Changed, foresee
from contract_tui.contract.items.hands import KnownHands
from contract_tui.contract.items.removal import unseen
from contract_tui.contract.items.values import Item, Items
from contract_tui.contract.items.vanished import Vanished
from contract_tui.contract.membership.authorship import NOBODY, Doubts
from contract_tui.contract.membership.seats import Roster, SeatEntry, seat_of
from contract_tui.contract.opening.outline import Notebook, Outline, read_outline, renamed
from contract_tui.contract.past.kept import KeptVersion
from contract_tui.contract.past.memory import read_memory
from contract_tui.contract.past.seen import Seen
from contract_tui.contract.past.settled import Settled
from contract_tui.contract.reader import read, words_at
from contract_tui.contract.reading import Reading
from contract_tui.contract.renewal import Renewed
from contract_tui.contract.schema import (
    TITLE,
    PartId,
    StructureChoice,
    limit,
)
from contract_tui.contract.sections import Section
from contract_tui.contract.text.hand import Hand
from contract_tui.contract.text.mirror import SharedText
from contract_tui.contract.text.mirrors import Texts
from contract_tui.contract.text.splice import Splice
from contract_tui.language import ngettext
from sync_server.access.proof import SeatId
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor, DocumentId
from sync_server.protocol.operations import ElementId


def _left_out(n: int) -> str:
    return ngettext(
        "{n} of the changes could not be used.", "{n} of the changes could not be used.", n
    ).format(n=n)


class ReadableContract:
    """A contract that can be read, and follows what others write in it."""

    def __init__(
        self,
        document: CrdtDocument,
        contract: DocumentId | None,
        left_out: int = 0,
        first_version: int = 0,
        vouched: tuple[str, ...] = (),
    ) -> None:
        self._document = document
        self._expected = contract
        self._left_out = left_out
        self._vouched = vouched
        self._notebook = Notebook()
        self._outline: Outline = read_outline(document, contract, vouched, self._notebook)
        self._memory = read_memory(document, self._outline.roster)
        self._texts = Texts(document, self._outline.texts, first_version)
        self._hand = Hand(document, self._texts)
        self.answers = Answers(document, lambda: self._outline)
        """What people answered the contract, and whether it is theirs."""
        self.conferences = Conferences(document, lambda: self._outline)
        """The agenda of a conference, and every conference that was held."""

    @property
    def id(self) -> DocumentId | None:
        """Which contract this is; None for a file that does not say which key governs it."""
        return self._outline.contract

    @property
    def actor(self) -> Actor:
        """The actor that changes are made under here."""
        return self._document.actor

    @property
    def heads(self) -> Heads:
        """The hashes of the newest changes, sorted."""
        return self._document.heads

    @property
    def title(self) -> str:
        """The title as it stands; may be empty."""
        return self.text(TITLE).text

    @property
    def sections(self) -> list[Section]:
        """The sections in their order, hidden ones included."""
        return list(self._outline.sections)

    @property
    def items(self) -> Items:
        """Supports, goals, promises, reflections and notes, without their words."""
        return self._outline.items

    @property
    def seats(self) -> Mapping[SeatId, SeatEntry]:
        """Everyone who has a seat, and seats that prove nothing, under a neutral name."""
        return self._outline.seats

    @property
    def structure_choice(self) -> StructureChoice:
        """How much structure the student wants."""
        return self._outline.structure_choice

    @property
    def renewed(self) -> Renewed | None:
        """Which contract takes the place of this one, if somebody has begun it anew."""
        return self._outline.renewed

    @property
    def set_aside(self) -> list[str]:
        """What does not fit into a contract and is not used, in words."""
        lost = [_left_out(self._left_out)] if self._left_out else []
        told = (*self._outline.set_aside, *self._memory.set_aside, *self.conferences.set_aside)
        return [*lost, *told]

    @property
    def seen(self) -> Mapping[SeatId, Seen]:
        """Who looked at the past last when, by their latest seat."""
        return self._memory.seen

    @property
    def kept(self) -> tuple[KeptVersion, ...]:
        """The versions that somebody gave a name, in the order in which they did."""
        return self._memory.kept

    @property
    def agreement(self) -> Agreement:
        """Who agrees with the contract as it stands, and who agreed with an earlier version."""
        return self.answers.agreement

    @property
    def covered(self) -> Mapping[PartId, frozenset[ElementId]]:
        """The characters of each part that their author covered: nobody is shown them any more."""
        found = self._memory.covers
        return {part: found[obj] for part, obj in self.texts.items() if obj in found}

    def covered_in(self, text: ElementId) -> frozenset[ElementId]:
        """The same of one text, by its object, also where another stands in its place by now."""
        return self._memory.covers.get(text, frozenset())

    @property
    def settled(self) -> Settled:
        """The lost characters of each text, by its object, that the student put back or let go."""
        return self._memory.settled

    def author(self, actor: Actor) -> SeatEntry:
        """Return who writes under an actor, on whichever computer and by their latest seat.

        A neutral entry when nobody proved to.
        """
        return self.roster.person(seat_of(actor))

    @property
    def roster(self) -> Roster:
        """Everybody with their computers, what proves them, and who holds the contract's key."""
        return self._outline.roster

    @property
    def pupils(self) -> frozenset[SeatId]:
        """Whose contract it is, by their latest seat: nearly always one student."""
        return self._outline.hands.pupils

    @property
    def hands(self) -> KnownHands:
        """Tells the student's words from those of others."""
        return self._outline.hands

    def unseen(self, thing: Item) -> bool:
        """Whether a thing was taken away by somebody who had not seen what others wrote in it."""
        return unseen(self._document, self._outline.hands, thing)

    def remember(self, vanished: tuple[Vanished, ...]) -> bool:
        """Show what somebody destroyed as taken away; returns whether that is news."""
        if vanished == self._notebook.vanished:
            return False
        self._notebook.vanished = vanished
        self._read_outline()
        return True

    def vouch(self, proofs: Iterable[str]) -> None:
        """Count further proofs of seats and devices, which others kept outside of the contract."""
        known = {*self._vouched, *self.roster.proofs.values()}
        if new := [proof for proof in proofs if proof not in known]:
            self._vouched += tuple(new)
            self._read_outline()

    def text(self, part: PartId) -> SharedText:
        """Return the words of a part; raises UnknownPart."""
        return self._texts[part]

    def last_written(self) -> Iterator[tuple[PartId, Actor, ElementId]]:
        """Yield the last character that each actor has written in a part since this was opened."""
        return self._texts.last_written()

    def room(self, part: PartId, splice: Splice) -> int:
        """Return how many characters of a splice's text the part still takes; at least 0."""
        kept = len(self.text(part).text) - (splice.end - splice.start)
        return max(0, min(len(splice.text), limit(part) - kept))

    def text_at(self, part: PartId, heads: Heads) -> str:
        """Return what may be shown of a part's words at some heads, which have to be known."""
        return words_at(self._document, self._texts.object(part), self._memory.covers, heads)

    def reading(
        self, heads: Heads | None = None, doubtful: Doubts = NOBODY, *, answers: bool = True
    ) -> Reading:
        """Return the whole contract to be read, at some known heads or as it stands.

        Without the `answers`, which take long in a long contract, it can be read as it changes.
        """
        veils = self._memory.covers
        typed = letters(self._conferences_at(heads))
        found = read(self._document, self.id, self.roster, veils, heads, doubtful, typed)
        if not answers or found.heads != self.heads:
            return found
        return replace(found, agreement=self.agreement)

    def _conferences_at(self, heads: Heads | None) -> Iterable[Conference]:
        if heads is None or tuple(sorted(heads)) == self.heads:
            return self.conferences.all
        return self.conferences.at(heads)

    @property
    def detached(self) -> frozenset[PartId]:
        """The parts of which somebody took the text out of its place, or all that held it."""
        return self._texts.detached

    @property
    def texts(self) -> Mapping[PartId, ElementId]:
        """The objects that hold the words of each part."""
        return self._texts.objects

    @property
    def owners(self) -> Mapping[ElementId, PartId]:
        """For each map of a section or thing, the text that a change of it counts as an edit of."""
        return self._outline.owners

    def changes_since(self, heads: Heads = ()) -> list[bytes]:
        """Return the raw changes after some heads, dependencies first; all of them by default."""
        return self._document.changes_since(heads)

    def save(self) -> bytes:
        """Return the contract as one Automerge file, with its whole history."""
        return self._document.save()

    def apply(self, news: Sequence[bytes | Change]) -> Changed:
        """Apply changes of others, raw or read already; returns what they touched.

        Raises DocumentDamaged when one broke the document: then open it again from its changes.
        """
        if not news:
            return Changed()
        touched, expected = foresee(news, self.heads, self._texts.parts)
        self._document.apply([one.raw if isinstance(one, Change) else one for one in news])
        if touched is None or self._document.heads != expected:
            return self._reload()
        parts, before = self._texts.merge(touched.texts), self.items
        if touched.outline:
            self._read_outline(touched.objects)
        else:
            self._rename(parts)
        is_other = self.items != before
        return Changed(parts, touched.seats, touched.choice, touched.outline, is_other)

    def _reload(self) -> Changed:
        """Read everything again, after changes that could not be followed one by one."""
        before = self._outline
        self._read_outline()
        after = self._outline
        return Changed(
            self._texts.reload(),
            seats=before.seats != after.seats,
            choice=before.structure_choice != after.structure_choice,
            outline=before != after,
            items=before.items != after.items,
        )

    def _read_outline(self, touched: Collection[ElementId] | None = None) -> None:
        """Read what may have changed, as some objects did; everything by default."""
        self._notebook.forget(touched)
        self.conferences.forget(touched)
        self._outline = read_outline(self._document, self._expected, self._vouched, self._notebook)
        self._memory = read_memory(self._document, self._outline.roster)
        self._texts.learn(self._outline.texts)
        self._hand.forget(self.covered)

    def _rename(self, parts: Collection[PartId]) -> None:
        """Call the sections by what their headings say by now, if those are among some parts."""
        self._outline = renamed(self._outline, self._document, parts)
