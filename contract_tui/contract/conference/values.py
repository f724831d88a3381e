"""What one conference is, as it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

from contract_tui.contract.conference.moves import (
    Path,
    Place,
    is_phase,
    place,
    visits,
    write_path,
)
from contract_tui.contract.values import Heads
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId

LONGEST_STAY = 12 * 60 * 60
"""Seconds that one stay in a phase can have lasted; a clock that says more is wrong."""


@dataclass(frozen=True, slots=True)
class Step:
    """When somebody made a move, and how long the conference had been where it was."""

    at: int
    """Seconds since 1970, by the clock of whoever made it."""
    spent: int
    """Seconds in the phase that was left, or in the break."""
    writer: SeatId
    """The computer that it was made on."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some characters of one text, and who says something of them."""

    text: ElementId
    elements: frozenset[ElementId]
    by: SeatId


@dataclass(frozen=True, slots=True)
class Conference:
    """One conference as it stands."""

    number: int
    """1 for the first conference of the contract."""
    key: str
    """Under which its first entry stands."""
    object: ElementId = field(compare=False)
    """The entry in which more is noted: that one, unless something else stands in its place."""
    inside: Mapping[str, ElementId] = field(compare=False)
    """The maps in it, by key."""
    path: Path
    """How it has gone until now."""
    steps: Mapping[Path, Step]
    started_at: int
    """Seconds since 1970, by the clock of whoever began it."""
    started_by: SeatId
    ended_at: int | None
    """None while it goes on. What has ended stays so."""
    opened_heads: Heads
    """The version that it began with; empty where that is not said."""
    closed_heads: Heads
    """The version that it ended with."""
    people: frozenset[SeatId]
    """Who was there."""
    insisted: Mapping[str, Passage]
    """What adults wrote because they were asked to, by key."""
    confirmed: Mapping[str, frozenset[ElementId]]
    """Which characters of that the student confirmed, by the same key."""
    not_mine: Mapping[str, frozenset[ElementId]] = field(default_factory=dict)
    """Which characters of that are not theirs, as the student says, by the same key."""
    standby: Mapping[str, str] = field(default_factory=dict)
    """Certificates of guests for others' computers, by key; unchecked (`standby`)."""
    entries: tuple[ElementId, ...] = ()
    """All entries of it, the first one first: of everybody who began it at once."""
    closed_by: ElementId | None = None
    """The operation that noted its end; None while it goes on."""

    @property
    def place(self) -> Place:
        """Where it is."""
        return place(self.path)

    @property
    def visit(self) -> str:
        """What the stay where it is is called among programs: the same on every computer."""
        return f"{self.number}:{sha256(write_path(self.place.visit).encode()).hexdigest()[:12]}"

    @property
    def goes_on(self) -> bool:
        """Whether nobody has closed it, be it that everybody has left."""
        return self.ended_at is None

    @property
    def step(self) -> Step:
        """The move by which it came where it is."""
        return self.steps.get(self.place.visit, Step(self.started_at, 0, self.started_by))

    def spent(self, phase: str) -> int:
        """Seconds that a phase lasted before it was left for now: a break stops its time."""
        return sum(
            after.spent
            for visit, following in _stays(self.path)
            if place(visit).phase == phase and is_phase(visit[-1])
            for after in (self.steps.get(following),)
            if after is not None
        )


def _stays(path: Path) -> Iterator[tuple[Path, Path]]:
    """Every stay that is over, and the path by which it was left."""
    all_ = list(visits(path))
    return pairwise(all_)
