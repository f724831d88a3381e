import pytest

from sync_server.access.errors import Foreign, Malformed, WrongKind
from sync_server.access.holder import declare_holder
from sync_server.access.keys import contract_id, new_actor
from sync_server.access.proof import seat_id
from sync_server.access.tokens import Kind, sign
from sync_server.access.voucher import LONGEST_ACTOR, Voucher, read_voucher, vouch
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId, format_document_id
from tests.sync_server.access.people import CONTRACT, CONTRACT_KEY, key

ACTOR = new_actor(key("seat").public, b"12345678")
CHANGE = ChangeHash(bytes(range(32)))


def test_the_contracts_key_vouches_for_anybodys_past() -> None:
    for actor in (ACTOR, Actor(b"x"), Actor(bytes(LONGEST_ACTOR))):
        token = vouch(CONTRACT_KEY, actor, CHANGE)
        assert read_voucher(token, CONTRACT) == Voucher(actor, CHANGE)


def test_the_same_is_vouched_for_in_the_same_words() -> None:
    assert vouch(CONTRACT_KEY, ACTOR, CHANGE) == vouch(CONTRACT_KEY, ACTOR, CHANGE)


def test_another_key_vouches_for_nothing_here() -> None:
    """A seat's, or that of another contract: a contract has one key for ever."""
    for other in (key("seat"), key("another contract")):
        token = vouch(other, ACTOR, CHANGE)
        with pytest.raises(Foreign):
            read_voucher(token, CONTRACT)
        assert read_voucher(token, contract_id(other.public)).actor == ACTOR


def test_a_voucher_is_worth_nothing_in_another_contract() -> None:
    with pytest.raises(Foreign):
        read_voucher(vouch(CONTRACT_KEY, ACTOR, CHANGE), DocumentId(bytes(16)))


def test_what_the_contracts_key_said_of_something_else_is_no_voucher() -> None:
    token = declare_holder(CONTRACT_KEY, seat_id(key("seat").public), 7)
    with pytest.raises(WrongKind):
        read_voucher(token, CONTRACT)


@pytest.mark.parametrize(
    "changes",
    [
        {"actor": None},
        {"actor": 7},
        {"actor": ""},
        {"actor": "0"},
        {"actor": "zz"},
        {"actor": "AA"},
        {"actor": "00\n"},
        {"actor": "00" * (LONGEST_ACTOR + 1)},
        {"change": None},
        {"change": "00" * 31},
        {"change": "00" * 33},
        {"change": ["00" * 32]},
    ],
)
def test_a_voucher_for_what_is_no_change_is_malformed(changes: dict[str, object]) -> None:
    said = {"actor": ACTOR.hex(), "change": CHANGE.hex(), "iss": format_document_id(CONTRACT)}
    assert read_voucher(sign(Kind.VOUCHER, said, CONTRACT_KEY), CONTRACT).actor == ACTOR
    with pytest.raises(Malformed):
        read_voucher(sign(Kind.VOUCHER, {**said, **changes}, CONTRACT_KEY), CONTRACT)


def test_a_voucher_that_names_no_contract_is_foreign() -> None:
    said = {"actor": ACTOR.hex(), "change": CHANGE.hex()}
    with pytest.raises(Foreign):
        read_voucher(sign(Kind.VOUCHER, said, CONTRACT_KEY), CONTRACT)
