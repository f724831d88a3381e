"""Stories of a relay, told without sockets, disk or clock."""

import dataclasses

import cbor2
import pytest

from sync_server.protocol.codec import encode
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import (
    DocUnavailable,
    Ephemeral,
    Error,
    Join,
    Peer,
    Request,
    Sync,
)
from sync_server.protocol.sync import SyncMessage
from sync_server.relay.effects import Close, Hold, Load, Release, Send, Store
from sync_server.relay.limits import Limits
from sync_server.storage import MemoryStore, StorageDamaged, StorageFull
from tests.sync_server.relay.story import HERE, THERE, Story
from tests.sync_server.relay.writing import Copy

# Joining


def test_a_join_is_answered_with_the_relays_lasting_name() -> None:
    store = MemoryStore()
    for _ in range(2):
        writer = Story(store=store).connect("ada").join()
        writer.listen()
        [peer] = writer.heard
        assert isinstance(peer, Peer)
        assert peer.target_id == "ada"
        assert peer.selected_protocol_version == "1"
        assert peer.sender_id == f"relay-{store.identity}"
        assert peer.peer_metadata is not None
        assert peer.peer_metadata.storage_id == store.identity
        assert peer.peer_metadata.is_ephemeral is False


def test_a_second_join_is_answered_again_but_not_under_another_name() -> None:
    story = Story()
    writer = story.connect("ada").join().join()
    writer.listen()
    assert writer.count(Peer) == 2
    writer.say(Join(PeerId("eve")))
    assert writer.closed == (1008, "a second join under another name")


def test_whoever_does_not_join_in_time_is_closed() -> None:
    story = Story()
    late, prompt = story.connect("late"), story.connect("prompt").join()
    story.wait(9.9)
    assert late.is_open()
    story.wait(0.2)
    assert late.closed == (1008, "no join within the time for it")
    assert late.errors == ["no join within the time for it"]
    assert prompt.is_open()


def test_leave_is_answered_by_closing() -> None:
    story = Story()
    writer = story.join("ada").leave()
    assert writer.closed == (1000, "")
    assert story.hub.connections == 0


# Bad input

SYNC = {"type": "sync", "senderId": "eve", "targetId": "r", "data": b"\x42\0\0\0\0"}
DOCUMENT = "4NMNnkMhL8jXrdJ9jamS58PAVdXu"

BAD_FRAMES = {
    "garbage": b"\xff\x00\xff",
    "nothing": b"",
    "no map": cbor2.dumps([1, 2, 3]),
    "unknown type": cbor2.dumps({"type": "shout"}),
    "no type": cbor2.dumps({"senderId": "eve"}),
    "no such id": cbor2.dumps({**SYNC, "documentId": "none"}),
    "mistyped id": cbor2.dumps({**SYNC, "documentId": 7}),
    "mistyped data": cbor2.dumps({**SYNC, "documentId": DOCUMENT, "data": "text"}),
    "no sync message": cbor2.dumps({**SYNC, "documentId": DOCUMENT, "data": b"\x99"}),
    "bad change": cbor2.dumps(
        {**SYNC, "documentId": DOCUMENT, "data": b"\x42\0\0\0\1\x0c" + b"\x85oJ\x83bad change"[:12]}
    ),
    "filter of no bits": cbor2.dumps(
        {**SYNC, "documentId": DOCUMENT, "data": b"\x42\0\0\1\0\4\5\0\7\0\0"}
    ),
    "wrong version": cbor2.dumps(
        {"type": "join", "senderId": "eve", "supportedProtocolVersions": ["2"]}
    ),
    "relay's own message": encode(Peer(PeerId("eve"), PeerId("ada"))),
}


@pytest.mark.parametrize("frame", BAD_FRAMES.values(), ids=BAD_FRAMES.keys())
def test_a_bad_frame_ends_its_connection_with_a_reason_and_no_other(frame: bytes) -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    eve = story.join("eve")
    story.settle()
    eve.send(frame)
    assert eve.closed is not None
    code, reason = eve.closed
    assert code == 1008
    assert reason
    assert eve.errors == [reason]
    ada.write("still here")
    story.settle()
    assert bob.text() == "still here"
    assert ada.is_open()
    assert bob.is_open()
    assert story.hub.connections == 2


def test_a_text_frame_is_refused_as_unsupported_data() -> None:
    eve = Story().connect("eve").send("{}")
    assert eve.closed == (1003, "text frames are not spoken here")


