"""What is no message, and in which words it is refused."""

from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.codec import FrameLimits, decode
from sync_server.protocol.errors import BadFrame
from sync_server.protocol.messages import (
    WireMessage,
)
from tests.sync_server.protocol.spellings import (
    CODE,
    CUSTODY,
    EPHEMERAL,
    ERROR,
    JOIN,
    NOTICE,
    ORDER,
    PEER,
    SYNC,
)


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
