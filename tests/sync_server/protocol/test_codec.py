from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.codec import FrameLimits, decode, encode
from sync_server.protocol.errors import BadFrame
from sync_server.protocol.ids import DocumentId, PeerId, document_url, format_document_id
from sync_server.protocol.messages import (
    Code,
    Custody,
    DocUnavailable,
    Ephemeral,
    Error,
    Gossip,
    Join,
    Leave,
    Notice,
    Order,
    Peer,
    PeerMetadata,
    Request,
    Sync,
    WireMessage,
)

ANNA, RELAY = PeerId("anna"), PeerId("relay")
DOCUMENT = DocumentId(bytes(range(16)))

PEERS = st.text(min_size=1, max_size=256).map(PeerId)
DOCUMENTS = st.binary(min_size=16, max_size=16).map(DocumentId)
METADATA = st.none() | st.builds(
    PeerMetadata,
    st.none() | st.text(min_size=1, max_size=20),
    st.none() | st.booleans(),
    st.none() | st.integers(0, 9),
)
TOKENS = st.text(max_size=40)
NUMBERS = st.integers(0, 2**53 - 1)
VERSIONS = st.lists(st.text(), min_size=1, max_size=16).map(tuple)
MESSAGES: st.SearchStrategy[WireMessage] = st.one_of(
    st.builds(Join, PEERS, VERSIONS, METADATA),
    st.builds(Peer, PEERS, PEERS, st.just("1"), METADATA),
    st.builds(Sync, PEERS, PEERS, DOCUMENTS, st.binary()),
    st.builds(Request, PEERS, PEERS, DOCUMENTS, st.binary()),
    st.builds(
        Ephemeral,
        PEERS,
        PEERS,
        DOCUMENTS,
        st.text(min_size=1, max_size=20),
        st.integers(0, 2**53 - 1),
        st.binary(),
    ),
    st.builds(DocUnavailable, PEERS, PEERS, DOCUMENTS),
    st.builds(Leave, PEERS),
    st.builds(Error, st.text(max_size=1000), st.none() | PEERS, st.none() | PEERS),
    st.builds(
        Custody,
        PEERS,
        PEERS,
        DOCUMENTS,
        st.lists(TOKENS, max_size=4).map(tuple),
        st.lists(st.binary(max_size=200), max_size=4).map(tuple),
        st.none() | TOKENS,
    ),
    st.builds(
        Notice,
        PEERS,
        PEERS,
        DOCUMENTS,
        st.text(min_size=1, max_size=20),
        st.dictionaries(st.text(max_size=9), TOKENS | NUMBERS, max_size=4),
    ),
    st.builds(Order, PEERS, PEERS, DOCUMENTS, TOKENS),
    st.builds(Code, PEERS, PEERS, DOCUMENTS, TOKENS, NUMBERS, TOKENS, NUMBERS),
)


@given(MESSAGES)
def test_a_message_survives_the_wire(message: WireMessage) -> None:
    assert decode(encode(message)) == message


# As JavaScript spells them: automerge-repo 2.5.6, packages/automerge-repo-network-websocket