def test_nothing_is_taken_before_join() -> None:
    story = Story()
    eve = story.connect("eve").open()
    assert eve.closed == (1008, "the first message must be join")
    story.settle()
    assert story.hub.documents == 0


def test_a_message_with_one_bad_change_leaves_nothing_behind() -> None:
    story = Story()
    copy = Copy(HERE)
    raws = [change.raw for change in copy.write("twelve chars")]
    raws[7] = raws[7][:-1] + bytes([raws[7][-1] ^ 1])
    data = SyncMessage(changes=tuple(raws)).encode()
    eve = story.connect("eve").join()
    eve.say(Sync(eve.name, story.hub.peer, HERE, data))
    story.settle()
    assert eve.closed == (1008, "checksum does not match")
    assert story.store.documents() == []


def test_of_changes_that_cannot_follow_those_before_them_are_kept() -> None:
    """A writer's second change with the number of its first is refused where it stands."""
    story = Story()
    ada = story.join("ada")
    ada.write("a")
    story.settle()
    fork = Copy(HERE)
    fork.words.set_actor(ada.copies[HERE].words.get_actor())
    other = Copy(HERE).write("c")
    raws = (other[0].raw, fork.write("b")[0].raw)
    eve = story.connect("eve").join()
    eve.say(Sync(eve.name, story.hub.peer, HERE, SyncMessage(changes=raws).encode()))
    story.settle()
    assert eve.closed is not None
    assert eve.closed[0] == 1008
    assert "does not follow" in eve.closed[1]
    assert ada.copies[HERE].graph.heads == tuple(sorted(h.hash for h in story.store.load(HERE)))
    assert ada.is_open()


def test_frames_after_the_end_are_passed_over() -> None:
    story = Story()
    eve = story.connect("eve").join().send(b"\xff")
    frames = len(story.effects)
    eve.send(b"\xff").join()
    assert len(story.effects) == frames


def test_documents_on_one_connection_are_bounded() -> None:
    story = Story(Limits(documents=1))
    eve = story.join("eve").open(THERE)
    story.settle()
    assert eve.closed == (1008, "too many documents on one connection")


# Writing together


def test_what_one_writes_the_others_read() -> None:
    story = Story()
    ada, bob, cyd = (story.join(name) for name in ("ada", "bob", "cyd"))
    story.settle()
    ada.write("hello")
    story.settle()
    bob.write(", all")
    story.settle()
    assert ada.text() == bob.text() == cyd.text() == "hello, all"
    heads = {writer.copies[HERE].graph.heads for writer in (ada, bob, cyd)}
    assert len(heads) == 1


def test_two_who_write_at_once_end_with_the_same_words() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    ada.write("|")
    story.settle()
    for _ in range(20):
        ada.write("a")
        bob.write("b")
    story.settle()
    assert ada.text() == bob.text()
    assert sorted(ada.text()) == sorted("|" + 20 * "ab")


def test_documents_are_kept_apart() -> None:
    story = Story()
    ada, bob = story.join("ada", HERE), story.join("bob", THERE)
    ada.write("here", HERE)
    story.settle()
    assert bob.copies[THERE].text == ""
    assert story.store.documents() == [HERE]


def test_a_newcomer_gets_everything_in_one_message() -> None:
    story = Story()
    ada = story.join("ada")
    ada.write("a word")
    story.settle()
    bob = story.join("bob")
    story.settle()
    assert bob.text() == "a word"
    assert bob.count(Sync) == 1


def test_who_asks_for_an_empty_document_hears_so_and_stays() -> None:
    story = Story()
    bob = story.join("bob")
    story.settle()
    assert bob.count(DocUnavailable) == 1
    assert bob.count(Sync) == 0
    ada = story.join("ada").write("now")
    story.settle()
    assert bob.text() == "now"
    assert ada.is_open()


def test_a_document_outlives_the_relay() -> None:
    first = Story()
    first.join("ada").write("kept")
    first.settle()
    second = Story(store=first.store)
    bob = second.join("bob")
    second.settle()
    assert bob.text() == "kept"


def test_a_long_document_is_loaded_in_slices() -> None:
    limits = Limits(load_slice=10)
    first = Story(limits)
    ada = first.join("ada").write("a document of forty characters and more.")
    first.settle()
    second = Story(limits, first.store)
    bob, eve = second.join("bob"), second.join("eve")
    second.settle()
    assert bob.text() == eve.text() == ada.text()
    loads = [effect.first for effect in second.effects if isinstance(effect, Load)]
    assert loads == [0, 10, 20, 30, 40]


