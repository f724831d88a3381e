"""What was done in conferences, noted beside the program as it was done: minutes, kept naively.

Each note stands beside the change that did it, so that in the end those count whose changes are
kept. What is read of the conferences in the document is compared with that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from contract_tui.contract.agreement.words import Fault
from contract_tui.contract.conference.moves import Path
from contract_tui.contract.conference.values import Conference as Meeting
from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.hosts import host_of
from contract_tui.contract.membership.seats import Roster
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.operations import ElementId


class Came(NamedTuple):
    """Somebody said that they are there."""

    number: int
    computer: SeatId


class Begun(NamedTuple):
    """Somebody began a conference, at a second by their own clock."""

    number: int
    computer: SeatId
    at: int
    path: Path
    entry: ElementId


class Walked(NamedTuple):
    """Somebody made a step."""

    number: int
    computer: SeatId
    at: int
    path: Path


class Closed(NamedTuple):
    """A student closed a conference."""

    number: int
    computer: SeatId
    at: int


class Asked(NamedTuple):
    """Somebody was asked to write some letters; so it stands under a key since an operation."""

    number: int
    operation: ElementId
    key: str
    letters: frozenset[ElementId]


class Confirmed(NamedTuple):
    """A student said of some of these that they are theirs."""

    number: int
    operation: ElementId
    key: str
    letters: frozenset[ElementId]


class Refused(NamedTuple):
    """A student said of some of these that they are not theirs."""

    number: int
    operation: ElementId
    key: str
    letters: frozenset[ElementId]


class Answered(NamedTuple):
    """Somebody answered the contract, on a computer: their own, or a host's."""

    computer: SeatId
    answer: str
    at: int
    host: str


Note = Came | Begun | Walked | Closed | Asked | Confirmed | Refused | Answered
Minutes = list[tuple[ChangeHash, Note]]
"""What one person did, and by which change."""


def check_minutes(contract: Contract, notes: Sequence[Note]) -> None:
    """What is read of the conferences is what was done in them, no more and no less."""
    meetings = contract.conferences.all
    assert {one.number for one in meetings} == {
        one.number for one in notes if isinstance(one, Begun)
    }
    for meeting in meetings:
        here = [one for one in notes if not isinstance(one, Answered)]
        here = [one for one in here if one.number == meeting.number]
        _check_times(meeting, here)
        _check_people(meeting, here, contract.roster)
        _check_steps(meeting, here, contract.roster)
        _check_words(meeting, here)
    _check_answers(contract, notes)


def _check_times(meeting: Meeting, notes: Sequence[Note]) -> None:
    """It began when the first of those began it who did, and ended when somebody closed it."""
    first = min((one for one in notes if isinstance(one, Begun)), key=lambda one: one.entry)
    assert meeting.started_at == first.at
    closed = (one.at for one in notes if isinstance(one, Closed))
    assert meeting.ended_at == min(closed, default=None)


def _check_people(meeting: Meeting, notes: Iterable[Note], roster: Roster) -> None:
    """Those were there who said so, or began it, made a step or closed it."""
    computers = {one.computer for one in notes if isinstance(one, Came | Begun | Walked | Closed)}
    assert meeting.people == {roster.person(one).id for one in computers}


def _check_steps(meeting: Meeting, notes: Iterable[Note], roster: Roster) -> None:
    """No step is lost and none made up; of several that are one the student's, the first."""
    made: dict[Path, list[Begun | Walked]] = defaultdict(list)
    for one in notes:
        if isinstance(one, Begun | Walked):
            made[one.path].append(one)
    assert meeting.steps.keys() == made.keys()
    for path, step in meeting.steps.items():
        students = [one for one in made[path] if roster.person(one.computer).role is Role.STUDENT]
        first = min(students or made[path], key=lambda one: (one.at, one.computer))
        assert (step.at, step.writer) == (first.at, first.computer)


def _check_words(meeting: Meeting, notes: Sequence[Note]) -> None:
    """Who was asked to write which letters, and what a student said of them last."""
    asked = _last(one for one in notes if isinstance(one, Asked))
    assert {key: one.elements for key, one in meeting.insisted.items()} == asked
    assert meeting.confirmed == _last(one for one in notes if isinstance(one, Confirmed))
    assert meeting.not_mine == _last(one for one in notes if isinstance(one, Refused))


def _last(notes: Iterable[Asked | Confirmed | Refused]) -> dict[str, frozenset[ElementId]]:
    return {one.key: one.letters for one in sorted(notes, key=lambda one: one.operation)}


def _check_answers(contract: Contract, notes: Iterable[Note]) -> None:
    """Every answer was given on the computer on which it was, and counts."""
    answers = contract.answers.checked()
    found = {
        Answered(
            one.device,
            one.said.answer,
            one.said.at,
            host_of(contract.roster, one.device) or one.said.on,
        )
        for one in answers
        if one.said is not None and one.fault in (None, Fault.TAKEN_OUT)
    }
    assert found == {one for one in notes if isinstance(one, Answered)}
