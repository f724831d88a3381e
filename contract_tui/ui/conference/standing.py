"""Where a conference is, as one screen shows it: worked out anew at every look, and compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from contract_tui.contract.conference.agenda import Agenda, Phase
from contract_tui.contract.conference.values import Conference
from contract_tui.contract.schema import PartId
from contract_tui.session.conference.conferring import Face
from contract_tui.session.session import Session
from contract_tui.ui.cells import painted
from contract_tui.ui.conference import words
from contract_tui.ui.conference.asked import asked_of
from contract_tui.ui.names import name_of, student_of, together
from sync_server.access.proof import Role, SeatId

ALOUD = PartId("page/aloud")
"""Where somebody is who reads the contract aloud; it is no page of the workshop."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the band says."""

    place: str
    """Which phase, and where on the way."""
    floor: str = ""
    floor_in_short: str = ""
    asks: str = ""
    """What this person is asked now."""
    time: str = ""
    time_in_short: str = ""
    minutes: str = ""
    """The minutes that are left, for large digits; "" where the clock shows none."""
    note: str = ""
    """What wants to be known just now."""


def takes_part(session: Session) -> bool:
    """Whether this person has said that they are in the conference that goes on."""
    current, me = session.conferring.current, session.me
    if current is None or me is None:
        return False
    return session.contract.roster.person(me.id).id in current.people


def asks_instead(session: Session, part: PartId) -> bool:
    """Whether what this person types in a part becomes a question beside it, for now."""
    conferring = session.conferring
    if conferring.current is None or conferring.may_write_directly(part):
        return False
    return session.pen.may_write(part) and not conferring.rests


def stand(session: Session, note: str, leader: str = "", *, hides_clock: bool) -> Standing | None:
    """Return what the band says now; None where no conference goes on.

    `leader` says in a few words who leads through the contract, if anybody does.
    """
    conferring = session.conferring
    current, face = conferring.current, conferring.face()
    if current is None or face is None:
        return None
    if conferring.rests:
        return Standing(words.RESTS, note=words.TAKE_UP_KEY if session.can_write else "")
    place = place_on(conferring.agendas.agenda, face.phase)
    if not takes_part(session) and session.can_write:
        return Standing(words.GOES_ON_WITHOUT_YOU, place, place, note=_invited(session, current))
    role = session.me.role if session.me else None
    times = ("", "", "") if hides_clock else _times(face)
    floors = [_led(floor, leader) for floor in _floors(session, face)]
    return Standing(place, floors[0], floors[1], asked_of(face.phase, role), *times, note)


def place_on(agenda: Agenda, phase: Phase | None) -> str:
    """Return the name of a phase, and where it is on the way."""
    called = name_of_phase(phase)
    ids = [one.id for one in agenda.phases]
    if phase is None or phase.id not in ids:
        return called
    return words.PLACE.format(number=ids.index(phase.id) + 1, all=len(ids), phase=called)


def name_of_phase(phase: Phase | None) -> str:
    """Return what a phase is called."""
    if phase is None:
        return words.NO_PHASE
    return words.PHASES[phase.ready] if phase.ready else painted(phase.name)


def _invited(session: Session, current: Conference) -> str:
    mine = session.me.id if session.me else None
    names = _names(session, (one for one in current.people if one != mine))
    return words.TAKE_PART_KEY.format(people=names) if names else words.TAKE_PART_ALONE


def _names(session: Session, seats: Iterable[SeatId]) -> str:
    return together(sorted(name_of(session.contract, one) for one in seats))


def _floors(session: Session, face: Face) -> tuple[str, str]:
    """Whose floor it is, as a sentence and shorter."""
    if face.phase is None:
        return "", ""
    is_mine = session.me is not None and session.me.role is Role.STUDENT
    long = words.MY_FLOORS if is_mine else words.FLOORS
    short = words.MY_FLOORS_IN_SHORT if is_mine else words.FLOORS_IN_SHORT
    name, floor = student_of(session.contract), face.phase.floor
    return long[floor].format(name=name), short[floor].format(name=name)


def _led(floor: str, leader: str) -> str:
    if not (floor and leader):
        return floor or leader
    return words.WITH_LEADER.format(floor=floor, leader=leader)


def _times(face: Face) -> tuple[str, str, str]:
    """What the clock says: as a sentence, shorter, and as a number of minutes."""
    if face.on_break:
        return words.PAUSED, words.PAUSED, ""
    minutes = ceil(face.remaining / 60)
    if minutes < 1:
        return words.TIME_IS_UP, words.TIME_IS_UP_SHORT, ""
    said = words.minutes_left(minutes, knows=face.knows)
    return said, said, str(minutes) if face.knows else ""