# Guard, store, forward


def test_nothing_is_told_before_it_is_stored() -> None:
    story = Story()
    ada, bob = story.join("ada").write("seed"), story.join("bob")
    story.wait(1)
    story.effects.clear()
    ada.write("x")
    story.settle()
    kinds = [type(effect) for effect in story.effects if isinstance(effect, Store | Send)]
    assert kinds.index(Store) < kinds.index(Send)
    sent = [effect for effect in story.effects if isinstance(effect, Send)]
    assert sent[0].connection == bob.id


def test_frames_that_arrive_together_are_stored_together() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    story.settle()
    story.effects.clear()
    ada.write("abc")
    bob.write("def")
    story.settle()
    stored = [len(effect.changes) for effect in story.effects if isinstance(effect, Store)]
    assert stored == [6]


class FailingStore(MemoryStore):
    """A store on a disk that can be full."""

    full = False
    unreadable = False

    def append(self, batch):  # type: ignore[no-untyped-def]  # as the base class
        if self.full:
            raise StorageFull("there is no room left")
        super().append(batch)

    def load(self, document, first=0, count=-1):  # type: ignore[no-untyped-def]  # as the base class
        if self.unreadable:
            raise StorageDamaged("it is damaged")
        return super().load(document, first, count)


def test_when_storing_fails_nothing_is_told_and_its_documents_are_let_go() -> None:
    store = FailingStore()
    story = Story(store=store)
    ada, bob, cyd = story.join("ada"), story.join("bob"), story.join("cyd", THERE)
    ada.write("kept")
    story.settle()
    store.full = True
    ada.write("!")
    story.settle()
    assert ada.closed == bob.closed == (1011, "the relay cannot store changes now")
    assert ada.errors == ["the relay cannot store changes now"]
    assert bob.text() == "kept"
    assert cyd.is_open()


def test_after_storing_failed_the_document_is_as_the_disk_has_it() -> None:
    store = FailingStore()
    story = Story(store=store)
    ada = story.join("ada").write("kept")
    story.settle()
    store.full = True
    ada.write("!")
    story.settle()
    store.full = False
    bob = story.join("bob")
    story.settle()
    assert bob.text() == "kept"
    again = story.connect("ada").join()
    again.copies = ada.copies
    again.copies[HERE].reconnect()
    again.push()
    story.settle()
    assert bob.text() == "kept!"


def test_a_document_that_cannot_be_read_closes_who_asks_for_it() -> None:
    store = FailingStore()
    story = Story(store=store)
    store.unreadable = True
    ada = story.join("ada")
    story.settle()
    assert ada.closed == (1011, "the relay cannot read the document")
    assert story.hub.documents == 0
    store.unreadable = False
    bob = story.join("bob").write("fine")
    story.settle()
    assert bob.is_open()


def test_a_damaged_document_closes_who_asks_for_it() -> None:
    first = Story()
    first.join("ada").write("abc")
    first.settle()
    assert isinstance(first.store, MemoryStore)
    del first.store._changes[HERE][0]
    second = Story(store=first.store)
    bob = second.join("bob")
    second.settle()
    assert bob.closed == (1011, "the document is damaged")
    assert len(second.faults) == 1


@pytest.mark.parametrize("harm", [{"start_op": "x"}, {"deps": 7}])
def test_a_document_damaged_past_understanding_closes_only_who_asks_for_it(
    harm: dict[str, object],
) -> None:
    first = Story()
    first.join("ada").write("abc")
    first.settle()
    assert isinstance(first.store, MemoryStore)
    changes = first.store._changes[HERE]
    changes[1] = dataclasses.replace(changes[1], **harm)  # type: ignore[arg-type]  # the damage
    second = Story(store=first.store)
    bob, cyd = second.join("bob"), second.join("cyd", THERE)
    second.settle()
    assert bob.closed == (1011, "the document is damaged")
    assert len(second.faults) == 1
    cyd.write("fine", THERE)
    second.settle()
    assert cyd.is_open()


