"""A contract's memory: its past in turns, told with names and versions."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, partial
from typing import Protocol

from contract_tui.contract.conference.values import Conference
from contract_tui.contract.contract import Contract
from contract_tui.contract.effects import heads_after
from contract_tui.contract.headings import headings, thing_heading
from contract_tui.contract.items.values import Item, Items
from contract_tui.contract.membership.authorship import NOBODY, Doubted
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.schema import PartId
from contract_tui.contract.values import Heads
from contract_tui.history.chapters import Chapter, ChapterKind, chapters
from contract_tui.history.clocks import Clocks, Seen
from contract_tui.history.comparison import signed
from contract_tui.history.following import follow
from contract_tui.history.moment import Moment, grown, newest, newest_until
from contract_tui.history.naming import UNKNOWN, Local, chapter_names, other_names
from contract_tui.history.past import UNCOVERED, Covered, Past
from contract_tui.history.slices import in_slices
from contract_tui.history.sweep import Sweep
from contract_tui.history.turns import Turn, Turns
from contract_tui.history.words import words_with
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.saved import read_saved


class ChangeNames(Protocol):
    """What changes are called outside: a saved document keeps no hashes."""

    def hash(self, actor: Actor, seq: int) -> ChangeHash:
        """The hash of an author's change, by its number."""

    def change(self, name: ChangeHash) -> tuple[Actor, int]:
        """The author and the number of a change by its hash; raises LookupError."""


@dataclass(frozen=True, slots=True)
class ToldTurn:
    """One turn, as it is told to people and other programs."""

    number: int
    """1 for the first turn of the contract."""
    actor: Actor
    author: str
    role: Role | None
    """None where nobody proved who the author is."""
    section: PartId
    at: datetime | None
    """When it began, in UTC; None where a program of others kept no time."""
    heads: Heads
    """The version of the contract when it ended."""
    added: tuple[str, ...]
    """The words of the section at its end that hold letters written in it."""
    removed: tuple[str, ...]
    """The words of the section at its beginning that hold letters of others taken out in it."""
    by_their_clock: bool = False
    """Whether the time is one that its author's clock alone says, which is in doubt."""
    in_doubt: bool = False
    """Whether nothing shows that all of it is by the one in whose name it stands."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who put a letter into a text or took it out, and when."""

    author: Actor
    """A `Doubted` one where nothing shows that it is their doing."""
    turn: Turn | None
    """None for what belongs to no turn: the constant first change."""
    position: int
    """The change's, in the order of all."""


