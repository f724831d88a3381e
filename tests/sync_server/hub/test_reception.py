"""Frames as they come in, the first sync message of a connection and those after it."""

import cbor2
import pytest

from sync_server.hub.effects import Close, ConnectionId
from sync_server.hub.hub import Hub
from sync_server.protocol.codec import FrameLimits, encode
from sync_server.protocol.ids import PeerId, format_document_id
from sync_server.protocol.messages import Join, Sync
from sync_server.protocol.sync import SyncMessage
from sync_server.storage import MemoryStore
from tests.sync_server.hub.story import HERE, THERE, Story
from tests.sync_server.hub.writing import Copy

ADA = PeerId("ada")


def test_what_comes_in_the_envelope_of_the_first_message_is_taken_as_that_was() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    story.settle()
    ada.write("one two three")
    story.settle()
    assert bob.text() == "one two three"
    assert bob.in_step()


def test_another_envelope_on_the_same_connection_is_looked_at_by_itself() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob", THERE)
    ada.open(THERE).write("here", HERE).write("there", THERE).write(" too", HERE)
    story.settle()
    assert ada.text(HERE) == "here too"
    assert bob.text(THERE) == "there"


def test_a_program_that_orders_the_fields_otherwise_is_understood() -> None:
    story = Story()
    ada, bob = story.join("ada"), story.join("bob")
    story.settle()
    for letter in "abc":
        ada.copies[HERE].write(letter)
        data = ada.copies[HERE].generate()
        fields = {
            "data": data,
            "documentId": format_document_id(HERE),
            "targetId": story.hub.peer,
            "senderId": "ada",
            "type": "sync",
        }
        ada.send(cbor2.dumps(fields))
        story.settle()
    assert bob.text() == "abc"


@pytest.mark.parametrize("data", [bytes(60), b"\x42" + b"\xff" * 60])
def test_what_is_no_sync_message_is_refused_in_a_known_envelope_too(data: bytes) -> None:
    story = Story()
    ada = story.join("ada")
    ada.write("x")
    story.settle()
    ada.say(Sync(ada.name, story.hub.peer, HERE, data))
    assert ada.closed is not None
    assert ada.errors


def test_a_frame_beyond_the_limit_is_refused_in_a_known_envelope_too() -> None:
    store = MemoryStore()
    hub = Hub(store.identity, store.raws, frames=FrameLimits(frame=400))
    ada, copy = ConnectionId(1), Copy(HERE)
    hub.connected(ada, 0)
    hub.receive(ada, encode(Join(ADA)), 0)
    first = copy.generate()
    assert first is not None
    assert not hub.receive(ada, encode(Sync(ADA, hub.peer, HERE, first)), 0)
    [change] = copy.paste("long " * 100)
    data = SyncMessage((change.hash,), changes=(change.raw + bytes(300),)).encode()
    [_, closed] = hub.receive(ada, encode(Sync(ADA, hub.peer, HERE, data)), 0)
    assert isinstance(closed, Close)
    assert closed.reason.endswith("at most 400")