def test_a_defect_while_speaking_lets_only_its_document_go() -> None:
    story = Story()
    ada, bob, cyd = story.join("ada"), story.join("bob"), story.join("cyd", THERE)
    story.settle()
    room = story.hub._shelf.get(HERE)
    assert room is not None
    room.members[bob.id].sync = None  # type: ignore[assignment]  # the defect
    ada.write("x")
    story.settle()
    assert story.faults
    assert ada.closed == bob.closed == (1011, "the relay failed")
    cyd.write("fine", THERE)
    story.settle()
    assert cyd.is_open()
    assert len(story.store.load(THERE)) == 4


def test_a_defect_while_taking_stores_nothing_of_that_document() -> None:
    story = Story()
    ada, cyd = story.join("ada"), story.join("cyd", THERE)
    story.settle()
    room = story.hub._shelf.get(HERE)
    assert room is not None
    room.members[ada.id].sync = None  # type: ignore[assignment]  # the defect
    ada.write("x")
    cyd.write("y", THERE)
    story.settle()
    assert ada.closed == (1011, "the relay failed")
    assert story.store.documents() == [THERE]
    assert cyd.is_open()


# Large uploads


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


# Acknowledging, nudging


def test_an_acknowledgement_waits_a_moment_for_more() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    ada.write("x")
    story.wait(1)
    before = ada.count(Sync)
    ada.write("y")
    story.settle()
    assert bob.text() == "xy"
    story.wait(0.049)
    assert ada.in_step() is False
    story.wait(0.002)
    assert ada.in_step() is True
    assert ada.count(Sync) == before + 1


def test_quick_typing_is_acknowledged_once() -> None:
    story = Story()
    ada = story.join("ada")
    ada.write("x")
    story.wait(1)
    before = ada.count(Sync)
    ada.write("quick")
    story.wait(1)
    assert ada.count(Sync) == before + 1
    assert ada.in_step()


def test_a_message_that_says_nothing_new_waits_for_company() -> None:
    story = Story()
    ada, bob = story.join("ada").write("x"), story.join("bob")
    story.wait(1)
    ada.write("y")
    story.turn()
    bob.listen()
    assert not story.hub.busy
    assert story.hub.wake_at is not None
    assert story.hub.wake_at <= story.now + 0.2
    bob.write("z")
    story.settle()
    assert ada.text() == "xyz"
    story.wait(1)
    assert ada.in_step()
    assert bob.in_step()


def test_who_types_on_is_acknowledged_now_and_then() -> None:
    story = Story()
    ada = story.join("ada")
    ada.write("x")
    story.wait(1)
    before = ada.count(Sync)
    for _ in range(20):
        ada.write("y")
        story.wait(0.05)
    assert 3 <= ada.count(Sync) - before <= 5
    story.wait(0.25)
    assert ada.in_step()


def test_a_peer_that_lost_a_message_is_nudged_until_it_is_in_step() -> None:
    story = Story()
    ada, bob = story.join("ada").write("a"), story.join("bob")
    story.wait(1)
    ada.write("b")
    story.turn()
    bob.frames.clear()
    story.settle()
    assert bob.text() == "a"
    story.wait(30)
    assert bob.copies[HERE].text == "ab"


def test_a_silent_peer_is_nudged_ever_more_rarely() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    story.settle()
    bob.silent = True
    ada.write("x")
    story.wait(3600)
    hour = len(bob.frames)
    assert 10 < hour < 80


def test_nobody_in_step_is_spoken_to() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    ada.write("x")
    story.wait(10)
    frames = ada.count(Sync) + bob.count(Sync)
    story.wait(3600)
    assert ada.count(Sync) + bob.count(Sync) == frames
    assert story.hub.wake_at is None


# Slow readers


def test_a_slow_reader_is_left_alone_and_catches_up_with_one_message() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    story.settle()
    story.hub.paused(bob.id)
    ada.write("twenty characters ok")
    story.wait(60)
    before = bob.count(Sync)
    assert bob.text() == ""
    story.hub.resumed(bob.id, story.now)
    story.settle()
    assert bob.text() == "twenty characters ok"
    assert bob.count(Sync) == before + 1


def test_a_slow_reader_of_a_whole_document_is_sent_it_once() -> None:
    story = Story()
    story.join("ada").write("words")
    story.settle()
    bob = story.connect("bob").join()
    bob.silent = True
    bob.open()
    story.settle()
    story.hub.paused(bob.id)
    sent = len(bob.frames)
    story.wait(30)
    story.hub.resumed(bob.id, story.now)
    story.wait(2.9)
    assert len(bob.frames) == sent
    story.wait(3)
    assert len(bob.frames) == sent + 1
    bob.silent = False
    story.settle()
    assert bob.text() == "words"


