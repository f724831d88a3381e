"""Stories of a closed relay: whose changes it takes, from whom, and what it says about the rest."""

import pytest

from sync_server.access.proof import Role
from sync_server.access.seal import seal
from sync_server.hub.effects import Store
from sync_server.hub.limits import Limits
from sync_server.protocol.messages import Custody, Sync
from sync_server.protocol.sync import SyncMessage
from tests.sync_server.hub.carrying import (
    CLARA,
    COMPANY,
    HEIDI,
    PETER,
    PROOFS,
    bring,
    carrier,
    stored,
    typist,
)
from tests.sync_server.hub.company import CONTRACT, Person
from tests.sync_server.hub.sealed import (
    frequent_seals,
    last_seals,
    written,
)
from tests.sync_server.hub.stores import FailingStore
from tests.sync_server.hub.story import Story, Writer
from tests.sync_server.hub.writing import Copy

# Honest work


def test_a_seal_made_on_leaving_is_kept_and_passed_on() -> None:
    story = Story()
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    heidi.write("the end", CONTRACT)
    story.settle()
    (*_, last) = heidi.copies[CONTRACT].graph.hashes
    change = next(one for one in story.store.load(CONTRACT) if one.hash == last)
    made = seal(HEIDI.key, CONTRACT, change.actor, change.hash).to_bytes()
    heidi.bring(seals=(made,)).leave()
    story.settle()
    assert heidi.closed == (1000, "")
    assert made in clara.seals
    assert made in {record.data for record in story.store.records(CONTRACT)}


@pytest.mark.parametrize("every", [20, None], ids=["seals every 20", "last seals only"])
@pytest.mark.parametrize("first", ["custody", "changes"])
def test_one_of_three_brings_everybodys_work_to_an_empty_relay(
    first: str, every: int | None
) -> None:
    story, history = Story(), written(5000)
    heidi = carrier(story, HEIDI, 5000)
    seals = frequent_seals(history, COMPANY, every) if every else last_seals(history, COMPANY)
    if first == "custody":
        bring(heidi, PROOFS, seals)
        heidi.push(CONTRACT)
        story.settle()
    else:
        heidi.push(CONTRACT)
        story.settle()
        assert stored(story) <= 7, "her own first words, and nothing of others"
        bring(heidi, PROOFS, seals)
    story.wait(2)
    assert stored(story) == 5000
    assert heidi.in_step(CONTRACT)
    assert heidi.count(Sync) < 60
    assert not heidi.notices
    sizes = [len(effect.changes) for effect in story.effects if isinstance(effect, Store)]
    assert max(sizes) <= 101
    assert len(sizes) < 150
    assert story.hub.waiting == 0


def test_what_was_brought_so_is_there_for_the_next_with_all_that_shows_it() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 60)
    bring(heidi, PROOFS, last_seals(written(60), COMPANY))
    heidi.push(CONTRACT)
    story.wait(1)
    clara = typist(story, CLARA)
    assert clara.copies[CONTRACT].graph.heads == heidi.copies[CONTRACT].graph.heads
    assert sorted(clara.proofs) == sorted(PROOFS)
    assert sorted(clara.seals) == sorted(last_seals(written(60), COMPANY))
    again = Story(store=story.store)
    peter = typist(again, PETER)
    assert sorted(peter.proofs) == sorted(PROOFS)
    assert sorted(peter.seals) == sorted(clara.seals)


def test_custody_goes_to_others_only_when_it_is_stored_and_not_back() -> None:
    story = Story()
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    story.settle()
    heidi.heard.clear()
    clara.heard.clear()
    heidi.write("hello", CONTRACT)
    story.settle()
    seal = HEIDI.seal(changes_of(heidi)[-1])
    heidi.bring(seals=(seal,))
    before = len(story.effects)
    story.settle()
    assert clara.seals == [seal]
    assert heidi.seals == []
    batch = next(e for e in story.effects[before:] if isinstance(e, Store))
    assert [record.data for record in batch.records] == [seal]


def test_who_brought_what_could_not_be_stored_is_closed_and_brings_it_again() -> None:
    store = FailingStore()
    story = Story(store=store)
    heidi = carrier(story, HEIDI, 60)
    store.full = True
    bring(heidi, PROOFS)
    story.settle()
    assert heidi.closed == (1011, "the relay cannot store changes now"), "before its first change"
    assert not store.records(CONTRACT)
    store.full = False
    heidi = carrier(story, HEIDI, 60)
    bring(heidi, PROOFS, last_seals(written(60), COMPANY))
    heidi.push(CONTRACT)
    story.wait(1)
    assert stored(story) == 60


def test_whose_changes_take_long_to_come_has_not_brought_the_seals_in_vain() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 60)
    bring(heidi, PROOFS, last_seals(written(60), COMPANY))
    story.wait(10 * Limits().keep)
    heidi.push(CONTRACT)
    story.wait(1)
    assert stored(story) == 60
    heidi.vanish()
    story.wait(10 * Limits().keep)
    assert story.hub.documents == 0


def changes_of(writer: Writer) -> list:  # type: ignore[type-arg]
    graph = writer.copies[CONTRACT].graph
    return [graph.header(position) for position in range(len(graph))]


