"""Stories of who is told what, and when."""

import pytest

from sync_server.hub.effects import Send
from sync_server.protocol.codec import decode
from sync_server.protocol.messages import (
    Ephemeral,
    Sync,
)
from sync_server.protocol.sync import Have, SyncMessage, SyncState
from tests.sync_server.hub.story import HERE, THERE, Story, Writer

# Long answers


@pytest.fixture
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SyncState, "STEP", 20)


def ask_for_everything(story: Story, name: str) -> Writer:
    writer = story.connect(name).join()
    writer.silent = True
    data = SyncMessage(have=(Have(()),)).encode()
    return writer.say(Sync(writer.name, story.hub.peer, HERE, data))


@pytest.mark.usefixtures("_small_steps")
def test_what_takes_long_to_answer_keeps_nobody_waiting() -> None:
    story = Story()
    ada = story.join("ada").write("x" * 60)
    bob = story.join("bob")
    story.wait(1)
    eve = ask_for_everything(story, "eve")
    story.turn()
    before = len(eve.frames)
    ada.write("y")
    story.turn()
    bob.listen()
    assert bob.text() == "x" * 60 + "y"
    assert len(eve.frames) == before
    story.settle()
    assert len(eve.frames) == before + 1
    answer = decode(eve.frames[-1])
    assert isinstance(answer, Sync)
    assert len(SyncMessage.decode(answer.data).changes) == len(ada.copies[HERE].graph)


@pytest.mark.usefixtures("_small_steps")
def test_those_who_ask_for_much_are_answered_in_turns() -> None:
    story = Story()
    story.join("ada").write("x" * 50)
    story.wait(1)
    many = [ask_for_everything(story, name) for name in ("bob", "cyd", "dan", "eve")]
    before = [len(writer.frames) for writer in many]
    story.turn()
    turns = 0
    while story.hub.busy:
        story.turn()
        turns += 1
        assert sum(len(writer.frames) for writer in many) <= sum(before) + turns
    assert [len(writer.frames) for writer in many] == [count + 1 for count in before]


@pytest.mark.usefixtures("_small_steps")
def test_who_leaves_before_the_answer_is_worked_out_is_forgotten() -> None:
    story = Story()
    story.join("ada").write("x" * 50)
    story.wait(1)
    eve = ask_for_everything(story, "eve")
    story.turn()
    assert story.hub.busy
    eve.vanish()
    story.turn()
    assert not story.hub.busy


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


def test_a_message_that_says_nothing_new_takes_no_turn() -> None:
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
