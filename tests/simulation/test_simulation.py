"""Hypothesis decides what happens, and in which order; whatever it is, no word is lost."""

from collections.abc import Sequence

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from contract_tui.contract.schema import PartId
from sync_server.hub.effects import Store
from sync_server.protocol.chunk import Change
from tests.simulation.conference import NAMES, Conference
from tests.simulation.person import PARTS, Person
from tests.simulation.relay import Death, Relay

WHO = st.sampled_from(NAMES)
WHERE = st.sampled_from(PARTS)
NUMBER = st.integers(0, 999)
SOME = st.integers(0, 3)
SELDOM = st.sampled_from([False, False, False, True])
SECONDS = st.sampled_from([0.05, 1.0, 3.0, 10.0])


class Turmoil(RuleBasedStateMachine):
    """One conference, and everything that can happen to it."""

    conferences: type[Conference] = Conference
    relay: type[Relay] = Relay
    person: type[Person] = Person
    conference: Conference

    @initialize(power_safe=st.booleans(), rested=st.booleans())
    def begin(self, power_safe: bool, rested: bool) -> None:
        self.conference = self.conferences(power_safe, self.relay, self.person)
        if rested:
            self.conference.calm()
        for name in NAMES:
            self.conference.connect(name)

    @rule(who=WHO, where=WHERE, number=NUMBER)
    def edit(self, who: str, where: PartId, number: int) -> None:
        self.conference.edit(who, where, number)

    @rule(who=WHO, where=WHERE, numbers=st.lists(NUMBER, min_size=1, max_size=4), full=SELDOM)
    def edit_and_send(self, who: str, where: PartId, numbers: list[int], full: bool) -> None:
        if full:
            self.conference.fill_disk(who, full=True)
        for number in numbers:
            self.conference.edit(who, where, number)
            self.conference.speak(who, ack=False)
            self.conference.carry_up(who)

    @rule(who=WHO, where=WHERE)
    def undo(self, who: str, where: PartId) -> None:
        self.conference.undo(who, where)

    @rule(who=WHO, ack=st.booleans(), up=SOME, down=SOME)
    def move(self, who: str, ack: bool, up: int, down: int) -> None:
        self.conference.speak(who, ack=ack)
        self.conference.carry_up(who, up)
        self.conference.carry_down(who, down)

    @rule(turns=st.integers(1, 3))
    def relay_works(self, turns: int) -> None:
        for _ in range(turns):
            self.conference.turn()

    @rule(rounds=st.integers(1, 6))
    def all_is_well_for_a_while(self, rounds: int) -> None:
        for _ in range(rounds):
            self.conference.exchange()

    @rule()
    def all_come_back(self) -> None:
        self.conference.start_relay()
        for name in NAMES:
            self.conference.start(name)
            self.conference.connect(name)
        self.conference.exchange()

    @rule(who=WHO)
    def repeat(self, who: str) -> None:
        self.conference.repeat(who)

    @rule(who=WHO, up=SOME, down=SOME)
    def cut(self, who: str, up: int, down: int) -> None:
        self.conference.cut(who, up, down)

    @rule(who=WHO, arriving=SOME)
    def kill(self, who: str, arriving: int) -> None:
        self.conference.kill(who, arriving)

    @rule(who=WHO)
    def start(self, who: str) -> None:
        self.conference.start(who)
        self.conference.connect(who)

    @rule(death=st.sampled_from(Death), arriving=SOME, power=st.booleans())
    def kill_relay(self, death: Death, arriving: int, power: bool) -> None:
        self.conference.kill_relay(death, arriving, power=power)

    @rule(who=WHO, full=st.sampled_from([True, True, False]))
    def fill_disk(self, who: str, full: bool) -> None:
        self.conference.fill_disk(who, full=full)

    @rule(full=st.booleans())
    def fill_relay_disk(self, full: bool) -> None:
        self.conference.fill_relay_disk(full=full)

    @rule(seconds=SECONDS)
    def wait(self, seconds: float) -> None:
        self.conference.wait(seconds)

    @invariant()
    def promises_are_kept(self) -> None:
        self.conference.check_promises()

    def teardown(self) -> None:
        try:
            self.conference.calm()
            self.conference.check_promises()
            self.conference.check_peace()
        finally:
            self.conference.close()


def run(
    machine: type[Turmoil], examples: int, steps: int = 50, phases: Sequence[Phase] = tuple(Phase)
) -> None:
    """Look for a story that ends badly."""
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, report_multiple_bugs=False, phases=phases
    )
    run_state_machine_as_test(machine, settings=chosen)


def test_no_word_is_lost_whatever_happens() -> None:
    run(Turmoil, settings().max_examples * 2 // 3)


@pytest.mark.soak
def test_no_word_is_lost_whatever_happens_for_long() -> None:
    run(Turmoil, 500, steps=100)


# A simulation is worth what it notices. Each of these is one line put in the wrong place.


class HastyRelay(Relay):
    """Tells everyone before it stores."""

    def _store_and_tell(self, batch: Store | None, now: float) -> None:
        self._perform(self.hub.committed(now), now)
        if batch:
            self._store(batch)


class HastyPerson(Person):
    """Sends what its own disk did not take."""

    @property
    def may_speak(self) -> bool:
        return True


class TrustingPerson(Person):
    """Takes for shared what it has sent."""

    def speak(self, *, ack: bool) -> list[bytes]:
        frames = super().speak(ack=ack)
        if frames and self.conversation and self.conversation.is_welcome:
            self.acknowledged = self.replica.graph.heads
        return frames


class ForgetfulPerson(Person):
    """Keeps in memory what it hears, and not on its disk."""

    def take(self, changes: list[Change]) -> None:
        self.replica.contract.apply([c.raw for c in self.replica.graph.add(changes)])


@pytest.mark.parametrize(
    ("relay", "person"),
    [
        (HastyRelay, Person),
        (Relay, HastyPerson),
        (Relay, TrustingPerson),
        (Relay, ForgetfulPerson),
    ],
)
def test_a_program_that_breaks_a_promise_is_caught(
    relay: type[Relay], person: type[Person]
) -> None:
    broken = type("Broken", (Turmoil,), {"relay": relay, "person": person})
    with pytest.raises(AssertionError):
        run(broken, 300, steps=20, phases=[Phase.generate])  # short stories show it soonest
