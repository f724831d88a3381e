"""Whatever happens at a closed relay, no honest word is lost, and none is withheld for ever."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from contract_tui.contract.schema import INTERESTS, PartId
from sync_server.access.seal import Seal
from sync_server.protocol.ids import Actor, ChangeHash
from tests.simulation.conference import NAMES
from tests.simulation.person import CONTRACT
from tests.simulation.sealed import EVE, SealedConference, SealedPerson
from tests.simulation.test_simulation import NUMBER, SOME, WHERE, Turmoil, run


class SealedTurmoil(Turmoil):
    """Everything that can happen to a conference, and what can happen to one with seats.

    What a relay lost comes back from the people; and what somebody never sealed whose computer is
    lost for ever, when the holder of the key vouches for it. But whoever was taken out brings in
    nothing more. So either the relay may lose everything, and somebody their computer, or somebody
    may be taken out.
    """

    conferences: type[SealedConference] = SealedConference
    person: type[SealedPerson] = SealedPerson
    conference: SealedConference

    @initialize(lossy=st.booleans(), power_safe=st.booleans(), rested=st.booleans())
    def begin(self, lossy: bool, power_safe: bool, rested: bool) -> None:
        self.lossy = lossy
        self.conference = self.conferences(power_safe or not lossy, self.relay, self.person)
        if rested:
            self.conference.calm()
        for name in (*NAMES, EVE):
            self.conference.connect(name)

    @precondition(lambda self: self.lossy)
    @rule()
    def the_relay_loses_everything(self) -> None:
        self.conference.lose_everything()

    @precondition(lambda self: self.lossy)
    @rule()
    def eves_computer_is_lost(self) -> None:
        self.conference.lose_eve()

    @rule(where=WHERE, number=NUMBER, up=SOME)
    def eve_writes(self, where: PartId, number: int, up: int) -> None:
        self.conference.connect(EVE)
        self.conference.edit(EVE, where, number)
        self.conference.speak(EVE, ack=True)
        self.conference.carry_up(EVE, up)
        self.conference.carry_down(EVE, up)

    @rule()
    def eve_is_killed_and_starts(self) -> None:
        self.conference.kill(EVE, 1)
        self.conference.start(EVE)

    @precondition(lambda self: not self.lossy)
    @rule()
    def eve_is_taken_out(self) -> None:
        self.conference.take_out_eve()


def test_no_honest_word_is_lost_or_withheld_at_a_closed_relay() -> None:
    run(SealedTurmoil, settings().max_examples // 4, steps=40)


@pytest.mark.soak
def test_no_honest_word_is_lost_or_withheld_at_a_closed_relay_for_long() -> None:
    run(SealedTurmoil, 400, steps=100)


# A simulation is worth what it notices.


class Forgetful(SealedPerson):
    """Seals what its earlier starts wrote, and nothing that it writes now."""

    def sign(self, actor: Actor, change: ChangeHash) -> Seal:
        return super().sign(actor, ChangeHash(bytes(32)))


def test_a_program_that_does_not_seal_is_caught() -> None:
    conference = SealedConference(person=Forgetful)
    conference.calm()
    conference.edit("Tom", INTERESTS, 0)
    with pytest.raises(AssertionError, match="do not come to rest"):
        conference.calm(200)
    conference.close()


# Evenings of which Hypothesis might not think


def test_a_relay_that_lost_everything_is_made_whole_while_a_writer_is_away() -> None:
    conference = SealedConference()
    conference.calm()
    conference.edit("Tom", INTERESTS, 0)
    conference.calm()
    conference.kill("Tom")
    written = conference.disk.hashes(CONTRACT)
    conference.lose_everything()
    conference.start_relay()
    for _ in range(10):
        conference.connect("Pia")
        while conference.exchange():
            pass
        conference.wait(1)
    assert conference.disk.hashes(CONTRACT) == written
    conference.calm()
    conference.check_peace()
    conference.close()


def test_whoever_was_taken_out_stays_out_and_keeps_nobody_up() -> None:
    conference = SealedConference()
    conference.calm()
    conference.edit(EVE, INTERESTS, 0)
    conference.calm()
    conference.take_out_eve()
    conference.calm()
    assert conference.disk.has_taken_out
    conference.edit("Pia", INTERESTS, 0)
    conference.calm()
    conference.check_peace()
    assert conference.people[EVE].refusals
    conference.close()


def lost_evening(conference: SealedConference) -> set[ChangeHash]:
    """Eve's last words are everybody's, Tom writes on top, and Eve's computer and the relay go."""
    conference.calm()
    conference.edit(EVE, INTERESTS, 0)
    while conference.exchange():
        pass
    conference.edit("Tom", INTERESTS, 0)
    while conference.exchange():
        pass
    hers = conference.people[EVE].replica.contract.actor
    graph = conference.people["Heidi"].replica.graph
    assert conference.people["Heidi"].custodian.sealed(hers) < graph.last_seq(hers)
    assert graph.last_seq(conference.people["Tom"].replica.contract.actor)
    conference.lose_eve()
    conference.lose_everything()
    return set(graph.hashes)


def test_what_a_lost_computer_never_sealed_comes_back_when_the_holder_vouches() -> None:
    conference = SealedConference()
    written = lost_evening(conference)
    conference.calm()
    conference.check_promises()
    conference.check_peace()
    assert conference.disk.hashes(CONTRACT) >= written
    conference.close()


class Unmoved(SealedConference):
    """Its holder of the key vouches for nothing."""

    def vouch(self) -> None:
        pass


def test_without_a_voucher_it_is_withheld_with_all_that_was_written_on_top_of_it() -> None:
    conference = Unmoved()
    written = lost_evening(conference)
    with pytest.raises(AssertionError, match="do not come to rest"):
        conference.calm(200)
    assert not conference.disk.hashes(CONTRACT) >= written
    conference.close()
