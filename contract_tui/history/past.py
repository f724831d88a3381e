"""The whole past of a contract, read from its saved document."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from contract_tui.contract.milestones import Milestones
from contract_tui.contract.schema import (
    GENESIS_ACTOR,
    STRUCTURE,
    TURNS_LIST,
    PartId,
    StructureChoice,
)
from contract_tui.history.chronicle import Chronicle
from contract_tui.history.moment import Moment, reached, until
from contract_tui.history.order import Order
from sync_server.protocol.operations import ElementId, Operation
from sync_server.protocol.saved import Saved

CHOICE_KEY = "structure_choice"


class Past:
    """All changes of a contract in one order, and what each did to its words."""

    def __init__(
        self,
        saved: Saved,
        texts: Mapping[PartId, ElementId],
        covered: Mapping[PartId, Collection[ElementId]] = MappingProxyType({}),
    ) -> None:
        """`texts` are the objects that hold the words of each part, `covered` what none shows."""
        parts = {text: part for part, text in texts.items()}
        found: dict[PartId, list[Operation]] = {part: [] for part in texts}
        self.order = order = Order(saved.changes)
        chosen: set[int] = set()
        self._choices: list[Operation] = []
        self.turns_at: dict[int, int] = {}
        """The times, in seconds since 1970, at positions of which the author began a turn there."""
        self.milestones = Milestones()
        """The conferences and agreements that were noted."""
        for one in saved.operations:
            part = parts.get(one.object) if one.object else None
            if part is not None:
                found[part].append(one)
            elif one.object is None and one.key == CHOICE_KEY:
                chosen.update(map(order.of, (one.id, *one.predecessors)))
                self._choices.append(one)
            elif one.object == TURNS_LIST and type(one.value) is int:
                self.turns_at[order.of(one.id)] = one.value
            else:
                self.milestones.add(one)
        self.chronicles = {
            part: Chronicle(some, order, covered.get(part, ())) for part, some in found.items()
        }
        """The past of the words of each part."""
        self.touched = self._touched(chosen)
        """The parts that each change wrote in; the structure section for the choice, too."""

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
        """How much structure was wanted at a version; of several choices the greatest id wins."""
        of = self.order.of
        standing = [
            one
            for one in self._choices
            if moment[of(one.id)] and not any(moment[of(later)] for later in one.predecessors)
        ]
        chosen = max(standing, key=lambda one: one.id).value if standing else ""
        if not isinstance(chosen, str) or chosen not in list(StructureChoice):
            return StructureChoice.NOT_CHOSEN
        return StructureChoice(chosen)

    def _touched(self, chosen: Iterable[int]) -> list[tuple[PartId, ...]]:
        touched: dict[int, dict[PartId, None]] = defaultdict(dict)
        for part, chronicle in self.chronicles.items():
            for letter in chronicle.letters:
                for at in (letter.born, *letter.gone):
                    touched[at][part] = None
        for at in chosen:
            touched[at][STRUCTURE] = None
        order = self.order
        return [
            () if order.actor(at) == GENESIS_ACTOR else tuple(touched.get(at, ()))
            for at in range(len(order))
        ]
