"""The whole past of a contract, read from its saved document."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Self

from contract_tui.contract.conference.noted import Gathered
from contract_tui.contract.past.milestones import Milestones
from contract_tui.contract.schema import (
    GENESIS_ACTOR,
    TURNS_LIST,
    PartId,
    StructureChoice,
)
from contract_tui.history.chronicle import Chronicle
from contract_tui.history.moment import Moment, reached, until
from contract_tui.history.order import Order
from contract_tui.history.register import Said
from contract_tui.history.slices import in_slices
from contract_tui.history.things import CHOICE_KEY, Things
from sync_server.protocol.operations import ElementId, Operation
from sync_server.protocol.saved import Saved

_CHOICES = frozenset(StructureChoice)
Covered = Mapping[PartId, Collection[ElementId]]
"""The characters of each part that nothing shows."""
UNCOVERED: Covered = MappingProxyType({})
Owners = Mapping[ElementId, PartId]
"""The maps of sections and things, each with the part that a change of it belongs to."""
NOTHING: Owners = MappingProxyType({})


class Past:
    """All changes of a contract in one order, and what each did to its words."""

    def __init__(self, texts: Mapping[PartId, ElementId], owners: Owners = NOTHING) -> None:
        """`texts` are the objects that hold the words of each part."""
        self.order = Order()
        self.turns_at: dict[int, int] = {}
        """The times, in seconds since 1970, at positions of which the author began a turn there."""
        self.milestones = Milestones()
        """The agreements that were noted."""
        self.conferences = Gathered()
        """All that was noted of conferences."""
        known = {obj: part for obj, part in owners.items() if part in texts}
        self.things = Things(self.order, known)
        """What was said beside the words."""
        self.chronicles = {part: Chronicle((), self.order) for part in texts}
        """The past of the words of each part."""
        self.touched: list[tuple[PartId, ...]] = []
        """The parts that each change wrote in, or said something of."""
        self._parts = {text: part for part, text in texts.items()}

    @classmethod
    def read(
        cls,
        saved: Saved,
        texts: Mapping[PartId, ElementId],
        covered: Covered = UNCOVERED,
        owners: Owners = NOTHING,
    ) -> Self:
        """Read the past from a saved document at once."""
        past = cls(texts, owners)
        deque(past.fill(saved, covered), maxlen=0)
        return past

    def fill(self, saved: Saved, covered: Covered = UNCOVERED) -> Iterator[int]:
        """Read the past from a saved document.

        Yields often, and how many rows have been read since: two for each change, and one for each
        operation. Before the end nothing here may be asked for.
        """
        yield from self.order.fill(saved.changes())
        self.touched = [()] * len(self)
        yield from in_slices(saved.operations(), self._take_all)
        for position in self.order.made_by(GENESIS_ACTOR):
            self.touched[position] = ()
        self.cover(covered)

    def cover(self, covered: Covered) -> None:
        """Show no character of these from now on."""
        for part, chronicle in self.chronicles.items():
            chronicle.cover(covered.get(part, ()))

    def __len__(self) -> int:
        """How many changes there are."""
        return len(self.order)

    def until(self, end: int) -> Moment:
        """The version at which all changes before a position are made, and no others."""
        return until(self.order, end)

    def reached(self, changes: Iterable[int]) -> Moment:
        """The version whose newest changes stand at some positions."""
        return reached(self.order, changes)

    def choice(self, moment: Moment) -> StructureChoice:
        """How much structure was wanted at a version."""
        said = self.said(None, CHOICE_KEY, moment)
        if isinstance(said, str) and said in _CHOICES:
            return StructureChoice(said)
        return StructureChoice.NOT_CHOSEN

    def said(self, obj: ElementId | None, key: str, moment: Moment) -> Said:
        """What was said under a key of a map at a version; None where nothing was."""
        register = self.things.registers.get((obj, key))
        return register.at(moment) if register else None

    def part_of(self, obj: ElementId | None) -> PartId | None:
        """The part whose words an object holds."""
        return self._parts.get(obj) if obj else None

    def touch(self, position: int, part: PartId) -> None:
        """Note that a change wrote in a part."""
        touched = self.touched[position]
        if not touched:
            self.touched[position] = _ONE[part]
        elif part not in touched:
            self.touched[position] = tuple(sorted((*touched, part)))

    def note(self, one: Operation) -> None:
        """Note what an operation says that has to do neither with words nor with things."""
        self.milestones.add(one)
        self.conferences.add(one)

    def _take_all(self, operations: Iterable[Operation]) -> None:
        for obj, some in groupby(operations, key=attrgetter("object")):
            part = self.part_of(obj)
            if part is not None:
                self._write(self.chronicles[part], part, list(some))
            else:
                deque(map(self._take, some), maxlen=0)

    def _take(self, one: Operation) -> None:
        order = self.order
        if one.object == TURNS_LIST:
            if type(one.value) is int:
                self.turns_at[order.of(one.id)] = one.value
        elif (owner := self.things.part(one)) is not None:
            for position in self.things.add(one, owner):
                self.touch(position, owner)
        elif (wording := self.things.wording(one.object)) is not None:
            self._write(wording[1], wording[0], [one])
        else:
            self.note(one)

    def _write(self, chronicle: Chronicle, part: PartId, some: Sequence[Operation]) -> None:
        touched, only = self.touched, _ONE[part]
        for position in chronicle.extend(some):
            if not touched[position]:  # as nearly always
                touched[position] = only
            else:
                self.touch(position, part)


class _Singles(dict[PartId, tuple[PartId]]):
    """One tuple for all changes that wrote in this part alone."""

    def __missing__(self, part: PartId) -> tuple[PartId]:
        self[part] = (part,)
        return self[part]


_ONE = _Singles()
