"""One connection's talk, frame by frame and without a network."""

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.session.link.conversation import (
    LONG_SLICE,
    MANY,
    SLICE,
    Conversation,
    NotARelay,
    Offer,
    Refused,
    Whisper,
)
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.codec import decode, encode
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, DocumentId, PeerId
from sync_server.protocol.messages import (
    DocUnavailable,
    Ephemeral,
    Error,
    Join,
    Leave,
    Peer,
    Request,
    Sync,
)
from sync_server.protocol.sync import SyncMessage, SyncState

CONTRACT = DocumentId(b"c" * 16)
OTHER = DocumentId(b"o" * 16)
ME, RELAY = PeerId("me"), PeerId("relay")


def changes(count: int) -> list[Change]:
    contract = Contract.blank(Actor(b"1" * 16), CONTRACT)
    for _ in range(count - 1):
        contract.splice(INTERESTS, Splice(0, 0, "x"))
    return parse_changes(contract.changes_since())


def conversation(graph: Graph) -> Conversation:
    talk = Conversation(CONTRACT, graph, ME)
    talk.hear(encode(Peer(RELAY, ME)))
    return talk


def sync(message: SyncMessage, document: DocumentId = CONTRACT) -> bytes:
    return encode(Sync(RELAY, ME, document, message.encode()))


def exchange(talk: Conversation, graph: Graph, theirs: Graph) -> None:
    """Let both speak until neither has anything to say."""
    state = SyncState(theirs)
    for _ in range(20):
        quiet = True
        if frame := talk.speak(ack=True):
            quiet = False
            message = decode(frame)
            assert isinstance(message, Sync | Request)
            heard = SyncMessage.decode(message.data)
            state.receive(heard, parse_changes(heard.changes))
        if answer := state.generate():
            quiet = False
            offer = talk.hear(sync(answer))
            assert isinstance(offer, Offer)
            for some in offer.slices():
                graph.add(some)
            talk.accept(offer)
        if quiet:
            return
    raise AssertionError("they never stop talking")


def test_the_first_word_is_a_greeting_and_nothing_is_said_before_the_answer() -> None:
    talk = Conversation(CONTRACT, Graph(), ME)
    join = decode(talk.hello())
    assert isinstance(join, Join)
    assert join.sender_id == ME
    assert talk.speak(ack=True) is None
    assert talk.whisper(b"x") is None
    assert not talk.is_welcome


@pytest.mark.parametrize(
    "frame",
    [encode(Peer(RELAY, ME, "3")), encode(Leave(RELAY)), b"\xff", "text"],
)
def test_an_answer_that_is_none_ends_it(frame: bytes | str) -> None:
    with pytest.raises(NotARelay):
        Conversation(CONTRACT, Graph(), ME).hear(frame)


def test_a_refusal_is_passed_on_at_any_time() -> None:
    with pytest.raises(Refused, match="full"):
        Conversation(CONTRACT, Graph(), ME).hear(encode(Error("full")))
    with pytest.raises(Refused, match="tired"):
        conversation(Graph()).hear(encode(Error("tired")))


def test_whoever_has_nothing_requests_and_whoever_has_something_offers() -> None:
    frame = conversation(Graph()).speak(ack=False)
    assert frame is not None
    assert isinstance(decode(frame), Request)
    full = Graph()
    full.add(changes(2))
    frame = conversation(full).speak(ack=False)
    assert frame is not None
    assert isinstance(decode(frame), Sync)


def test_both_end_with_everything_and_know_it() -> None:
    mine, theirs = Graph(), Graph()
    common = changes(3)
    mine.add(common)
    theirs.add(common[:1])
    talk = conversation(mine)
    exchange(talk, mine, theirs)
    assert mine.heads == theirs.heads == talk.acknowledged
    assert talk.in_step
    assert talk.is_done


def test_nothing_is_known_of_a_relay_that_has_not_spoken() -> None:
    talk = conversation(Graph())
    assert talk.acknowledged is None
    assert not talk.is_done


def test_what_is_about_another_contract_is_passed_over() -> None:
    talk = conversation(Graph())
    assert talk.hear(sync(SyncMessage(), OTHER)) is None
    assert talk.hear(encode(Ephemeral(PeerId("x"), ME, OTHER, "s", 1, b"x"))) is None


def test_that_nothing_is_there_is_noted_only_while_nothing_is_here() -> None:
    graph = Graph()
    talk = conversation(graph)
    said = []
    for here in ([], changes(1)):
        graph.add(here)
        talk.hear(encode(DocUnavailable(RELAY, ME, CONTRACT)))
        said.append(talk.is_unavailable)
    assert said == [True, False]


def test_whispers_are_numbered_and_heard_once() -> None:
    talk = conversation(Graph())
    frames = [talk.whisper(b"a"), talk.whisper(b"b")]
    messages = [decode(frame) for frame in frames if frame]
    assert [m.count for m in messages if isinstance(m, Ephemeral)] == [1, 2]
    ours, other = messages[0], PeerId("other")
    assert talk.hear(encode(ours)) is None
    said = encode(Ephemeral(other, ME, CONTRACT, "s", 5, b"hi"))
    assert talk.hear(said) == Whisper(other, b"hi")
    assert talk.hear(said) is None
    assert talk.hear(encode(Ephemeral(other, ME, CONTRACT, "s", 4, b"old"))) is None
    assert talk.hear(encode(Ephemeral(other, ME, CONTRACT, "t", 1, b"new"))) == Whisper(
        other, b"new"
    )


def test_an_offer_is_read_in_slices_that_grow() -> None:
    many = changes(MANY + LONG_SLICE + 10)
    offer = Offer(SyncMessage(changes=(b"".join(change.raw for change in many),)))
    sizes = [len(some) for some in offer.slices()]
    assert sizes == [SLICE] * (MANY // SLICE) + [LONG_SLICE, 10]
    assert [one.hash for some in offer.slices() for one in some] == [one.hash for one in many]


def test_an_offer_that_breaks_off_is_no_relays() -> None:
    some = b"".join(change.raw for change in changes(3))
    with pytest.raises(NotARelay, match="unreadable"):
        list(Offer(SyncMessage(changes=(some[:-1],))).slices())
    bundle = b"\x85\x6f\x4a\x83" + bytes(4) + b"\x03\x00"
    with pytest.raises(NotARelay, match="unreadable"):
        list(Offer(SyncMessage(changes=(bundle,))).slices())


def test_a_nudge_makes_a_silent_side_speak_again() -> None:
    graph = Graph()
    graph.add(changes(2))
    talk = conversation(graph)
    assert talk.speak(ack=True)
    assert talk.speak(ack=True) is None
    talk.nudge()
    assert talk.speak(ack=True)
    assert isinstance(decode(talk.goodbye()), Leave)