JOIN: dict[str, Any] = {
    "type": "join",
    "senderId": "anna",
    "peerMetadata": {"storageId": "3f1c", "isEphemeral": False},
    "supportedProtocolVersions": ["1"],
}
PEER: dict[str, Any] = {
    "type": "peer",
    "senderId": "relay",
    "targetId": "anna",
    "peerMetadata": {"isEphemeral": False},
    "selectedProtocolVersion": "1",
}
SYNC: dict[str, Any] = {
    "type": "sync",
    "senderId": "anna",
    "targetId": "relay",
    "documentId": format_document_id(DOCUMENT),
    "data": b"\x42\x00\x00\x00\x00",
}
EPHEMERAL: dict[str, Any] = {**SYNC, "type": "ephemeral", "sessionId": "s1", "count": 3}
CUSTODY: dict[str, Any] = {
    **{name: value for name, value in SYNC.items() if name != "data"},
    "type": "custody",
    "proofs": ["a~b", "c~d"],
    "seals": [bytes(144)],
    "revocations": "e",
}
ABOUT = {name: CUSTODY[name] for name in ("senderId", "targetId", "documentId")}
NOTICE: dict[str, Any] = {**ABOUT, "type": "notice", "kind": "withheld", "fields": {"count": 3}}
ORDER: dict[str, Any] = {**ABOUT, "type": "order", "token": "f"}
CODE: dict[str, Any] = {
    **ABOUT,
    "type": "code",
    "invitation": "g",
    "lifetime": 60,
    "code": "",
    "expires": 0,
}
ERROR: dict[str, Any] = {"type": "error", "senderId": "relay", "message": "no", "targetId": "anna"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (JOIN, Join(ANNA, ("1",), PeerMetadata("3f1c", is_ephemeral=False))),
        (PEER, Peer(RELAY, ANNA, "1", PeerMetadata(None, is_ephemeral=False))),
        (SYNC, Sync(ANNA, RELAY, DOCUMENT, b"\x42\x00\x00\x00\x00")),
        ({**SYNC, "type": "request"}, Request(ANNA, RELAY, DOCUMENT, b"\x42\x00\x00\x00\x00")),
        (EPHEMERAL, Ephemeral(ANNA, RELAY, DOCUMENT, "s1", 3, b"\x42\x00\x00\x00\x00")),
        (ERROR, Error("no", RELAY, ANNA)),
        (CUSTODY, Custody(ANNA, RELAY, DOCUMENT, ("a~b", "c~d"), (bytes(144),), "e")),
        (
            {**CUSTODY, "vouchers": ["f", "g"]},
            Custody(ANNA, RELAY, DOCUMENT, ("a~b", "c~d"), (bytes(144),), "e", ("f", "g")),
        ),
        (NOTICE, Notice(ANNA, RELAY, DOCUMENT, "withheld", {"count": 3})),
        (ORDER, Order(ANNA, RELAY, DOCUMENT, "f")),
        (CODE, Code(ANNA, RELAY, DOCUMENT, "g", 60)),
        ({"type": "leave", "senderId": "anna"}, Leave(ANNA)),
        (
            {"type": "doc-unavailable", **{name: SYNC[name] for name in SYNC if name != "type"}},
            DocUnavailable(ANNA, RELAY, DOCUMENT),
        ),
    ],
    ids=lambda case: case["type"] if isinstance(case, dict) else "",
)
def test_messages_are_spelt_as_in_javascript(fields: dict[str, Any], message: WireMessage) -> None:
    assert decode(cbor2.dumps(fields)) == message
    written = cbor2.loads(encode(message))
    assert {name: fields[name] for name in written} == written


@pytest.mark.parametrize("kind", ["remote-subscription-change", "remote-heads-changed"])
def test_gossip_is_understood_and_never_sent(kind: str) -> None:
    message = decode(cbor2.dumps({"type": kind, "senderId": "anna", "add": ["x"]}))
    assert message == Gossip(ANNA)
    with pytest.raises(ValueError, match="only ever received"):
        encode(message)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({**JOIN, "peerMetadata": cbor2.undefined}, Join(ANNA, ("1",))),
        ({**JOIN, "peerMetadata": None}, Join(ANNA, ("1",))),
        (
            {**JOIN, "peerMetadata": {"storageId": cbor2.undefined}},
            Join(ANNA, ("1",), PeerMetadata()),
        ),
        ({"type": "join", "senderId": "anna"}, Join(ANNA, ("1",))),
        (
            {"type": "join", "senderId": "anna", "supportedProtocolVersions": "1"},
            Join(ANNA, ("1",)),
        ),
        ({**ERROR, "senderId": cbor2.undefined, "targetId": None}, Error("no")),
        ({**ERROR, "message": "x" * 5000}, Error("x" * 1000, RELAY, ANNA)),
        ({**SYNC, "documentId": document_url(DOCUMENT)}, decode(cbor2.dumps(SYNC))),
        ({**SYNC, "invented": [1, {"a": 2}]}, decode(cbor2.dumps(SYNC))),
        (
            {**JOIN, "peerMetadata": {"learningContract": 1}},
            Join(ANNA, ("1",), PeerMetadata(learning_contract=1)),
        ),
        (
            {**CUSTODY, "proofs": [], "seals": [], "revocations": cbor2.undefined},
            Custody(ANNA, RELAY, DOCUMENT),
        ),
        (
            {**CUSTODY, "proofs": [], "seals": [], "revocations": None, "vouchers": None},
            Custody(ANNA, RELAY, DOCUMENT),
        ),
        (
            {**NOTICE, "fields": {"reason": "x" * 2000, "at": 4294967296.0}},
            Notice(ANNA, RELAY, DOCUMENT, "withheld", {"reason": "x" * 1000, "at": 1 << 32}),
        ),
        ({**EPHEMERAL, "count": 4294967296.0}, None),
    ],
)
def test_spellings_that_peers_use_are_understood(
    fields: dict[str, Any], message: WireMessage | None
) -> None:
    read = decode(cbor2.dumps(fields))
    if message is None:
        assert isinstance(read, Ephemeral)
        assert type(read.count) is int
        assert read.count == 1 << 32
    else:
        assert read == message


