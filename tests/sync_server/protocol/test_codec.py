from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.codec import decode, encode
from sync_server.protocol.ids import DocumentId, PeerId, document_url
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
from tests.sync_server.protocol.spellings import (
    ANNA,
    CODE,
    CUSTODY,
    DOCUMENT,
    EPHEMERAL,
    ERROR,
    JOIN,
    NOTICE,
    ORDER,
    PEER,
    RELAY,
    SYNC,
)

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
