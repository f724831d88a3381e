"""Somebody who takes part in conferences, and keeps minutes of what they do there.

Pia is a second student here: so that two who may go on press at once, which one student with two
computers does, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from contract_tui.contract.conference.insisting import Pending
from contract_tui.contract.conference.moves import read_move
from contract_tui.contract.conference.values import Conference as Meeting
from contract_tui.contract.errors import ContractError
from contract_tui.contract.membership.seats import seat_of
from contract_tui.library.keepsakes import Keepsakes
from contract_tui.library.world import World
from contract_tui.session.conference.conferring import Conferring
from contract_tui.session.presence.whispers import Whispers
from contract_tui.session.writing.agreeing import Agreeing
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.operations import ElementId, Operation, operations
from sync_server.storage.sqlite import SqliteStore
from tests.simulation.author import Author
from tests.simulation.minutes import (
    Asked,
    Begun,
    Came,
    Closed,
    Confirmed,
    Minutes,
    Note,
    Refused,
    Walked,
)
from tests.simulation.person import CONTRACT, PLACE

STUDENTS = ("Heidi", "Pia")
WRONG = {"Heidi": -240, "Tom": 180, "Pia": 60}
"""By how many seconds clocks on walls are ahead; those of guests are their host’s."""


class Press(NamedTuple):
    """What a key that somebody pressed has led to."""

    all: Sequence[Meeting]
    """Every conference as it stands now."""
    made: Sequence[Operation]
    """What the change consists of."""

    @property
    def meeting(self) -> Meeting:
        """The conference that is on, or was until the key was pressed."""
        return self.all[-1]


class Member(Author):
    """Somebody who takes part in conferences, and minutes of what they did there."""

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        self.minutes: Minutes = []
        super().__init__(name, clock)

    def start(self) -> None:
        super().start()
        self.world = World(self.wall, self._entropy, False, self._clock)
        keepsakes = Keepsakes(self.disk, SqliteStore(self.disk), CONTRACT, PLACE)
        unheard = Whispers(None, lambda _: None, lambda: None)
        own, replica = self.own, self.replica
        self.conferring = Conferring(own, replica, self.pen, unheard, keepsakes, self.world)
        self.agreeing = Agreeing(CONTRACT, own, replica, self.pen, self.world)

    @classmethod
    def role(cls, name: str) -> Role | None:
        return Role.STUDENT if name in STUDENTS else None

    def wall(self) -> float:
        """What the clock on this person's wall says: none is right."""
        return self._clock() + WRONG.get(self.name, WRONG["Tom"])

    @property
    def meeting(self) -> Meeting | None:
        return self.conferring.current

    @property
    def computer(self) -> SeatId:
        return seat_of(self.replica.contract.actor)

    def done(self, act: Callable[[], object]) -> Iterator[tuple[ChangeHash, list[Operation]]]:
        """Do something, and yield the change that it led to, if any, and what it consists of."""
        graph = self.replica.graph
        before = len(graph)
        with suppress(ContractError):  # none goes on, or it is not theirs to do
            act()
        for position in range(before, len(graph)):
            (raw,) = graph.raws([position])
            yield graph.hashes[position], operations(raw)

    def press(self, act: Callable[[], object], told: Callable[[Press], Note]) -> None:
        """Do something in a conference, and note what it was if it led to anything."""
        for change, made in self.done(act):
            meetings = self.replica.contract.conferences.all
            self.minutes.append((change, told(Press(meetings, made))))

    # What is noted of a key

    def has_come(self, press: Press) -> Note:
        made = {str(one.key): one for one in press.made}
        if "number" not in made:
            *_, noted = press.made
            (number,) = (
                one.number for one in press.all if one.inside.get("people") == noted.object
            )
            return Came(number, self.computer)
        begun = made["number"].value
        assert isinstance(begun, int)
        (path,) = (path for path, by in map(read_move, made) if by == self.computer and path)
        return Begun(begun, self.computer, int(self.wall()), path, press.made[0].id)

    def stepped(self, press: Press) -> Note:
        number, path = press.meeting.number, press.meeting.path
        return Walked(number, self.computer, int(self.wall()), path)

    def has_closed(self, press: Press) -> Note:
        return Closed(press.meeting.number, self.computer, int(self.wall()))

    def was_asked(self, letters: frozenset[ElementId], press: Press) -> Note:
        *_, noted = press.made
        return Asked(press.meeting.number, noted.id, str(noted.key), letters)

    def said(self, one: Pending) -> tuple[frozenset[ElementId], frozenset[ElementId]]:
        """What this person knows to be a student's words of what is asked about, and what not."""
        (meeting,) = (
            held for held in self.replica.contract.conferences.all if held.number == one.conference
        )
        none: frozenset[ElementId] = frozenset()
        return meeting.confirmed.get(one.key, none), meeting.not_mine.get(one.key, none)

    def has_said(
        self,
        one: Pending,
        is_mine: bool,
        before: tuple[frozenset[ElementId], frozenset[ElementId]],
        press: Press,
    ) -> Note:
        *_, noted = press.made
        about = one.conference, noted.id, one.key
        mine, others = before
        if is_mine:
            return Confirmed(*about, mine | one.elements)
        return Refused(*about, others | one.elements)
