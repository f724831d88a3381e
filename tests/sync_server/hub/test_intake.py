"""Stories of uploads: in slices, in turns, and never too many at once."""

from sync_server.hub.effects import Hold, Release, Store
from sync_server.hub.limits import Limits
from sync_server.protocol.messages import (
    Sync,
)
from sync_server.protocol.sync import SyncMessage
from tests.sync_server.hub.story import HERE, THERE, Story
from tests.sync_server.hub.writing import Copy
from tests.sync_server.protocol.rows import change, put
from tests.sync_server.protocol.written import BOB


def long_copy(length: int) -> Copy:
    copy = Copy(HERE)
    copy.write("x" * length)
    return copy


def test_a_large_upload_is_taken_in_slices_and_others_do_not_wait() -> None:
    story = Story(Limits(slice=10))
    ada, bob = story.join("ada", THERE).write("well, ", THERE), story.join("bob", THERE)
    story.wait(1)
    cyd = story.connect("cyd").join()
    cyd.copies[HERE] = long_copy(200)
    cyd.push()
    story.turn()
    cyd.listen()
    story.turn()
    cyd.listen()
    ada.write("now", THERE)
    for _ in range(8):
        story.turn()
        bob.listen()
    assert bob.text(THERE) == "well, now"
    assert len(story.store.load(HERE)) < 200
    story.settle()
    assert len(story.store.load(HERE)) == 200
    sizes = [len(effect.changes) for effect in story.effects if isinstance(effect, Store)]
    assert max(sizes) <= 10


def test_many_changes_of_many_operations_each_make_nobody_wait() -> None:
    story = Story()
    ada, bob = story.join("ada", THERE), story.join("bob", THERE)
    story.wait(1)
    cyd = story.connect("cyd").join()
    copy = cyd.copies[HERE] = Copy(HERE)
    for _ in range(10):
        copy.paste("x" * 1000)
    cyd.push()
    ada.write("now", THERE)
    story.settle()
    assert bob.text(THERE) == "now"
    batches = [effect.changes for effect in story.effects if isinstance(effect, Store)]
    large = [sum(change.document == HERE for change in batch) for batch in batches]
    assert sum(large) == 10
    assert max(large) == 1


def test_to_clear_what_was_typed_key_by_key_makes_nobody_wait() -> None:
    """Each of the keys is read again, to see that it is a letter and stands where it should."""
    story = Story()
    ada, bob = story.join("ada").write("x" * 600), story.join("bob")
    story.wait(1)
    [clearing] = ada.copies[HERE].clear()
    ada.push()
    story.turn()
    bob.write("y")
    for _ in range(2):
        story.turn()
    ada.listen()
    assert ada.text() == "y"
    names = [stored.hash for stored in story.store.load(HERE)]
    assert clearing.hash not in names
    story.settle()
    names = [stored.hash for stored in story.store.load(HERE)]
    assert names[-1] == clearing.hash
    assert ada.text() == bob.text() == "y"


def test_a_large_upload_is_answered_once() -> None:
    story = Story(Limits(slice=10))
    ada = story.connect("ada").join()
    ada.copies[HERE] = long_copy(200)
    ada.push()
    story.wait(1)
    assert ada.in_step()
    assert ada.count(Sync) <= 3


def test_a_large_upload_with_a_bad_change_at_its_end_leaves_nothing_behind() -> None:
    story = Story(Limits(slice=10))
    raws = [change.raw for change in Copy(HERE).write("x" * 100)]
    raws[-1] = b"\x85oJ\x83" + raws[-1][4:-1] + b"\xff"
    data = SyncMessage(changes=tuple(raws)).encode()
    eve = story.connect("eve").join()
    eve.say(Sync(eve.name, story.hub.peer, HERE, data))
    story.settle()
    assert eve.closed is not None
    assert story.store.documents() == []


def test_who_sends_faster_than_it_can_be_stored_is_not_read_from() -> None:
    story = Story(Limits(inbox=2000))
    ada = story.join("ada")
    story.settle()
    ada.write("x" * 30)
    assert Hold(ada.id) in story.effects
    assert Release(ada.id) not in story.effects
    story.settle()
    assert Release(ada.id) in story.effects
    assert len(story.store.load(HERE)) == 30


def test_who_vanishes_in_the_middle_of_an_upload_leaves_what_was_stored() -> None:
    story = Story(Limits(slice=10))
    ada = story.connect("ada").join()
    copy = ada.copies[HERE] = long_copy(100)
    ada.push()
    for _ in range(4):
        story.turn()
        ada.listen()
    while not story.store.documents():
        story.turn()
    ada.vanish()
    story.settle()
    stored = len(story.store.load(HERE))
    assert 0 < stored < 100
    again = story.connect("ada").join()
    again.copies[HERE] = copy
    copy.reconnect()
    again.push()
    story.wait(1)
    assert len(story.store.load(HERE)) == 100
    assert again.in_step()


# What breaks documents


def test_a_change_that_fits_nothing_ends_its_senders_connection_and_no_other() -> None:
    story = Story()
    ada = story.join("ada").write("fine")
    story.wait(1)
    good = change([put("good")])
    bad = change([put("bad", (7, BOB))], deps=[good], seq=2, start_op=2)
    eve = story.connect("eve").join()
    message = SyncMessage(changes=(good.raw, bad.raw))
    eve.say(Sync(eve.name, story.hub.peer, HERE, message.encode()))
    story.wait(1)
    assert eve.closed is not None
    assert eve.closed[0] == 1008
    assert story.hub.counters.refusals == {"change": 1}
    assert ada.is_open()
    assert not story.faults
    stored = {header.hash for header in story.store.load(HERE)}
    assert good.hash in stored
    assert bad.hash not in stored
    assert good.hash in ada.copies[HERE].graph
    ada.write("!")
    story.wait(1)
    assert len(story.store.load(HERE)) == 6
