"""The things of a contract as they stand, without their words: these are texts of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from contract_tui.contract.items.paths import ItemId, main_part, part_of
from contract_tui.contract.items.tokens import (
    GoalState,
    NoteAnswer,
    NoteKind,
    Origin,
    Outcome,
    Stretch,
    SupportState,
    token,
)
from contract_tui.contract.schema import PartId, StructureChoice
from contract_tui.contract.values import Heads
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId


@dataclass(frozen=True, slots=True)
class Said:
    """A value under a key, and in whose hand it stands."""

    value: str | int | bool
    by: SeatId
    early: bool = False
    """Whether it was said before the student had a seat: then nobody can ask whose right it was."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Somebody has taken a thing away. It stays in the contract and can be brought back."""

    by: SeatId
    heads: Heads
    """The version that they knew: what others wrote in it beside that, they have not seen."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of one of the contract's lists."""

    id: ItemId
    object: ElementId
    """The map that holds it."""
    added_by: SeatId
    """By their latest seat; nobody known where nothing proves who."""
    texts: Mapping[str, ElementId]
    """The Text objects of its words, by field."""
    said: Mapping[str, Said]
    """Everything else of it, by field."""
    position: str = ""
    """What the things of a list are sorted by."""
    removal: Removal | None = None
    """Set where somebody who may do so has taken it away."""
    overruled: frozenset[str] = frozenset()
    """The fields of which the document says something else than whoever is to say it."""

    def part(self, name: str) -> PartId:
        """One of its texts."""
        return part_of(self.id, name)

    @property
    def parts(self) -> tuple[PartId, ...]:
        """All of its texts."""
        return tuple(self.part(name) for name in self.texts)

    @property
    def maps(self) -> tuple[ElementId, ...]:
        """All maps that it consists of, without those of its steps."""
        return (self.object,)

    def string(self, name: str) -> str:
        """What is said under a key; "" where nothing is, or no string."""
        said = self.said.get(name)
        return said.value if said is not None and isinstance(said.value, str) else ""

    def number(self, name: str) -> int | None:
        """The number under a key."""
        said = self.said.get(name)
        if said is None or isinstance(said.value, bool) or not isinstance(said.value, int):
            return None
        return said.value

    def hand(self, name: str) -> SeatId | None:
        """Whose hand a value stands in; None where nothing is said."""
        said = self.said.get(name)
        return said.by if said else None


@dataclass(frozen=True, slots=True)
class Support(Item):
    """Something that helps, or might. Texts: `what`, `when`."""

    @property
    def offered_by(self) -> SeatId:
        """Who offers it; "" where nobody is named."""
        return SeatId(self.string("offered_by"))

    @property
    def state(self) -> SupportState:
        """How it is with it."""
        return token(SupportState, self.string("state"))

    @property
    def check_on(self) -> str:
        """When to look again: a date as in ISO 8601, or words."""
        return self.string("check_on")


@dataclass(frozen=True, slots=True)
class Step(Item):
    """One step on the way to a goal. Texts: `what`."""

    @property
    def by(self) -> SeatId:
        """Who takes it; "" where nobody is named."""
        return SeatId(self.string("by"))

    @property
    def when(self) -> str:
        """A date as in ISO 8601, or words."""
        return self.string("when")

    @property
    def done(self) -> bool:
        """Whether it is behind one."""
        said = self.said.get("done")
        return said is not None and said.value is True


@dataclass(frozen=True, slots=True)
class Goal(Item):
    """Something the student wants, or has to reach.

    Texts: `what`, `matters` and `success` (the student's alone), `evidence`, `together_with`,
    `origin_note`, `structure_note`.
    """

    steps: tuple[Step, ...] = ()
    """From A to B, in their order; those that were taken away included."""
    steps_map: ElementId | None = None
    """The map that holds them."""

    @property
    def maps(self) -> tuple[ElementId, ...]:
        """All maps that it consists of, without those of its steps."""
        return (self.object, self.steps_map) if self.steps_map else (self.object,)

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return token(Origin, self.string("origin"))

    @property
    def structure(self) -> StructureChoice:
        """How much structure is wanted for it; not chosen: as everywhere in this contract."""
        return token(StructureChoice, self.string("structure_choice"))

    @property
    def stretch(self) -> Stretch:
        """How it feels."""
        return token(Stretch, self.string("stretch"))

    @property
    def state(self) -> GoalState:
        """What has become of it."""
        return token(GoalState, self.string("state"))


