"""People who hold conferences while they write, and what must be so of these in the end.

Pia is a second student here: so that two who may go on press at once, which one student with two
computers does, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.conference.insisting import Pending
from contract_tui.contract.conference.moves import Path, is_phase, read_path, write_move, write_path
from contract_tui.contract.conference.noted import CONFERENCES
from contract_tui.contract.conference.tokens import Floor, Form
from contract_tui.contract.conference.values import Conference as Meeting
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Writer
from contract_tui.contract.errors import ContractError
from contract_tui.contract.items.writing import put_anew
from contract_tui.contract.membership.seats import seat_of
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item
from contract_tui.library.keepsakes import Keepsakes
from contract_tui.library.library import OwnSeat
from contract_tui.library.world import World
from contract_tui.session.conference.conferring import Conferring
from contract_tui.session.presence.whispers import Whispers
from contract_tui.session.writing.agreeing import Agreeing
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.operations import ElementId, Operation, operations
from sync_server.storage.sqlite import SqliteStore
from tests.simulation.author import Author, Deed
from tests.simulation.deeds import NONE, Letters, undo, write
from tests.simulation.minutes import (
    Answered,
    Asked,
    Begun,
    Came,
    Closed,
    Confirmed,
    Minutes,
    Note,
    Refused,
    Walked,
    check_minutes,
)
from tests.simulation.person import CONTRACT, PLACE, Person
from tests.simulation.relay import Relay
from tests.simulation.sealed import SealedConference, SealedPerson
from tests.simulation.table import Table

STUDENTS = ("Heidi", "Pia")
WRONG = {"Heidi": -240, "Tom": 180, "Pia": 60}
"""By how many seconds clocks on walls are ahead; those of guests are their host’s."""


class Press(NamedTuple):
    """What a key that somebody pressed has led to."""

    meeting: Meeting
    """The conference that it was about, as it stands now."""
    is_new: bool
    """Whether that has begun with it."""
    made: Sequence[Operation]


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
        assert len(graph) <= before + 1, "a key makes one change"
        for position in range(before, len(graph)):
            (raw,) = graph.raws([position])
            yield graph.hashes[position], operations(raw)

    def press(self, act: Callable[[], object], told: Callable[[Press], Note]) -> None:
        """Do something in a conference, and note what it was if it led to anything."""
        many = len(self.replica.contract.conferences.all)
        for change, made in self.done(act):
            meetings = self.replica.contract.conferences.all
            self.minutes.append((change, told(Press(meetings[-1], len(meetings) > many, made))))

    # What is noted of a key

    def has_come(self, press: Press) -> Note:
        number, path = press.meeting.number, press.meeting.path
        if not press.is_new:
            return Came(number, self.computer)
        (entry,) = (one.id for one in press.made if one.object == CONFERENCES)
        return Begun(number, self.computer, int(self.wall()), path, entry)

    def stepped(self, press: Press) -> Note:
        number, path = press.meeting.number, press.meeting.path
        return Walked(number, self.computer, int(self.wall()), path)

    def has_closed(self, press: Press) -> Note:
        return Closed(press.meeting.number, int(self.wall()))

    def was_asked(self, letters: frozenset[ElementId], press: Press) -> Note:
        *_, noted = press.made
        return Asked(press.meeting.number, noted.id, str(noted.key), letters)

    def said(self, one: Pending) -> tuple[frozenset[ElementId], frozenset[ElementId]]:
        """What this person knows to be a student's words of what is asked about, and what not."""
        meeting = self.replica.contract.conferences.all[one.conference - 1]
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


class MeetingTable(Table):
    """Three who hold conferences."""

    def __init__(
        self,
        power_safe: bool = True,
        relay: type[Relay] = Relay,
        person: type[Person] = Member,
    ) -> None:
        super().__init__(power_safe, relay, person)

    def _check_what_is_shown(self, newcomer: Contract) -> None:
        """Everybody reads of the conferences what was done in them, also who opens it again."""
        super()._check_what_is_shown(newcomer)
        kept = self.disk.hashes(CONTRACT)
        members = [one for one in self.people.values() if isinstance(one, Member)]
        notes = [note for one in members for change, note in one.minutes if change in kept]
        check_minutes(newcomer, notes)
        for contract in self._contracts():
            assert contract.conferences.all == newcomer.conferences.all
            assert contract.conferences.agenda == newcomer.conferences.agenda
            check_minutes(contract, notes)
        for meeting in newcomer.conferences.all:
            _check(meeting, notes)


