"""A contract's memory: its past in turns, told with names and versions."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import PartId
from contract_tui.contract.seats import SeatEntry
from contract_tui.contract.values import Heads
from contract_tui.history.chapters import Chapter, ChapterKind, chapters
from contract_tui.history.clocks import Clocks
from contract_tui.history.comparison import signed
from contract_tui.history.moment import Moment, newest, newest_until
from contract_tui.history.naming import UNKNOWN, Local, chapter_names
from contract_tui.history.past import Past
from contract_tui.history.turns import Turn, turns
from contract_tui.history.words import words_with
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.ids import Actor, ChangeHash, ElementId
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
    """How one contract came to be, up to the moment it was read."""

    def __init__(
        self, past: Past, author: Callable[[Actor], SeatEntry], names: ChangeNames
    ) -> None:
        self.past = past
        self.turns = turns(past)
        """Every turn, in the order in which they began."""
        self.author = author
        self._names = names
        self._people: dict[SeatId, SeatEntry] = {}
        self._turn_at = {(turn.section, at): turn for turn in self.turns for at in turn.changes}

    @classmethod
    def read(
        cls,
        contract: Contract,
        names: ChangeNames,
        covered: Mapping[PartId, Collection[ElementId]] = MappingProxyType({}),
    ) -> "History":
        """Read the past of a contract as it stands; about 20 µs for each change."""
        past = Past(read_saved(contract.save()), contract.texts, covered)
        return cls(past, contract.author, names)

    @property
    def doubted_clocks(self) -> frozenset[SeatId]:
        """Whose clocks contradict what they had seen: their times are told “by their clock”."""
        return self._clocks.doubted

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The chapters, in order; each turn is in exactly one."""
        return chapters(self.past, self.turns, self._clocks, self._person, self._known)

    def chapter_names(self, local: Local) -> list[str]:
        """What each chapter is called by whoever counts days as `local` does."""
        found = self.chapters
        people = self._people
        return chapter_names(
            found, lambda seat: people[seat].name if people[seat].proven else UNKNOWN, local
        )

    def end_of(self, chapter: Chapter) -> Moment:
        """The version that a chapter ended with; of an agreement, the one that was signed."""
        if chapter.kind is ChapterKind.AGREEMENT:
            return self.past.reached(chapter.signed)
        return self.past.until(chapter.end)

    @cached_property
    def _clocks(self) -> Clocks:
        return Clocks(self.past, self.turns, self._person)

    def _person(self, actor: Actor) -> SeatId:
        entry = self.author(actor)
        self._people[entry.id] = entry
        return entry.id

    def _known(self, heads: Heads) -> list[int]:
        """The positions of the changes that heads name, as far as they are of this contract."""
        found: list[int] = []
        for head in heads:
            with suppress(LookupError):
                found.append(self.past.order.find(*self._names.change(head)))
        return found

    def turn_at(self, part: PartId, position: int) -> Turn | None:
        """The turn that a change in a part belongs to."""
        return self._turn_at.get((part, position))

    def origin(
        self, part: PartId, place: int, doubtful: Mapping[Actor, int] = MappingProxyType({})
    ) -> Origin:
        """Who wrote a letter, and when."""
        return self._origin(part, self.past.chronicles[part].letters[place].born, doubtful)

    def removal(
        self,
        part: PartId,
        place: int,
        moment: Moment | None = None,
        doubtful: Mapping[Actor, int] = MappingProxyType({}),
    ) -> Origin | None:
        """Who took a letter out, and when, as a version knows it; None where it is still there."""
        gone = self.past.chronicles[part].letters[place].gone
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
        return self.past.reached(self.past.order.find(*self._names.change(one)) for one in heads)

    def told(self) -> list[ToldTurn]:
        """Tell every turn with its author, its version and its words."""
        heads = newest_until(self.past.order, (turn.end for turn in self.turns))
        return [self._tell(turn, self._heads(heads[turn.end])) for turn in self.turns]

    def _heads(self, positions: Iterable[int]) -> Heads:
        order = self.past.order
        return tuple(sorted(self._names.hash(order.actor(at), order.seq(at)) for at in positions))

    def _tell(self, turn: Turn, heads: Heads) -> ToldTurn:
        end = self.past.until(turn.end)
        author = self.author(turn.actor)
        return ToldTurn(
            turn.number,
            turn.actor,
            author.name,
            author.role,
            turn.section,
            turn.at,
            heads,
            tuple(self._added(turn, end)),
            tuple(self._removed(turn)),
            turn.at is not None and author.id in self.doubted_clocks,
        )

    def _added(self, turn: Turn, end: Moment) -> list[str]:
        chronicle = self.past.chronicles[turn.section]
        born = [place for at in turn.changes for place in chronicle.born(at)]
        return words_with(chronicle, [at for at in born if chronicle.stands(at, end)], end)

    def _removed(self, turn: Turn) -> list[str]:
        chronicle, mine = self.past.chronicles[turn.section], frozenset(turn.changes)
        gone = [
            place
            for at in turn.changes
            for place in chronicle.taken(at)
            if (letter := chronicle.letters[place]).gone[0] == at and letter.born not in mine
        ]
        return words_with(chronicle, gone, self.past.until(turn.begin))
