"""All that is different between two versions of a contract, with names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item, Note
from contract_tui.contract.membership.authorship import NOBODY, Doubted, in_name_of
from contract_tui.contract.membership.seats import SeatEntry, unknown
from contract_tui.contract.reading import Reading
from contract_tui.contract.schema import TITLE, PartId, StructureChoice
from contract_tui.contract.values import Heads
from contract_tui.history.comparison import Run, changed, compare
from contract_tui.history.history import History
from contract_tui.history.moment import Moment
from contract_tui.history.sayings import Change, changes
from contract_tui.language import _
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor


@dataclass(frozen=True, slots=True)
class PartDifference:
    """One part of which the words changed: all of them, what was removed among them."""

    part: PartId
    heading: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different between two versions."""

    before: Heads
    after: Heads
    parts: tuple[PartDifference, ...]
    """In the order of the later version."""
    choice: tuple[StructureChoice, StructureChoice] | None
    """From which choice of structure to which; None where it stayed."""
    people: Mapping[Actor, str]
    """The names of everybody who wrote or took out something of it."""
    said: tuple[Change, ...] = ()
    """What else is said of goals, supports and promises, or that they came or went."""
    things: Mapping[ItemId, str] = field(default_factory=dict)
    """What each of these is called."""
    person: Callable[[SeatId], SeatEntry] = unknown
    """Who somebody is that is named there."""

    def name(self, actor: Actor) -> str:
        """Who did something, for people: whoever is in doubt is not named as the one who did."""
        name = self.people[actor]
        return in_name_of(name) if isinstance(actor, Doubted) else name

    @property
    def is_none(self) -> bool:
        """Whether nothing is different."""
        return not self.parts and not self.said and self.choice is None


def difference(
    history: History,
    before: tuple[Moment, Reading],
    after: tuple[Moment, Reading],
    doubtful: Mapping[Actor, int] = NOBODY,
) -> Difference:
    """Compare two versions, each given with the contract as it reads there.

    `doubtful` says from which operation of an actor on nothing shows that it is theirs.
    """
    (then, earlier), (now, later) = before, after
    past = history.past
    differing = set(changed(past, then, now))
    parts = tuple(
        PartDifference(part, heading, tuple(compare(past, part, then, now, doubtful)))
        for part, heading in _headings(history, earlier, later)
        if part in differing
    )
    said = tuple(changes(past, (one for one in history.items if _is_told(one)), then, now))
    choice = earlier.structure_choice, later.structure_choice
    actors = {
        actor for one in parts for run in one.runs for actor in (run.author, run.taker) if actor
    }
    return Difference(
        earlier.heads,
        later.heads,
        parts,
        choice if choice[0] is not choice[1] else None,
        {actor: history.author(actor).name for actor in actors},
        said,
        {one.thing.id: history.called(one.thing) for one in said},
        history.person,
    )


def _is_told(thing: Item) -> bool:
    """Whether it is part of the contract, rather than a note beside it."""
    return not isinstance(thing, Note)


def _headings(history: History, earlier: Reading, later: Reading) -> Iterator[tuple[PartId, str]]:
    """Every part: those of the later version first, by their names then."""
    headings = {section.part: section.heading for section in earlier.sections}
    yield TITLE, _("Title")
    for section in later.sections:
        headings.pop(section.part, None)
        yield section.part, section.heading
    yield from headings.items()
    known = {TITLE, *headings, *(section.part for section in later.sections)}
    yield from ((part, name) for part, name in history.headings.items() if part not in known)
