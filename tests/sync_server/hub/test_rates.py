"""What one connection, or one contract, may take in a while."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sync_server.hub.effects import Hold, Release
from sync_server.hub.limits import Limits, Rate
from sync_server.hub.rates import Bucket
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.messages import Ephemeral, Sync
from sync_server.protocol.sync import Have, SyncMessage
from tests.sync_server.hub.company import CONTRACT, company
from tests.sync_server.hub.sealed import last_seals, written
from tests.sync_server.hub.story import HERE, Story, Writer
from tests.sync_server.hub.writing import Copy

# The bucket


def test_what_may_be_taken_at_once_costs_no_pause_and_more_does() -> None:
    bucket = Bucket(Rate(10, 100), 0)
    assert bucket.take(100, 0) == 0
    assert bucket.take(5, 0) == 0.5
    assert bucket.take(5, 0) == 1
    assert bucket.take(0, 1) == 0
    assert bucket.take(100, 1000) == 0
    assert bucket.take(1, 1000) > 0


def test_some_things_are_done_without_instead_of_late() -> None:
    bucket = Bucket(Rate(10, 2), 0)
    assert [bucket.spare(0) for _ in range(4)] == [True, True, False, False]
    assert bucket.spare(0.1)
    assert not bucket.spare(0.1)


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 50)), max_size=30))
def test_over_any_time_no_more_is_taken_than_allowed(steps: list[tuple[float, float]]) -> None:
    """By somebody who waits as long as told, but for the last amount."""
    bucket, now, taken = Bucket(Rate(5, 20), 0), 0.0, 0.0
    for pause, amount in steps:
        now += pause
        assert taken <= 5 * now + 20 + 1e-6
        taken += amount
        now += bucket.take(amount, now)


# Stories


def held(story: Story, writer: Writer) -> bool:
    mine = [e for e in story.effects if isinstance(e, Hold | Release) and e.connection == writer.id]
    return bool(mine) and isinstance(mine[-1], Hold)


def test_who_sends_too_many_messages_is_read_more_slowly_and_loses_nothing() -> None:
    story = Story(Limits(frames=Rate(10, 20)))
    ada, bob = story.join("ada").write("|"), story.join("bob")
    story.wait(5)
    ada.write("x" * 60)
    assert held(story, ada)
    story.settle()
    assert len(bob.text()) < 30
    bob.write("and me")
    story.settle()
    assert "and me" in bob.text()
    story.wait(10)
    assert len(bob.text()) == 67
    assert len(ada.text()) == 67
    assert not held(story, ada)
    assert story.hub.counters.rests["messages"] > 0


def test_who_sends_too_many_bytes_is_read_more_slowly() -> None:
    story = Story(Limits(octets=Rate(1000, 3000)))
    ada, bob = story.join("ada").write("|"), story.join("bob")
    story.wait(5)
    chance = Random(1)
    for _ in range(5):
        ada.copies[HERE].attach(chance.randbytes(1000))
        ada.push()
    ada.write("!")
    assert held(story, ada)
    story.settle()
    assert bob.text() == "|"
    story.wait(20)
    assert bob.text() == "|!"
    assert not held(story, ada)


def test_who_sends_on_and_on_although_nobody_reads_is_closed() -> None:
    story = Story(Limits(frames=Rate(1, 1), backlog=5000))
    ada, bob = story.join("ada"), story.join("bob")
    story.settle()
    for _ in range(200):
        ada.look(1)
    assert ada.closed == (4429, "too much at once")
    assert bob.is_open()
    assert story.hub.counters.refusals["backlog"] == 1


def test_too_much_presence_is_dropped() -> None:
    story = Story(Limits(presence=Rate(10, 20)))
    ada, bob = story.join("ada"), story.join("bob")
    story.settle()
    for count in range(50):
        ada.look(count)
    story.settle()
    assert bob.count(Ephemeral) == 20
    assert story.hub.counters.dropped == 30
    story.wait(1)
    ada.look(100)
    story.settle()
    assert bob.count(Ephemeral) == 21


def test_changes_enter_a_contract_no_faster_than_allowed() -> None:
    story = Story(Limits(changes=Rate(20, 10), slice=10))
    ada = story.connect("ada").join()
    copy = ada.copies[HERE] = Copy(HERE)
    copy.write("x" * 100)
    ada.push()
    story.settle()
    assert len(story.store.load(HERE)) < 50
    cyd = story.join("cyd")
    story.settle()
    assert cyd.is_open()
    story.wait(10)
    assert len(story.store.load(HERE)) == 100
    assert ada.in_step()
    assert cyd.in_step()
    assert story.hub.counters.rests["changes"] > 0


def test_operations_are_taken_no_faster_than_allowed_however_few_the_changes() -> None:
    story = Story(Limits(operations=Rate(100, 500), slice=20))
    ada = story.join("ada")
    bob = story.join("bob")
    for _ in range(10):
        ada.copies[HERE].paste("x" * 100)
    ada.push()
    story.settle()
    assert held(story, ada)
    assert len(story.store.load(HERE)) < 10
    bob.write("quickly")
    story.settle()
    assert not held(story, bob), "what one brings is no debt of the other"
    story.wait(10)
    assert len(story.store.load(HERE)) == 17
    assert ada.text() == bob.text()
    assert story.hub.counters.rests["operations"] > 0


def test_the_operations_of_what_seals_cover_count_for_whoever_brought_it() -> None:
    story, (heidi, clara, _) = Story(Limits(operations=Rate(100, 500))), company()
    writer = story.welcome(heidi)
    copy = writer.copies[CONTRACT] = Copy(CONTRACT, actor=clara.actor())
    for _ in range(10):
        copy.paste("x" * 100)
    last = copy.paste("!")[0]
    writer.push(CONTRACT)
    story.settle()
    assert not held(story, writer), "what waits was not looked at yet"
    writer.bring(proofs=(clara.proof.text,), seals=(clara.seal(last),))
    story.settle()
    assert held(story, writer)
    story.wait(10)
    assert len(story.store.load(CONTRACT)) == 11


def test_to_come_back_makes_it_no_more() -> None:
    story, (heidi, clara, _) = Story(Limits(operations=Rate(10, 500))), company()
    for person in (heidi, heidi, clara):
        writer = story.welcome(person)
        copy = writer.copies[CONTRACT] = Copy(CONTRACT, actor=person.actor())
        copy.paste("x" * 400)
        writer.push(CONTRACT)
        story.settle()
        writer.vanish()
    assert story.hub.counters.rests["operations"] == 1
    story.wait(100)
    writer = story.welcome(heidi)
    copy = writer.copies[CONTRACT] = Copy(CONTRACT, actor=heidi.actor())
    copy.paste("x" * 400)
    writer.push(CONTRACT)
    story.settle()
    assert story.hub.counters.rests["operations"] == 1


def test_who_asks_for_everything_again_and_again_waits_longer_and_longer() -> None:
    story = Story(Limits(effort=Rate(100, 300)))
    ada = story.join("ada").write("x" * 100)
    story.wait(1)
    eve = story.connect("eve").join()
    everything = SyncMessage(have=(Have(()),)).encode()
    eve.silent = True
    before = story.hub.counters.rests["effort"]
    for _ in range(50):
        eve.say(Sync(eve.name, story.hub.peer, HERE, everything))
    story.settle()
    assert story.hub.counters.rests["effort"] > before
    assert len(eve.frames) < 10
    bob = story.join("bob")
    story.settle()
    assert bob.text() == "x" * 100
    ada.write("y")
    story.settle()
    assert bob.text() == "x" * 100 + "y"
    assert eve.is_open()


def test_to_come_back_and_ask_for_everything_once_more_counts_as_well() -> None:
    story, (heidi, clara, _) = Story(Limits(effort=Rate(10, 250))), company()
    writer = story.welcome(heidi)
    copy = writer.copies[CONTRACT] = Copy(CONTRACT, actor=heidi.actor())
    copy.write("x" * 100)
    writer.push(CONTRACT)
    story.settle()
    for person in (heidi, heidi, clara, clara):
        story.welcome(person).open(CONTRACT)
        story.settle()
    assert story.hub.counters.rests["effort"] == 0
    newcomer = story.welcome(clara).open(CONTRACT)
    story.settle()
    assert story.hub.counters.rests["effort"] == 1
    assert newcomer.text(CONTRACT) == "x" * 100


def test_who_names_heads_to_come_and_brings_them_one_by_one_waits() -> None:
    """Each makes the relay look anew at what such a peer lacks."""
    story = Story(Limits(effort=Rate(100, 300)))
    ada = story.join("ada").write("x" * 100)
    story.wait(1)
    eve = story.connect("eve").join()
    eve.silent = True
    coming = ada.copies[HERE].write("y" * 6)
    heads = tuple(sorted([*(change.hash for change in coming), ChangeHash(b"\xee" * 32)]))
    said = SyncMessage(heads, have=(Have(()),)).encode()
    eve.say(Sync(eve.name, story.hub.peer, HERE, said))
    story.settle()
    assert story.hub.counters.rests["effort"] == 0
    for change in coming:
        bringing = SyncMessage((change.hash,), changes=(change.raw,)).encode()
        ada.say(Sync(ada.name, story.hub.peer, HERE, bringing))
        story.settle()
    assert held(story, eve)
    assert not held(story, ada)


def test_a_contract_that_is_too_large_takes_no_more_and_is_still_read() -> None:
    story = Story(Limits(contract=2000))
    ada = story.join("ada")
    ada.copies[HERE].attach(Random(1).randbytes(3000))
    ada.push()
    story.settle()
    ada.write("x")
    story.settle()
    assert ada.closed == (4429, "this contract has grown larger than this relay keeps")
    bob = story.join("bob")
    story.settle()
    assert bob.copies[HERE].graph.heads
    assert bob.is_open()


def test_seals_are_verified_no_faster_than_allowed() -> None:
    story, people = Story(Limits(custody=Rate(10, 20))), company()
    heidi = story.welcome(people[0])
    heidi.copies[CONTRACT] = Copy(CONTRACT)
    heidi.push(CONTRACT)
    story.settle()
    for _ in range(3):
        heidi.bring(proofs=tuple(person.proof.text for person in people))
        heidi.bring(seals=last_seals(written(60), people))
    assert not held(story, heidi)
    story.settle()
    assert held(story, heidi)
    story.wait(20)
    assert not held(story, heidi)
    assert heidi.is_open()


# Honest work meets none of it


def rested(story: Story) -> int:
    return sum(story.hub.counters.rests.values()) + story.hub.counters.dropped


def test_three_who_type_fast_for_minutes_are_never_held_back() -> None:
    story = Story()
    people = [story.join(name) for name in ("ada", "bob", "cyd")]
    people[0].write("|")
    story.settle()
    for key in range(400):
        for writer in people:
            writer.write("x")
            writer.look(key)
        story.wait(0.05)
    assert rested(story) == 0
    assert {len(writer.text()) for writer in people} == {1201}


def test_a_large_upload_and_a_newcomer_are_never_held_back() -> None:
    story = Story()
    history: tuple[Change, ...] = written(5000)
    ada = story.connect("ada").join()
    copy = ada.copies[HERE] = Copy(HERE)
    copy.graph.add(history)
    ada.push()
    story.wait(1)
    bob = story.connect("bob").join()
    bob.copies[HERE] = Copy(HERE)
    bob.push()
    story.wait(1)
    assert bob.copies[HERE].graph.heads == copy.graph.heads
    assert rested(story) == 0
    limits = Limits()
    assert limits.changes.burst >= 2 * 50_000
    assert limits.operations.burst >= 2 * 50_000
    assert limits.effort.burst >= 8 * 50_000
    assert limits.octets.burst >= 8 * 50_000 * 150
