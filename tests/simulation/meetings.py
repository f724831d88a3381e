"""People who hold conferences while they write, and what must be so of these in the end.

Pia is a second student here: so that two who may go on press at once, which one student with two
computers does, too.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from contract_tui.contract.conference.moves import Path, is_phase, read_path, write_move, write_path
from contract_tui.contract.conference.reading import CONFERENCES
from contract_tui.contract.conference.tokens import Floor, Form
from contract_tui.contract.conference.values import Conference as Meeting
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Writer
from contract_tui.contract.errors import ContractError
from contract_tui.contract.items.writing import put_anew
from contract_tui.contract.membership.seats import seat_of
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.keepsakes import Keepsakes
from contract_tui.library.library import OwnSeat
from contract_tui.library.world import World
from contract_tui.session.conference.conferring import Conferring
from contract_tui.session.presence.whispers import Whispers
from sync_server.access.proof import Role
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.operations import ElementId
from sync_server.storage.sqlite import SqliteStore
from tests.simulation.author import Author, Deed
from tests.simulation.deeds import NONE, Letters, undo, write
from tests.simulation.person import CONTRACT, PLACE, Person
from tests.simulation.relay import Relay
from tests.simulation.sealed import SealedConference, SealedPerson
from tests.simulation.table import Table

STUDENTS = ("Heidi", "Pia")


class Member(Author):
    """Somebody who takes part in conferences, and a list of what they pressed."""

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        self.walked: dict[ChangeHash, tuple[int, Path]] = {}
        """Where each change that moved a conference brought it, by its number."""
        self.closed: dict[ChangeHash, int] = {}
        """Which conference each change closed that was to close one."""
        super().__init__(name, clock)

    def start(self) -> None:
        super().start()
        world = World(self._clock, self._entropy, False, self._clock)
        keepsakes = Keepsakes(self.disk, SqliteStore(self.disk), CONTRACT, PLACE)
        unheard = Whispers(None, lambda _: None, lambda: None)
        self.conferring = Conferring(self.own, self.replica, self.pen, unheard, keepsakes, world)

    @classmethod
    def role(cls, name: str) -> Role | None:
        return Role.STUDENT if name in STUDENTS else None

    @property
    def meeting(self) -> Meeting | None:
        return self.conferring.current

    def press(self, act: Callable[[], object]) -> None:
        """Do something in a conference, and note where it has brought it."""
        before = len(self.replica.graph)
        with suppress(ContractError):  # none goes on, or it is not theirs to do
            act()
        done, contract = self.replica.graph.hashes[before:], self.replica.contract
        for change in done if self.is_student else ():
            if (there := self.meeting) is not None:
                self.walked[change] = there.number, there.path
            elif contract.conferences.all:
                self.closed[change] = contract.conferences.all[-1].number


class MeetingTable(Table):
    """Three who hold conferences."""

    def __init__(
        self,
        power_safe: bool = True,
        relay: type[Relay] = Relay,
        person: type[Person] = Member,
    ) -> None:
        super().__init__(power_safe, relay, person)

    def check_peace(self) -> None:
        super().check_peace()
        kept = self.disk.hashes(CONTRACT)
        raws = self.disk.raws(CONTRACT, 0, len(kept) - 1)
        newcomer = Contract.open(raws, Actor(bytes(16)), CONTRACT)
        for contract in self._contracts():
            assert contract.conferences.all == newcomer.conferences.all
            assert contract.conferences.agenda == newcomer.conferences.agenda
        for meeting in newcomer.conferences.all:
            self._check(meeting, kept)

    def _check(self, meeting: Meeting, kept: set[ChangeHash]) -> None:
        """No step that nobody took, each once, no phase lost, and the end is the end."""
        members = [one for one in self.people.values() if isinstance(one, Member)]
        walked = {
            path
            for one in members
            for change, (number, path) in one.walked.items()
            if number == meeting.number and change in kept
        }
        closed = {
            change
            for one in members
            for change, number in one.closed.items()
            if number == meeting.number and change in kept
        }
        assert meeting.goes_on or closed
        assert not (closed and meeting.goes_on)
        reached = max((phases(path) for path in walked), default=1)
        assert phases(meeting.path) >= reached
        stepped = {path[:end] for path in walked for end in range(1, len(path) + 1)}
        for end in range(2, len(meeting.path) + 1):
            path = meeting.path[:end]
            back = path[-1] == path[-3] if len(path) > 2 and path[-2] == "~" else False
            assert not is_phase(path[-1]) or back or path in stepped


class SealedMember(SealedPerson, Member):
    """Somebody with a seat at a closed relay, who takes part in conferences."""

    def sits(self) -> OwnSeat:
        return self.own


class SealedMeetingTable(SealedConference, MeetingTable):
    """The same at a relay that believes nobody."""


def phases(path: Path) -> int:
    return len({move for move in path if is_phase(move)})


# What they do


def begin(member: Author, number: int, _: int) -> Letters:
    there = _member(member)
    there.press(lambda: there.conferring.begin(anew=number % 9 == 0))
    return NONE


def go_on(member: Author, number: int, _: int) -> Letters:
    there = _member(member)
    there.press(there.conferring.go_on if number % 4 else there.conferring.go_back)
    return NONE


def rest(member: Author, number: int, other: int) -> Letters:
    conferring = _member(member).conferring
    acts = (conferring.pause, conferring.resume, lambda: conferring.add_minutes(1 + other % 3))
    _member(member).press(acts[number % 3])
    return NONE


def end(member: Author, number: int, _: int) -> Letters:
    if number % 3 == 0:
        _member(member).press(_member(member).conferring.end)
    return NONE


def come(member: Author, _: int, __: int) -> Letters:
    _member(member).press(_member(member).conferring.take_part)
    return NONE


def arrange(member: Author, number: int, other: int) -> Letters:
    """Arrange the agenda, or try to."""
    agendas = _member(member).conferring.agendas
    with suppress(ContractError):
        phase = agendas.agenda.phases[number % len(agendas.agenda.phases)].id
        match other % 6:
            case 0:
                agendas.choose(list(Form)[number % 3])
            case 1:
                agendas.move(phase, None)
            case 2:
                agendas.take_out(phase)
            case 3:
                agendas.set_minutes(phase, 1 + number % 9)
            case 4:
                agendas.set_floor(phase, list(Floor)[number % 4])
            case _:
                agendas.add(f"Talk {number}", before=phase)
    return NONE


def insist(member: Author, number: int, other: int) -> Letters:
    """Write what one was asked to, or say as the student whether these are their words."""
    insisting = _member(member).conferring.insisting
    if member.is_student:
        for one in insisting.pending[: 1 + number % 2]:
            say = insisting.refuse if other % 3 == 0 else insisting.confirm
            say(one)
        return NONE
    insisting.insist(INTERESTS)
    length = len(member.replica.contract.text(INTERESTS).text)
    at = other % (length + 1)
    member.pen.edit(INTERESTS, Splice(at, at, "asked"))
    for _ in range(2):
        insisting.look()
    return NONE


def hurry(member: Author, number: int, _: int) -> Letters:
    """Move a conference as a changed program of an adult might."""
    meeting = _member(member).meeting
    if meeting is None or member.is_student:
        return NONE
    moves, ahead = meeting.inside.get("moves"), (*meeting.path, ("goal", "close")[number % 2])
    name = write_move(ahead, seat_of(member.replica.contract.actor))
    if moves is None or read_path(write_path(ahead)) is None:
        return NONE
    contract, place = member.replica.contract, moves
    if number % 5 == 0:
        member.force(lambda: contract.change(lambda one: crowd(one, meeting.number, place)))
    elif number % 3:
        member.force(lambda: contract.change(lambda one: put_anew(one, place, name, "1 0")))
    else:
        entry: ElementId = meeting.object
        member.force(lambda: contract.change(lambda one: put_anew(one, entry, "ended_at", 5)))
    return NONE


def crowd(writer: Writer, number: int, moves: ElementId) -> None:
    """Fill the places in which others note what they do, before they come to note it."""
    for one in range(20):
        writer.put(CONFERENCES, f"!{one}", {"number": number})
        writer.put(moves, f"!{one}", "1 0")


MEETING: tuple[Deed, ...] = (
    *(begin, go_on, go_on, go_on, rest, rest, end, come, arrange, insist, insist),
    *(hurry, hurry, hurry),
    *(write, undo),
)


def _member(author: Author) -> Member:
    assert isinstance(author, Member)
    return author