@dataclass(frozen=True, slots=True)
class Promise(Item):
    """What one person promises another. Texts: `what`."""

    outcomes: Mapping[SeatId, Said] = field(default_factory=lambda: MappingProxyType({}))
    """What people say has become of it: nobody says it for another."""
    outcomes_map: ElementId | None = None
    """The map that holds it."""

    @property
    def maps(self) -> tuple[ElementId, ...]:
        """All maps that it consists of."""
        return (self.object, self.outcomes_map) if self.outcomes_map else (self.object,)

    @property
    def by(self) -> SeatId:
        """Who promises."""
        return SeatId(self.string("by"))

    @property
    def to(self) -> SeatId:
        """Whom it is promised to."""
        return SeatId(self.string("to"))

    @property
    def when(self) -> str:
        """A date as in ISO 8601, or words."""
        return self.string("when")

    @property
    def outcome(self) -> Outcome:
        """What has become of it, by the word of the one whom it was made to."""
        said = self.outcomes.get(self.to)
        return token(Outcome, said.value if said else "")


@dataclass(frozen=True, slots=True)
class Reflection(Item):
    """What somebody thought, on one day. Texts: `text`."""

    @property
    def at(self) -> int:
        """When it was begun: seconds since 1970, by that person's clock."""
        return max(0, self.number("at") or 0)


_NOTE_KINDS = frozenset(NoteKind)


@dataclass(frozen=True, slots=True)
class Note(Item):
    """A suggestion, a wondering or a dissent. Texts: `text`, `answer_text`.

    Only what its own author made of it counts, and of the answer only what the student did.
    """

    @property
    def kind(self) -> NoteKind | None:
        """What it is; None for something that this version does not know."""
        kind = self.string("kind")
        return NoteKind(kind) if kind in _NOTE_KINDS else None

    @property
    def about(self) -> str:
        """What it is about: a place as `places` writes it."""
        return self.string("about")

    @property
    def after(self) -> str:
        """Of a suggestion, the character that its words come behind; "" for the beginning."""
        return self.string("after")

    @property
    def answer(self) -> NoteAnswer:
        """What the student said to it."""
        return token(NoteAnswer, self.string("answer"))

    @property
    def became(self) -> str:
        """The words in the contract that it became, as a place; "" where it did not."""
        return self.string("became")


_Thing = TypeVar("_Thing", bound=Item)


@dataclass(frozen=True, slots=True)
class Items:
    """All things of a contract, each list in its order, with those that were taken away."""

    supports: tuple[Support, ...] = ()
    goals: tuple[Goal, ...] = ()
    promises: tuple[Promise, ...] = ()
    reflections: tuple[Reflection, ...] = ()
    notes: tuple[Note, ...] = ()
    revisit: str = ""
    """When to take the contract up again: a date as in ISO 8601, or words."""

    def __iter__(self) -> Iterator[Item]:
        """All of them, steps behind their goal."""
        yield from self.supports
        for goal in self.goals:
            yield goal
            yield from goal.steps
        yield from self.promises
        yield from self.reflections
        yield from self.notes

    def find(self, thing: ItemId) -> Item | None:
        """The thing of this name; None where there is none."""
        return next((one for one in self if one.id == thing), None)

    @property
    def texts(self) -> dict[PartId, ElementId]:
        """The Text object of each of their texts."""
        return {one.part(name): obj for one in self for name, obj in one.texts.items()}

    @property
    def owners(self) -> dict[ElementId, PartId]:
        """For each map that belongs to a thing, the text that a change of it counts as an edit of.

        Notes are no part of what is agreed on, and tell of themselves.
        """
        found: dict[ElementId, PartId] = {}
        for one in self:
            if not isinstance(one, Note):
                found |= dict.fromkeys(one.maps, main_part(one.id))
        return found


def standing(things: tuple[_Thing, ...]) -> tuple[_Thing, ...]:
    """Those that nobody took away."""
    return tuple(one for one in things if one.removal is None)
