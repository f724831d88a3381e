import pytest

from sync_server.access.errors import Foreign, Malformed, WrongKind
from sync_server.access.holder import Holder, declare_holder, read_holder
from sync_server.access.keys import contract_id
from sync_server.access.proof import SeatId, seat_id
from sync_server.access.tokens import Kind, sign
from sync_server.protocol.ids import format_document_id
from tests.sync_server.access.people import CONTRACT, CONTRACT_KEY, key, proof

SEAT = seat_id(key("seat").public)


def test_the_contracts_key_says_who_holds_it() -> None:
    assert read_holder(declare_holder(CONTRACT_KEY, SEAT, 7), CONTRACT) == Holder(SEAT, 7)


def test_a_statement_by_another_key_is_foreign() -> None:
    thief = key("thief")
    with pytest.raises(Foreign):
        read_holder(declare_holder(thief, SEAT, 7), CONTRACT)
    assert read_holder(declare_holder(thief, SEAT, 7), contract_id(thief.public)).seat == SEAT


def test_a_certificate_is_no_statement() -> None:
    with pytest.raises(WrongKind):
        read_holder(proof().certificate, CONTRACT)


@pytest.mark.parametrize("seat", ["", "me", "A" * 16, "0" * 15, "0" * 17, "0" * 16 + "\n"])
def test_a_statement_about_no_seat_is_malformed(seat: str) -> None:
    with pytest.raises(Malformed):
        read_holder(declare_holder(CONTRACT_KEY, SeatId(seat), 7), CONTRACT)


@pytest.mark.parametrize("changes", [{"sub": None}, {"sub": 7}, {"iat": None}, {"iat": -1}])
def test_a_statement_with_a_wrong_field_is_malformed(changes: dict[str, object]) -> None:
    fields = {"iat": 7, "iss": format_document_id(CONTRACT), "sub": SEAT, **changes}
    with pytest.raises(Malformed):
        read_holder(sign(Kind.HOLDER, fields, CONTRACT_KEY), CONTRACT)