class History:
    """How one contract came to be, up to the moment it was read, or to what followed."""

    def __init__(
        self,
        contract: Contract,
        names: ChangeNames,
        heads: Heads,
        past: Past,
        found: Turns,
        covered: Covered = UNCOVERED,
    ) -> None:
        self.past = past
        self.turns: Sequence[Turn] = found.tell()
        """Every turn, in the order in which they began."""
        self.author: Callable[[Actor], SeatEntry] = contract.author
        self.newest = heads
        """The heads of all that is known here."""
        self._contract = contract
        self._known_things = contract.texts, contract.owners
        self._covered = covered
        self._names = names
        self._found = found
        self._people: dict[SeatId, SeatEntry] = {}
        self._seen = Seen()

    @classmethod
    def read(
        cls, contract: Contract, names: ChangeNames, covered: Covered | None = None
    ) -> "History":
        """Read the past of a contract as it stands; about 15 µs for each change."""
        reading = cls.reading(contract, names, covered)
        while True:
            try:
                next(reading)
            except StopIteration as end:
                history: History = end.value
                return history

    @classmethod
    def reading(
        cls, contract: Contract, names: ChangeNames, covered: Covered | None = None
    ) -> Generator[int, None, "History"]:
        """Read the past little by little: the number of rows to be read, then how many were.

        The first step saves the contract as it stands, and is the longest by far.
        """
        saved = read_saved(contract.save())
        yield 3 * saved.change_count + saved.operation_count
        past, found = Past(contract.texts, contract.owners), Turns()
        covered = contract.covered if covered is None else covered
        yield from past.fill(saved, covered)
        yield from in_slices(range(len(past)), partial(found.take, past))
        return cls(contract, names, saved.heads, past, found, covered)

    def follow(self, changes: Sequence[Change]) -> bool:
        """Go on with changes that the contract has taken since; those known already are ignored.

        Returns False, and has done nothing, where one sorts before others or does what is unusual:
        then everything has to be read anew. Places and moments of before hold no longer; `grown`
        says what a moment is now.
        """
        new = [one for one in changes if not self._has(one)]
        if self._known_things != (self._contract.texts, self._contract.owners):
            return False
        if not follow(self.past, new, self._position):
            return False
        self.newest = heads_after(self.newest, new)
        self._found.take(self.past, range(len(self._found), len(self.past)))
        self.turns = self._found.tell()
        if (covered := self._contract.covered) != self._covered:
            self.past.cover(covered)
            self._covered = covered
        for told in ("chapters", "conferences", "_clocks"):
            self.__dict__.pop(told, None)
        return True

    @property
    def headings(self) -> dict[PartId, str]:
        """What every part is called today."""
        return headings(self._contract)

    @property
    def items(self) -> Items:
        """All things there are today, also those that were taken away."""
        return self._contract.items

    def person(self, seat: SeatId) -> SeatEntry:
        """Who somebody is, by their latest seat."""
        return self._contract.roster.person(seat)

    def called(self, thing: Item) -> str:
        """What a thing is called today."""
        return thing_heading(self._contract, thing)

    def is_of(self, contract: Contract) -> bool:
        """Whether this is about a contract as it is open now, which mending opens again."""
        return self._contract is contract

    def grown(self, moment: Moment) -> Moment:
        """A moment of before the last changes were followed."""
        return grown(self.past.order, moment)

    def _has(self, change: Change) -> bool:
        try:
            self.past.order.find(change.actor, change.seq)
        except LookupError:
            return False
        return True

    def _position(self, name: ChangeHash) -> int:
        return self.past.order.find(*self._names.change(name))

    @property
    def doubted_clocks(self) -> frozenset[SeatId]:
        """Whose clocks contradict what they had seen: their times are told “by their clock”."""
        return self._clocks.doubted

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The chapters, in order; each turn is in exactly one."""
        person = cache(self._person)  # few people have many turns
        held, signed_at = self.conferences, self._contract.answers.signed_at
        return chapters(self.past, self.turns, self._clocks, person, held, self._known, signed_at)

    @cached_property
    def conferences(self) -> tuple[Conference, ...]:
        """Every conference that was ever noted: those that the contract tells of, too."""
        return self._contract.conferences.among(self.past.conferences)

    def chapter_names(self, local: Local) -> list[str]:
        """What each chapter is called by whoever counts days as `local` does."""
        return chapter_names(self.chapters, self._name, local)

    def other_names(self, chapter: Chapter, local: Local) -> set[str]:
        """What a chapter may be called besides, as others may be as well."""
        return other_names(chapter, self._name, local)

    def believed(self, turn: Turn) -> bool:
        """Whether the time of a turn is by a clock that is not in doubt."""
        return turn.at is not None and self._person(turn.actor) not in self.doubted_clocks

    def end_of(self, chapter: Chapter) -> Moment:
        """The version that a chapter ended with; of an agreement, the one that was signed."""
        if chapter.kind is ChapterKind.AGREEMENT:
            return self.past.reached(chapter.signed)
        return self.past.until(chapter.end)

    @cached_property
    def _clocks(self) -> Clocks:
        return Clocks(self.past, self.turns, cache(self._person), self._seen)

    def _person(self, actor: Actor) -> SeatId:
        entry = self.author(actor)
        self._people[entry.id] = entry
        return entry.id

    def _name(self, person: SeatId) -> str:
        entry = self._people[person]
        return entry.name if entry.proven else UNKNOWN

    def _known(self, heads: Heads) -> list[int]:
        """The positions of the changes that heads name, as far as they are of this contract."""
        found: list[int] = []
        for head in heads:
            with suppress(LookupError):
                found.append(self._position(head))
        return found

    def turn_at(self, part: PartId, position: int) -> Turn | None:
        """The turn that a change in a part belongs to."""
        return self._found.at(part, position)

    def origin(self, part: PartId, place: int, doubtful: Mapping[Actor, int] = NOBODY) -> Origin:
        """Who wrote a letter, and when."""
        return self._origin(part, self.past.chronicles[part].letter(place).born, doubtful)

    def removal(
        self,
        part: PartId,
        place: int,
        moment: Moment | None = None,
        doubtful: Mapping[Actor, int] = NOBODY,
    ) -> Origin | None:
        """Who took a letter out, and when, as a version knows it; None where it is still there."""
        gone = self.past.chronicles[part].gone(place)
        known = [at for at in gone if moment is None or moment[at]]
        return self._origin(part, known[0], doubtful) if known else None

    def _origin(self, part: PartId, position: int, doubtful: Mapping[Actor, int]) -> Origin:
        author = signed(self.past, position, doubtful)
        return Origin(author, self.turn_at(part, position), position)

    def heads(self, moment: Moment) -> Heads:
        """The heads of a version, by which every Automerge program can name it."""
        return self._heads(newest(self.past.order, moment))

    def at(self, heads: Iterable[ChangeHash]) -> Moment:
        """The version of some heads; raises LookupError for one that is not of this contract."""
        return self.past.reached([self._position(one) for one in heads])

    def told(self, doubtful: Mapping[Actor, int] = NOBODY) -> list[ToldTurn]:
        """Tell every turn with its author, its version and its words."""
        heads = newest_until(self.past.order, (turn.end for turn in self.turns))
        sweeps = {part: (Sweep(one), Sweep(one)) for part, one in self.past.chronicles.items()}
        return [
            self._tell(turn, *sweeps[turn.section], self._heads(heads[turn.end]), doubtful)
            for turn in self.turns
        ]

    def _heads(self, positions: Iterable[int]) -> Heads:
        order = self.past.order
        return tuple(sorted(self._names.hash(order.actor(at), order.seq(at)) for at in positions))

    def _tell(
        self, turn: Turn, begins: Sweep, ends: Sweep, heads: Heads, doubtful: Mapping[Actor, int]
    ) -> ToldTurn:
        author = self.author(turn.actor)
        return ToldTurn(
            turn.number,
            turn.actor,
            author.name,
            author.role,
            turn.section,
            turn.at,
            heads,
            tuple(self._added(turn, ends)),
            tuple(self._removed(turn, begins)),
            turn.at is not None and not self.believed(turn),
            isinstance(signed(self.past, turn.changes[-1], doubtful), Doubted),
        )

    def _added(self, turn: Turn, sweep: Sweep) -> list[str]:
        chronicle = self.past.chronicles[turn.section]
        there = sweep.flags(turn.end, self.past.until(turn.end))
        born = [place for at in turn.changes for place in chronicle.born(at) if there[place]]
        return words_with(chronicle, born, there)

    def _removed(self, turn: Turn, sweep: Sweep) -> list[str]:
        chronicle, mine = self.past.chronicles[turn.section], frozenset(turn.changes)
        gone = [
            place
            for at in turn.changes
            for place in chronicle.taken(at)
            if (letter := chronicle.letter(place)).gone[0] == at and letter.born not in mine
        ]
        there = sweep.flags(turn.begin, self.past.until(turn.begin))
        return words_with(chronicle, gone, there)
