"""People who hold conferences while they write, and what must be so of these in the end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.conference.moves import Path, is_phase, read_path, write_move, write_path
from contract_tui.contract.conference.noted import CONFERENCES, Gathered
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
from contract_tui.history.chapters import ChapterKind
from contract_tui.library.library import OwnSeat
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId
from sync_server.protocol.saved import read_saved
from tests.contract_tui.history.reading import history
from tests.simulation.author import Author, Deed
from tests.simulation.deeds import NONE, Letters, undo, write
from tests.simulation.member import Member
from tests.simulation.minutes import (
    Answered,
    Begun,
    Came,
    Closed,
    Note,
    Walked,
    check_minutes,
)
from tests.simulation.person import CONTRACT, Person, at_once
from tests.simulation.relay import Relay
from tests.simulation.sealed import SealedConference, SealedPerson
from tests.simulation.table import Table

FEW = 30
"""Steps of one person of which a conference is read in tests that flood it."""


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
        look_back(newcomer)
        check_minutes(newcomer, notes)
        for member in self.within.values():
            assert isinstance(member, Member)
            at_once(member.recovery.follow())
            contract = member.replica.contract
            assert contract.conferences.all == newcomer.conferences.all
            assert contract.conferences.agenda == newcomer.conferences.agenda
            check_minutes(contract, notes)
        for meeting in newcomer.conferences.all:
            _check(meeting, notes)
        told = history(newcomer)
        assert told.conferences == newcomer.conferences.all
        kinds = {chapter.kind for chapter in told.chapters}
        assert (ChapterKind.CONFERENCE in kinds) is bool(told.conferences)


def look_back(contract: Contract) -> None:
    """Find what is hidden in the conferences of a contract that no program keeps open."""
    found = Gathered()
    for one in read_saved(contract.save()).operations():
        found.add(one)
    contract.conferences.remember(found)


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
        member.force(lambda: contract.change(lambda one: put_anew(one, entry, "closed_heads", "")))
    return NONE


def hide(member: Author, number: int, other: int) -> Letters:
    """Write over what others noted, or take it out, as a changed program of an adult might."""
    there, contract = _member(member), member.replica.contract
    document = contract._document
    maps = [CONFERENCES, *sorted(contract.conferences.maps)]
    places = [
        (obj, key)
        for obj in maps
        for key in document.keys(obj)
        if (by := document.found(obj, key)[1]) is not None
        and seat_of(Actor(by.actor)) != there.computer
    ]
    if member.is_student or not places:
        return NONE
    obj, key = places[other % len(places)]

    def write(writer: Writer) -> None:
        writer.delete(obj, key)
        if number % 3:
            writer.put(obj, key, number if number % 3 == 1 else {})

    member.force(lambda: contract.change(write))
    return NONE


def look(member: Author, _: int, __: int) -> Letters:
    """Look for what others hid, as every program does by itself now and then."""
    at_once(member.recovery.follow())
    return NONE


def flood(member: Author, _: int, __: int) -> Letters:
    """Write more into a conference than is read of anybody in the tests that lower what is."""
    there = _member(member)
    meeting = there.meeting
    if meeting is not None and (moves := meeting.inside.get("moves")) is not None:
        crowd(there, meeting, moves, 3 * FEW)
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
    *(hurry, hurry, hurry, hide, look, look, answer),
    *(write, undo),
)


def _member(author: Author) -> Member:
    assert isinstance(author, Member)
    return author