# Presence


def test_presence_reaches_the_others_of_the_room_at_once_and_is_not_kept() -> None:
    story = Story()
    ada, bob, cyd = story.join("ada"), story.join("bob"), story.join("cyd", THERE)
    story.settle()
    ada.look(1)
    for writer in (ada, bob, cyd):
        writer.listen()
    [ephemeral] = [message for message in bob.heard if isinstance(message, Ephemeral)]
    assert (ephemeral.sender_id, ephemeral.target_id, ephemeral.data) == ("ada", "bob", b"here")
    assert ada.count(Ephemeral) == cyd.count(Ephemeral) == 0
    assert story.store.documents() == []
    sends = [effect for effect in story.effects if isinstance(effect, Send) and effect.droppable]
    assert [send.connection for send in sends] == [bob.id]


def test_presence_is_forwarded_under_the_senders_own_id_only() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    story.settle()
    ada.look(1, sender="bob").look(2, sender="cyd")
    story.settle()
    assert bob.count(Ephemeral) == 0
    assert ada.is_open()


def test_presence_heard_twice_is_forwarded_once() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    story.settle()
    ada.look(1).look(1).look(2).look(1).look(1, session="another")
    story.settle()
    assert bob.count(Ephemeral) == 3


def test_presence_in_a_room_one_is_not_in_goes_nowhere() -> None:
    story = Story()
    eve, bob = story.connect("eve").join(), story.join("bob")
    story.settle()
    eve.look(1)
    story.settle()
    assert bob.count(Ephemeral) == 0
    assert eve.is_open()


# Forgetting and compacting


def test_a_document_that_nobody_has_open_is_forgotten_after_a_while() -> None:
    story = Story()
    ada = story.join("ada").write("x")
    story.wait(120)
    assert story.hub.documents == 1
    ada.vanish()
    story.wait(59)
    assert story.hub.documents == 1
    story.wait(2)
    assert story.hub.documents == 0
    assert story.hub.wake_at is None
    bob = story.join("bob")
    story.settle()
    assert bob.text() == "x"


def test_a_document_that_is_opened_again_in_time_stays() -> None:
    story = Story()
    ada = story.join("ada").write("x")
    story.settle()
    ada.vanish()
    story.wait(50)
    bob = story.join("bob")
    story.wait(50)
    bob.vanish()
    story.wait(50)
    assert story.hub.documents == 1
    story.wait(20)
    assert story.hub.documents == 0


def test_a_document_whose_only_asker_was_refused_is_forgotten_too() -> None:
    story = Story()
    eve = story.join("eve").send(b"\xff")
    assert eve.closed is not None
    story.wait(120)
    assert story.hub.documents == 0


def test_a_quiet_document_is_compacted_once() -> None:
    story = Story(Limits(quiet_tail=1000))
    ada = story.join("ada").write("a few words that make more than 1000 bytes")
    story.wait(9)
    assert story.compacts == []
    story.wait(2)
    [compact] = story.compacts
    assert compact.document == HERE
    assert compact.covers == len(story.store.load(HERE))
    assert compact.heads == ada.copies[HERE].graph.heads
    story.wait(60)
    assert len(story.compacts) == 1


def test_a_growing_document_is_compacted_while_people_write() -> None:
    story = Story(Limits(busy_tail=2000))
    ada = story.join("ada")
    for _ in range(40):
        ada.write("word ")
        story.settle()
    assert story.compacts
    story.hub.compacted(HERE, None)
    before = len(story.compacts)
    ada.write("x")
    story.settle()
    assert len(story.compacts) == before, "a failed try is not repeated at once"


def test_errors_and_news_from_a_peer_are_passed_over() -> None:
    story = Story()
    ada = story.join("ada")
    ada.say(Error("no")).say(DocUnavailable(ada.name, story.hub.peer, HERE))
    ada.send(cbor2.dumps({"type": "remote-heads-changed", "senderId": "ada"}))
    story.settle()
    assert ada.is_open()


def test_every_close_is_the_last_thing_said_to_its_connection() -> None:
    story = Story()
    eve = story.join("eve").send(b"\xff")
    ada = story.join("ada").write("x")
    story.settle()
    ada.say(Request(ada.name, story.hub.peer, HERE, b"\x42"))
    mine = [e for e in story.effects if isinstance(e, Send | Close) and e.connection == eve.id]
    assert isinstance(mine[-1], Close)
    assert ada.closed is not None
