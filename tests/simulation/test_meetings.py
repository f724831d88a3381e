"""Whatever happens to a conference, all come to be in the same phase of it, and none is lost."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from contract_tui.contract.conference import moves, reading
from contract_tui.contract.conference.moves import Path
from tests.simulation.author import Deed
from tests.simulation.conference import NAMES
from tests.simulation.deeds import write
from tests.simulation.meetings import (
    FEW,
    MEETING,
    MeetingTable,
    SealedMeetingTable,
    SealedMember,
    begin,
    flood,
    go_on,
    look,
)
from tests.simulation.member import Member
from tests.simulation.person import Person
from tests.simulation.sealed import EVE, SealedPerson
from tests.simulation.table import Table
from tests.simulation.test_sealed_simulation import SealedTurmoil
from tests.simulation.test_simulation import NUMBER, WHO, Turmoil, run

DID = st.lists(st.tuples(st.sampled_from(MEETING), NUMBER, NUMBER), min_size=1, max_size=6)


class MeetingTurmoil(Turmoil):
    """Everything that can happen while three hold a conference."""

    conferences: type[Table] = MeetingTable
    person: type[Person] = Member
    conference: Table

    @rule(who=WHO, did=DID)
    def do(self, who: str, did: list[tuple[Deed, int, int]]) -> None:
        for deed, *numbers in did:
            self.conference.do(who, deed, *numbers)


class SealedMeetingTurmoil(SealedTurmoil, MeetingTurmoil):
    """The same at a closed relay, with a fourth who is taken out or lost."""

    conferences: type[SealedMeetingTable] = SealedMeetingTable
    person: type[SealedPerson] = SealedMember
    conference: SealedMeetingTable

    @rule(did=DID)
    def eve_does(self, did: list[tuple[Deed, int, int]]) -> None:
        for deed, *numbers in did:
            self.conference.do(EVE, deed, *numbers)


def test_no_phase_is_lost_and_no_step_taken_twice_whatever_happens() -> None:
    run(MeetingTurmoil, settings().max_examples // 12, steps=40)


def test_no_phase_is_lost_at_a_closed_relay_either() -> None:
    run(SealedMeetingTurmoil, settings().max_examples // 20, steps=40)


@pytest.mark.soak
@pytest.mark.parametrize("machine", [MeetingTurmoil, SealedMeetingTurmoil])
def test_no_phase_is_lost_and_no_step_taken_twice_for_long(machine: type[Turmoil]) -> None:
    run(machine, 100, steps=100)


def apart(seed: int, deeds: int, toms: Sequence[Deed] = MEETING) -> MeetingTable:
    """Three hold conferences, and lose each other again and again in the middle of them."""
    chance, table = Random(seed), MeetingTable()
    table.calm()
    for _ in range(4):
        for name in NAMES:
            table.cut(name, 0, 0)
        for _ in range(deeds):
            who, numbers = chance.choice((*NAMES, "Heidi")), (chance.randrange(999) for _ in "ab")
            table.do(who, chance.choice(toms if who == "Tom" else MEETING), *numbers)
        if chance.randrange(2):
            table.kill(chance.choice(NAMES))
        table.calm()
    return table


@pytest.mark.parametrize("seed", range(3))
def test_whoever_lost_each_other_in_conferences_meets_in_the_same_phase(seed: int) -> None:
    table = apart(seed, 30)
    table.check_promises()
    table.check_peace()
    table.close()


@pytest.mark.parametrize("seed", range(2))
def test_whoever_floods_a_conference_takes_no_room_from_others(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_MOST_MOVES", FEW)
    monkeypatch.setattr(reading, "_MOST_STRETCHES", FEW)
    table = apart(seed, 20, toms=(flood, write, look))
    table.check_peace()
    table.close()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3, 30))
def test_whoever_lost_each_other_in_long_conferences_meets_in_the_same_phase(seed: int) -> None:
    table = apart(seed, 80)
    table.check_peace()
    table.close()


def test_two_students_who_press_next_at_once_take_one_step() -> None:
    table = MeetingTable()
    table.do("Heidi", begin, 1, 1)
    table.calm()
    for name in NAMES:
        table.cut(name, 0, 0)
        table.do(name, go_on, 1, 1)
    table.calm()
    table.check_peace()
    for name in NAMES:
        meeting = member(table, name).meeting
        assert meeting is not None
        assert meeting.path == ("open", "me")
    table.close()


def test_the_host_dies_in_the_fourth_phase_and_the_others_go_on() -> None:
    table = MeetingTable()
    table.calm()
    table.do("Tom", begin, 1, 1)
    table.calm()
    for _ in range(3):
        table.do("Heidi", go_on, 1, 1)
    table.calm()
    table.kill("Tom")
    table.do("Heidi", go_on, 1, 1)
    table.calm()  # he comes back
    table.check_peace()
    meeting = member(table, "Tom").meeting
    assert meeting is not None
    assert meeting.path == ("open", "me", "helps", "goal", "promises")
    table.close()


def member(table: MeetingTable, name: str) -> Member:
    found = table.people[name]
    assert isinstance(found, Member)
    return found


def test_a_conference_that_went_back_to_what_was_written_last_would_be_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def shortest(paths: dict[Path, object], _: object = ()) -> Path | None:
        return min(paths, key=len, default=None)

    assert moves.furthest({("open",), ("open", "me")}) == ("open", "me")
    monkeypatch.setattr(reading, "furthest", shortest)
    table = MeetingTable()
    table.do("Heidi", begin, 1, 1)
    monkeypatch.undo()
    table.do("Heidi", go_on, 1, 1)
    monkeypatch.setattr(reading, "furthest", shortest)
    table.calm()
    with pytest.raises(AssertionError):
        table.check_peace()
    table.close()
