"""What a relay refuses of a connection, and that it costs nobody else anything."""

import cbor2
import pytest

from sync_server.hub.limits import Limits
from sync_server.protocol.codec import encode
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import (
    Peer,
    Sync,
)
from sync_server.protocol.sync import SyncMessage
from tests.sync_server.hub.story import HERE, THERE, Story
from tests.sync_server.hub.writing import Copy

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
