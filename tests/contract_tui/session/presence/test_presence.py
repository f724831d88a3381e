import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.conference.timing import Told
from contract_tui.contract.schema import PartId
from contract_tui.session.presence.presence import (
    EXPIRY,
    LONGEST,
    MOST_PEERS,
    BadPresence,
    Presences,
    Together,
    Whereabouts,
    decode,
    encode,
)
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import PeerId
from sync_server.protocol.operations import ElementId

HEIDI = SeatId("0011223344556677")
elements = st.none() | st.builds(
    ElementId, st.integers(1, 2**31), st.binary(min_size=1, max_size=64)
)
somewhere = st.builds(
    Whereabouts,
    st.just(HEIDI),
    st.none() | st.builds(PartId, st.text(max_size=40)),
    elements,
    elements,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.builds(
        Together,
        st.sampled_from(["", "1:ab"]),
        st.integers(0, 99),
        st.integers(0, 9_999),
        st.none() | st.builds(Told, st.just("1:ab"), st.floats(0, 1e6), st.booleans()),
    ),
)


@given(somewhere)
def test_what_is_said_is_heard(whereabouts: Whereabouts) -> None:
    assert decode(encode(whereabouts)) == whereabouts


def test_the_payload_is_what_other_programs_expect() -> None:
    caret = ElementId(7, bytes.fromhex("ab" * 16))
    said = cbor2.loads(encode(Whereabouts(HEIDI, PartId("interests"), None, caret, True)))
    assert said == {
        "type": "contract-presence/1",
        "seat": HEIDI,
        "part": "interests",
        "anchor": None,
        "head": "7@" + "ab" * 16,
        "typing": True,
    }


def test_looking_back_is_said_only_while_it_lasts() -> None:
    said = cbor2.loads(encode(Whereabouts(HEIDI, looking_back=True)))
    assert said["looking_back"] is True
    assert "looking_back" not in cbor2.loads(encode(Whereabouts(HEIDI)))


def test_what_is_said_in_a_conference_is_what_other_programs_expect() -> None:
    together = Together("1:ab", 2, 30, Told("1:ab", 12.5, knows=False))
    said = cbor2.loads(encode(Whereabouts(HEIDI, together=together)))
    time = ["1:ab", 12.5, False]
    assert said["together"] == {"asks": "1:ab", "leads": 2, "line": 30, "time": time}
    assert "together" not in cbor2.loads(encode(Whereabouts(HEIDI)))


def test_who_hosts_and_who_stands_by_is_said_only_where_there_is_somebody() -> None:
    together = Together(on=HEIDI, stands_by="ab" * 8, at="ws://192.0.2.7:3030/room")
    said = encode(Whereabouts(HEIDI, together=together))
    assert cbor2.loads(said)["together"]["on"] == HEIDI
    assert (
        "on" not in cbor2.loads(encode(Whereabouts(HEIDI, together=Together("1:ab"))))["together"]
    )
    assert decode(said).together == together


@pytest.mark.parametrize(
    "together",
    [
        7,
        [],
        {"asks": 7, "leads": -1, "line": "x", "time": 5},
        {"leads": True, "line": 2**40, "time": ["1:ab"]},
        {"time": ["1:ab", "soon", True]},
        {"time": ["1:ab", -1, True]},
        {"time": ["1:ab", float("nan"), True]},
        {"time": ["1:ab", 2**40, True]},
        {"time": [7, 7, True]},
        {"time": ["1:ab", 7, 1]},
        {"on": 5, "stands_by": "somebody", "at": 5},
        {"at": "http://192.0.2.7/room"},
        {"at": "ws://192.0.2.7:3030/elsewhere"},
        {"at": f"ws://{'a' * 100}/room"},
        {"at": "ws://\u202e192.0.2.7/room"},
    ],
)
def test_what_cannot_be_said_in_a_conference_counts_as_not_said(together: object) -> None:
    assert decode(cbor2.dumps({**GOOD, "together": together})).together == Together()


GOOD = {"type": "contract-presence/1", "seat": HEIDI}


@pytest.mark.parametrize(
    "fields",
    [
        None,
        7,
        [],
        {},
        {"type": "something-else", "seat": HEIDI},
        {"type": "contract-presence/1"},
        {"type": "contract-presence/1", "seat": 5},
        {**GOOD, "head": 5},
        {**GOOD, "head": "7"},
        {**GOOD, "head": "@ab"},
        {**GOOD, "head": "x@ab"},
        {**GOOD, "head": "7@xyz"},
        {**GOOD, "head": "0@ab"},
        {**GOOD, "anchor": "7@"},
        {**GOOD, "anchor": "7@" + "ab" * 65},
        {**GOOD, "part": "x" * LONGEST},
    ],
)
def test_what_is_no_presence_is_refused(fields: object) -> None:
    with pytest.raises(BadPresence):
        decode(cbor2.dumps(fields))


@given(st.binary(max_size=60))
def test_arbitrary_bytes_do_no_worse(data: bytes) -> None:
    with pytest.raises(BadPresence):
        decode(data)


def test_odd_values_beside_the_seat_are_read_as_nothing() -> None:
    odd = {**GOOD, "part": 3, "typing": "yes", "here": 0, "looking_back": 1, "more": [1]}
    assert decode(cbor2.dumps(odd)) == Whereabouts(HEIDI)


def test_somebody_new_wants_to_hear_of_us_and_later_only_expires() -> None:
    presences = Presences()
    peer = PeerId("one")
    assert presences.hear(peer, Whereabouts(HEIDI), 0.0)
    assert not presences.hear(peer, Whereabouts(HEIDI, PartId("title")), 10.0)
    assert [where.part for where in presences] == ["title"]
    assert not presences.expire(10.0 + EXPIRY - 0.1)
    assert presences.expire(10.0 + EXPIRY)
    assert list(presences) == []


def test_somebody_who_says_goodbye_is_gone_at_once() -> None:
    presences = Presences()
    presences.hear(PeerId("one"), Whereabouts(HEIDI), 0.0)
    assert not presences.hear(PeerId("one"), Whereabouts(HEIDI, here=False), 1.0)
    assert list(presences) == []


def test_of_two_devices_the_one_heard_last_counts() -> None:
    presences = Presences()
    for at, (peer, part) in enumerate([("a", "title"), ("b", "supports"), ("a", "interests")]):
        presences.hear(PeerId(peer), Whereabouts(HEIDI, PartId(part)), float(at))
    assert {where.seat: where.part for where in presences} == {HEIDI: "interests"}


def test_a_crowd_of_strangers_is_not_remembered_without_end() -> None:
    presences = Presences()
    for number in range(MOST_PEERS + 10):
        presences.hear(PeerId(str(number)), Whereabouts(HEIDI), 0.0)
    assert len(list(presences)) == MOST_PEERS
    presences.clear()
    assert list(presences) == []