# What is refused


def without(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {each: value for each, value in fields.items() if each != name}


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def reason(frame: bytes | str) -> str:
    with pytest.raises(BadFrame) as caught:
        decode(frame)
    assert isinstance(caught.value, ValueError)
    return str(caught.value)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ("{}", "a text frame, where binary frames are spoken"),
        (b"", "a frame that is not plain CBOR"),
        (b"\xff\xff", "a frame that is not plain CBOR"),
        (cbor2.dumps(SYNC)[:-1], "a frame that is not plain CBOR"),
        (b"\xa2\x61a\x01\x61a\x02", "a frame that is not plain CBOR"),
        (b"\xa1\x01\x02", "a frame that is not plain CBOR"),
        (b"\x5b" + b"\xff" * 8, "a frame that is not plain CBOR"),
        (b"\x9b" + b"\xff" * 8, "a frame that is not plain CBOR"),
        (b"\x81" * 1_000, "a frame that is not plain CBOR"),
        (cbor2.dumps({"type": "leave", "deep": nested(8)}), "a frame that is not plain CBOR"),
        (cbor2.dumps(SYNC) + b"\x00", "bytes after the end of the message"),
        (cbor2.dumps([1]), "a message that is not a map"),
        (cbor2.dumps(None), "a message that is not a map"),
    ],
)
def test_what_is_no_map_is_refused(frame: bytes | str, expected: str) -> None:
    assert reason(frame) == expected


