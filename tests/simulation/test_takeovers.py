"""Whatever happens to hosts, whoever takes over loses nothing, and guests stay who they are."""

from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.simulation import takeovers
from tests.simulation.author import Deed
from tests.simulation.conference import NAMES
from tests.simulation.deeds import write
from tests.simulation.meetings import MEETING, begin, come, end, go_on
from tests.simulation.sealed import EVE
from tests.simulation.takeovers import (
    STANDING_BY,
    Seated,
    TakeoverTable,
    ask_to_stand_by,
)
from tests.simulation.test_meetings import DID, MeetingTurmoil
from tests.simulation.test_simulation import NUMBER, Turmoil, run

GOING_ON = [deed for deed in MEETING if deed not in (begin, end)]
TAKER = st.sampled_from(STANDING_BY)


class TakeoverTurmoil(MeetingTurmoil):
    """Everything that can happen, and hosts that die."""

    conferences = TakeoverTable
    person = Seated
    conference: TakeoverTable

    @rule(did=DID, stands=st.booleans())
    def eve_does(self, did: list[tuple[Deed, int, int]], stands: bool) -> None:
        self.conference.start(EVE)
        self.conference.connect(EVE)
        for deed, *numbers in did:
            self.conference.do(EVE, deed, *numbers)
        if stands:
            self.conference.do(EVE, ask_to_stand_by, 1, 1)
        self.conference.exchange()

    @rule(who=TAKER)
    def the_host_dies(self, who: str) -> None:
        self.conference.host_dies(who)

    @rule(who=TAKER, did=DID, number=NUMBER)
    def eve_goes_on(self, who: str, did: list[tuple[Deed, int, int]], number: int) -> None:
        name = f"{EVE} at {who}"
        if name in self.conference.people:
            self.conference.connect(name)
            for deed, *numbers in did:
                self.conference.do(name, deed, *numbers)
            self.conference.cut(name, number % 4, number % 3)


def test_nothing_is_lost_when_hosts_die_and_others_take_over() -> None:
    run(TakeoverTurmoil, settings().max_examples // 20, steps=40)


@pytest.mark.soak
def test_nothing_is_lost_when_hosts_die_and_others_take_over_for_long() -> None:
    machine: type[Turmoil] = TakeoverTurmoil
    run(machine, 100, steps=100)


def table() -> TakeoverTable:
    """A conference in its fourth phase, in which everybody stands by who can."""
    found = TakeoverTable(person=Seated)
    found.calm()
    found.do("Heidi", begin, 1, 1)
    for _ in range(3):
        found.do("Heidi", go_on, 1, 1)
    found.calm()
    for name in (*NAMES, EVE):
        found.do(name, come, 1, 1)
    found.calm()
    found.do(EVE, ask_to_stand_by, 1, 1)
    found.calm()
    return found


def test_the_host_dies_in_the_fourth_phase_and_guest_and_conference_go_on() -> None:
    found = table()
    found.host_dies("Heidi")
    again = f"{EVE} at Heidi"
    found.do("Heidi", go_on, 1, 1)
    for _ in range(20):
        found.exchange()
    meeting = found.people[again].conferring.current  # type: ignore[attr-defined]
    assert meeting.path == ("open", "me", "helps", "goal", "promises")
    found.calm()  # Tom's computer is back, and with it what Eve was there
    found.check_promises()
    found.check_peace()
    found.close()


@pytest.mark.parametrize("seed", range(3))
def test_one_host_after_the_other_dies(seed: int) -> None:
    chance, found = Random(seed), table()
    for taker in STANDING_BY:
        for _ in range(20):
            who = chance.choice([*NAMES, *(one for one in found.people if one.startswith(EVE))])
            found.do(who, chance.choice(GOING_ON), chance.randrange(999), chance.randrange(999))
            if chance.randrange(3):
                found.exchange()
        found.host_dies(taker)
        assert f"{EVE} at {taker}" in found.people
    found.calm()
    found.check_promises()
    found.check_peace()
    found.close()


# A simulation is worth what it notices.


def test_a_relay_that_begins_with_nothing_would_be_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    found = table()
    found.do(EVE, come, 1, 1)
    found.do(EVE, write, 1, 1)
    for _ in range(5):
        found.exchange()
    monkeypatch.setattr(takeovers, "succeed", lambda *_: 0)
    with pytest.raises(AssertionError):
        found.host_dies("Heidi")
    found.close()