def _check(meeting: Meeting, notes: Sequence[Note]) -> None:
    """Everybody is where most phases were gone through, and the end is the end."""
    walked = [one for one in notes if isinstance(one, Begun | Walked)]
    paths = [one.path for one in walked if one.number == meeting.number]
    assert meeting.path in paths
    assert phases(meeting.path) == max(map(phases, paths))
    closed = [one for one in notes if isinstance(one, Closed) and one.number == meeting.number]
    assert meeting.goes_on is not bool(closed)


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
    there.press(lambda: there.conferring.begin(anew=number % 9 == 0), there.has_come)
    return NONE


def go_on(member: Author, number: int, _: int) -> Letters:
    there = _member(member)
    there.press(there.conferring.go_on if number % 4 else there.conferring.go_back, there.stepped)
    return NONE


def rest(member: Author, number: int, other: int) -> Letters:
    there = _member(member)
    conferring = there.conferring
    acts = (conferring.pause, conferring.resume, lambda: conferring.add_minutes(1 + other % 3))
    there.press(acts[number % 3], there.stepped)
    return NONE


def end(member: Author, number: int, _: int) -> Letters:
    there = _member(member)
    if number % 3 == 0:
        there.press(there.conferring.end, there.has_closed)
    return NONE


def come(member: Author, _: int, __: int) -> Letters:
    there = _member(member)
    there.press(there.conferring.take_part, there.has_come)
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
    """Write what one was asked to, or say as a student whether these are their words."""
    there = _member(member)
    insisting = there.conferring.insisting
    if member.is_student:
        for one in insisting.pending[: 1 + number % 2]:
            is_mine = other % 3 > 0
            say = insisting.confirm if is_mine else insisting.refuse
            there.press(partial(say, one), partial(there.has_said, one, is_mine, there.said(one)))
        return NONE
    insisting.insist(INTERESTS)
    is_asked = insisting.is_on(INTERESTS)
    typed: set[ElementId] = set()
    for turn in range(1 + number % 2):
        length = len(member.replica.contract.text(INTERESTS).text)
        at = (other + turn) % (length + 1)
        before = len(member.replica.graph)
        member.pen.edit(INTERESTS, Splice(at, at, "asked"))
        for change in member.replica.graph.hashes[before:]:
            typed |= member.ledger.typed[change]
        insisting.look()
        there.press(insisting.look, partial(there.was_asked, frozenset(typed)))
    assert is_asked is insisting.is_on(INTERESTS)
    insisting.stop()
    return NONE


def answer(member: Author, _: int, other: int) -> Letters:
    """Agree, with or without a note, or not yet."""
    there, kind = _member(member), list(Answer)[other % len(Answer)]
    note = "but" if kind is Answer.NOTE else ""
    for change, _made in there.done(lambda: there.agreeing.answer(kind, note)):
        answered = Answered(there.computer, kind, int(there.wall()), there.own.host)
        there.minutes.append((change, answered))
    return NONE


def hurry(member: Author, number: int, _: int) -> Letters:
    """Move a conference as a changed program of an adult might."""
    there = _member(member)
    meeting = there.meeting
    if meeting is None or member.is_student:
        return NONE
    moves, ahead = meeting.inside.get("moves"), (*meeting.path, ("goal", "close")[number % 2])
    if moves is None or read_path(write_path(ahead)) is None or meeting.place.on_break:
        return NONE  # to come back from a break is anybody’s
    contract, name = member.replica.contract, write_move(ahead, there.computer)
    if number % 5 == 0:
        crowd(there, meeting, moves, 20)
    elif number % 3:
        member.force(lambda: contract.change(lambda one: put_anew(one, moves, name, "1 0")))
    else:
        entry: ElementId = meeting.object
        member.force(lambda: contract.change(lambda one: put_anew(one, entry, "ended_at", 5)))
    return NONE


def crowd(there: Member, meeting: Meeting, moves: ElementId, many: int) -> None:
    """Fill the places in which others note what they do, in one's own name and in others'."""
    contract = there.replica.contract
    names = [there.computer, *sorted(contract.roster.proofs)]

    def write(writer: Writer) -> None:
        for one in range(many):
            name, path = names[one % len(names)], write_path((*meeting.path, f"x{one}"))
            forged = {"open@" + name: "1 0"} if name != there.computer else {}
            people: Item = {str(name): 1 for name in names[1:]}
            entry: Item = {"number": meeting.number, "moves": forged, "people": people}
            writer.put(CONFERENCES, f"!{one}", entry)
            writer.put(moves, f"{path}@{name}", "1 0")

    there.press(
        lambda: there.force(lambda: contract.change(write)),
        lambda press: Came(press.meeting.number, there.computer),
    )


MEETING: tuple[Deed, ...] = (
    *(begin, go_on, go_on, go_on, rest, rest, end, come, arrange, insist, insist),
    *(hurry, hurry, hurry, answer),
    *(write, undo),
)


def _member(author: Author) -> Member:
    assert isinstance(author, Member)
    return author
