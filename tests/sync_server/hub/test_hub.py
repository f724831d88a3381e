"""Stories of a relay, told without sockets, disk or clock."""

import cbor2

from sync_server.hub.effects import Close, Send, Store
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import (
    DocUnavailable,
    Error,
    Join,
    Peer,
    Request,
    Sync,
)
from sync_server.storage import MemoryStore
from tests.sync_server.hub.stores import FailingStore
from tests.sync_server.hub.story import HERE, THERE, Story

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
    writer = story.connect("ada").join().leave()
    assert writer.closed == (1000, "")
    assert story.hub.connections == 0


def test_what_was_said_before_goodbye_is_taken_first() -> None:
    story = Story()
    ada, ben = story.join("ada"), story.join("ben")
    ada.write("a")
    story.settle()
    ada.write("b").leave()
    assert ada.is_open()
    story.settle()
    assert ada.closed == (1000, "")
    assert story.hub.connections == 1
    assert ben.text() == "ab"
    assert len(story.store.load(HERE)) == 2


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