def test_programs_that_do_not_announce_it_hear_nothing_of_custody() -> None:
    story = Story()
    guest = story.connect("Heidi", HEIDI.guest).join()
    guest.copies[CONTRACT] = Copy(CONTRACT)
    guest.copies[CONTRACT].words.set_actor(HEIDI.actor())
    guest.push(CONTRACT)
    story.settle()
    typist(story, CLARA)
    assert not [each for each in guest.heard if isinstance(each, Custody)]


def test_two_people_type_at_once_without_any_seal() -> None:
    story = Story()
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    heidi.write("|", CONTRACT)
    story.settle()
    for _ in range(20):
        heidi.write("a", CONTRACT)
        clara.write("b", CONTRACT)
    story.wait(1)
    assert heidi.text(CONTRACT) == clara.text(CONTRACT)
    assert sorted(heidi.text(CONTRACT)) == sorted("|" + 20 * "ab")
    assert not heidi.notices
    assert not clara.notices
    assert story.hub.waiting == 0


# What is not shown


def test_the_unsealed_work_of_others_stays_out_and_its_bearer_is_told() -> None:
    story, history = Story(), written(30)
    heidi = carrier(story, HEIDI, 30)
    heidi.push(CONTRACT)
    story.wait(5)
    assert stored(story) == 7
    assert heidi.notices == []
    story.wait(3)
    theirs = sum(not HEIDI.wrote(change) for change in history)
    [(kind, fields)] = heidi.notices
    assert kind == "withheld"
    assert fields["reason"] == "unsealed"
    assert int(fields["changes"]) >= theirs
    assert heidi.is_open()
    assert {change.hash for change in history[:7]} == {h.hash for h in story.store.load(CONTRACT)}


def test_what_was_withheld_enters_when_its_seal_comes_from_anybody() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 30)
    heidi.push(CONTRACT)
    story.wait(10)
    clara = typist(story, CLARA)
    bring(clara, PROOFS, last_seals(written(30), COMPANY))
    story.wait(2)
    assert stored(story) == 30
    assert clara.copies[CONTRACT].graph.heads == heidi.copies[CONTRACT].graph.heads


def test_whoever_brings_more_than_can_wait_is_shown_out_and_the_others_stay() -> None:
    story = Story(Limits(unsealed=10_000))
    clara = typist(story, CLARA)
    heidi = carrier(story, HEIDI, 60)
    heidi.push(CONTRACT)
    story.settle()
    assert heidi.closed is not None
    assert heidi.closed[0] == 4429
    assert heidi.notices == [("limited", {"reason": heidi.closed[1]})]
    assert story.hub.waiting == 0
    assert clara.is_open()


def test_while_somebody_elses_unsealed_work_waits_ones_own_goes_on() -> None:
    story = Story()
    clara = typist(story, CLARA)
    heidi = carrier(story, HEIDI, 30)
    heidi.push(CONTRACT)
    story.settle()
    clara.write("words", CONTRACT)
    story.settle()
    assert stored(story) == 7 + 5
    assert set(clara.copies[CONTRACT].graph.hashes) <= set(heidi.copies[CONTRACT].graph.hashes)


def test_a_flood_of_waiting_changes_does_not_talk_for_ever() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 60)
    heidi.push(CONTRACT)
    story.wait(120)
    assert heidi.count(Sync) < 20
    assert len(heidi.notices) == 1


def test_who_brings_what_waits_to_an_empty_relay_is_not_asked_to_send_it_again() -> None:
    story = Story()
    peter = carrier(story, PETER, 60)
    peter.push(CONTRACT)
    story.wait(2)
    once = sum(len(change.raw) for change in written(60))
    assert once < story.hub.counters.octets < 1.5 * once + 2000
    bring(peter, PROOFS, last_seals(written(60), COMPANY))
    story.wait(1)
    assert stored(story) == 60
    assert peter.in_step(CONTRACT)


def test_what_is_sealed_enters_though_it_comes_before_what_it_follows() -> None:
    story, changes = Story(), written(10)
    heidi = story.welcome(HEIDI)
    clara = next(person for person in COMPANY if person.wrote(changes[-1]))
    bring(heidi, PROOFS, (clara.seal(changes[-1]),))
    for change in reversed(changes):
        data = SyncMessage(changes=(change.raw,)).encode()
        heidi.say(Sync(heidi.name, story.hub.peer, CONTRACT, data))
        story.settle()
    assert stored(story) == 10


def test_a_seal_of_somebody_without_a_proof_covers_nothing() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 30)
    bring(heidi, (), last_seals(written(30), COMPANY))
    heidi.push(CONTRACT)
    story.wait(1)
    assert stored(story) == 7
    assert story.hub.counters.unproven > 0


def test_a_past_invented_in_the_name_of_another_stays_out() -> None:
    """Eve has a seat, and writes with an actor that begins as Heidi's do."""
    eve, story = Person("Eve", Role.PARENT), Story()
    writer = story.welcome(eve)
    copy = writer.copies[CONTRACT] = Copy(CONTRACT)
    copy.words.set_actor(HEIDI.actor())
    copy.write("I never said this")
    writer.bring(proofs=PROOFS)
    writer.push(CONTRACT)
    story.wait(10)
    assert stored(story) == 0
    assert writer.notices[0][0] == "withheld"