@pytest.mark.parametrize(
    "tagged",
    [
        "c2420100",  # a large integer
        "c482016101",  # a decimal fraction
        "c06a323032302d30312d3031",  # a date
        "d8236128",  # a regular expression
        "d82440",  # a mail message
        "d81c81d81d00",  # a list that contains itself
        "d9010281d81d00",  # a set
        "d9d9f7a0",  # "this is CBOR"
        "d84da0",  # nothing that anybody knows
    ],
)
def test_no_tag_is_ever_interpreted(tagged: str) -> None:
    frame = b"\xa2\x64type\x65leave\x61x" + bytes.fromhex(tagged)
    assert reason(frame) == "a frame that is not plain CBOR"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "type is missing"),
        ({"type": 1}, "type must be text"),
        ({"type": "jo\nin"}, "unknown message type 'jo\\nin'"),
        ({"type": "x" * 100}, "unknown message type '" + "x" * 40 + "'"),
        (without(JOIN, "senderId"), "senderId is missing"),
        ({**JOIN, "senderId": b"anna"}, "senderId must be text"),
        ({**JOIN, "senderId": ""}, "senderId must have 1 to 256 characters"),
        ({**JOIN, "senderId": "x" * 257}, "senderId must have 1 to 256 characters"),
        (
            {**JOIN, "supportedProtocolVersions": []},
            "supportedProtocolVersions is empty or too long",
        ),
        (
            {**JOIN, "supportedProtocolVersions": ["1"] * 17},
            "supportedProtocolVersions is empty or too long",
        ),
        ({**JOIN, "supportedProtocolVersions": [1]}, "supportedProtocolVersions must be texts"),
        ({**JOIN, "supportedProtocolVersions": 1}, "supportedProtocolVersions must be texts"),
        ({**JOIN, "peerMetadata": 5}, "peerMetadata must be a map"),
        ({**JOIN, "peerMetadata": {"storageId": 5}}, "storageId must be text"),
        ({**JOIN, "peerMetadata": {"isEphemeral": 0}}, "isEphemeral must be true or false"),
        (without(PEER, "selectedProtocolVersion"), "selectedProtocolVersion is missing"),
        (without(SYNC, "targetId"), "targetId is missing"),
        (without(SYNC, "documentId"), "documentId is missing"),
        ({**SYNC, "documentId": "abc"}, "documentId is none: a document id is misspelt"),
        ({**SYNC, "documentId": b"abc"}, "documentId must be text"),
        (without(SYNC, "data"), "data is missing"),
        ({**SYNC, "data": [66]}, "data must be bytes"),
        ({**SYNC, "type": "request", "data": "B"}, "data must be bytes"),
        (without(EPHEMERAL, "count"), "count is missing"),
        ({**EPHEMERAL, "count": True}, "count must be a number"),
        ({**EPHEMERAL, "count": 1.5}, "count must be a number"),
        ({**EPHEMERAL, "count": float("inf")}, "count must be a number"),
        ({**EPHEMERAL, "count": -1}, "count is out of range"),
        ({**EPHEMERAL, "count": 2**53}, "count is out of range"),
        (without(EPHEMERAL, "sessionId"), "sessionId is missing"),
        ({**EPHEMERAL, "data": bytes(300_000)}, "data of 300000 bytes, at most 262144"),
        ({**JOIN, "peerMetadata": {"learningContract": "1"}}, "learningContract must be a number"),
        (without(CUSTODY, "proofs"), "proofs is missing"),
        ({**CUSTODY, "proofs": "a"}, "proofs must be a list"),
        ({**CUSTODY, "proofs": ["a", b"b"]}, "proofs must be a list of texts"),
        ({**CUSTODY, "proofs": ["a"] * 65}, "proofs of length 65, at most 64"),
        ({**CUSTODY, "proofs": ["a" * 20_001]}, "proofs of length 20001, at most 20000"),
        (without(CUSTODY, "seals"), "seals is missing"),
        ({**CUSTODY, "seals": ["a"]}, "seals must be a list of bytes"),
        ({**CUSTODY, "seals": [b""] * 257}, "seals of length 257, at most 256"),
        ({**CUSTODY, "seals": [bytes(257)]}, "seals of length 257, at most 256"),
        ({**CUSTODY, "revocations": 1}, "revocations must be text"),
        ({**CUSTODY, "revocations": "a" * 65_537}, "revocations of length 65537, at most 65536"),
        ({**NOTICE, "kind": ""}, "kind must have 1 to 256 characters"),
        ({**NOTICE, "fields": [1]}, "fields must be a map"),
        ({**NOTICE, "fields": {str(n): n for n in range(17)}}, "fields of length 17, at most 16"),
        ({**NOTICE, "fields": {"count": b"3"}}, "count must be a number"),
        ({**ORDER, "token": "a" * 20_001}, "token of length 20001, at most 20000"),
        (without(CODE, "invitation"), "invitation is missing"),
        ({**CODE, "lifetime": -1}, "lifetime is out of range"),
        ({"type": "error"}, "message is missing"),
        ({"type": "leave"}, "senderId is missing"),
    ],
)
def test_a_message_with_a_wrong_field_is_refused(fields: dict[str, Any], expected: str) -> None:
    assert reason(cbor2.dumps(fields)) == expected


def test_a_frame_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(BadFrame, match="a frame of 11 bytes, at most 10"):
        decode(bytes(11), FrameLimits(frame=10))


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | st.just(cbor2.undefined),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
SHAPES = [JOIN, PEER, SYNC, EPHEMERAL, ERROR, CUSTODY, NOTICE, ORDER, CODE]
FIELDS = [name for shape in SHAPES for name in shape]


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A message with some fields replaced by anything."""
    fields = dict(draw(st.sampled_from(SHAPES)))
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=3)):
        fields[name] = draw(ANYTHING)
    return fields


def accepts_or_refuses(frame: bytes) -> None:
    try:
        message = decode(frame)
    except BadFrame as error:
        words = str(error)
        assert words
        assert words.isprintable()
    else:
        assert isinstance(message, WireMessage)


@given(st.binary(max_size=100))
def test_any_bytes_are_a_message_or_refused(frame: bytes) -> None:
    accepts_or_refuses(frame)


@given(ANYTHING | spoilt())
def test_any_structure_is_a_message_or_refused(structure: Any) -> None:
    accepts_or_refuses(cbor2.dumps(structure))


@given(spoilt(), st.integers(0, 300), st.binary(min_size=1, max_size=4))
def test_any_damage_is_a_message_or_refused(fields: dict[str, Any], at: int, damage: bytes) -> None:
    frame = cbor2.dumps(fields)
    accepts_or_refuses(frame[:at] + damage + frame[at + len(damage) :])
