import pytest

from sync_server.access.credential import LEEWAY, audience_of
from sync_server.access.errors import (
    Expired,
    Foreign,
    Malformed,
    NotYetValid,
    WrongAudience,
    WrongKind,
)
from sync_server.access.order import ORDER_LIFETIME, Order, OrderKind, order, read_order
from sync_server.access.tokens import Kind, sign
from sync_server.protocol.ids import DocumentId, format_document_id
from tests.sync_server.access.people import CONTRACT, CONTRACT_KEY, key, proof

NOW = 1_800_000_000
SCHOOL = audience_of("wss://school.example")


def ordered(kind: str = "erase", at: int = NOW) -> str:
    return order(CONTRACT_KEY, kind, SCHOOL, "once", at)


def taken(token: str, now: int = NOW) -> Order:
    return read_order(token, CONTRACT, now, {SCHOOL})


def test_an_order_says_what_the_holder_wants_of_this_relay() -> None:
    assert taken(ordered()) == Order(CONTRACT, OrderKind.ERASE, SCHOOL, "once", NOW)
    assert taken(ordered()).expires == NOW + ORDER_LIFETIME


@pytest.mark.parametrize("unknown", ["dance", "register"])
def test_an_order_that_nobody_obeys_is_not_given_and_not_taken(unknown: str) -> None:
    with pytest.raises(ValueError, match=unknown):
        ordered(unknown)
    fields = {
        "aud": SCHOOL,
        "iat": NOW,
        "iss": format_document_id(CONTRACT),
        "jti": "once",
        "order": unknown,
    }
    with pytest.raises(Malformed, match="does not know"):
        taken(sign(Kind.ORDER, fields, CONTRACT_KEY))


def test_an_order_of_who_does_not_hold_the_key_is_foreign() -> None:
    with pytest.raises(Foreign):
        taken(order(key("seat"), "erase", SCHOOL, "once", NOW))


def test_an_order_about_another_contract_is_foreign() -> None:
    with pytest.raises(Foreign):
        read_order(ordered(), DocumentId(bytes(16)), NOW, {SCHOOL})


def test_an_order_to_another_relay_is_refused() -> None:
    with pytest.raises(WrongAudience):
        read_order(ordered(), CONTRACT, NOW, {"wss://other.example:443"})


def test_an_order_is_good_for_five_minutes() -> None:
    assert taken(ordered(), NOW + ORDER_LIFETIME - 1)
    with pytest.raises(Expired):
        taken(ordered(), NOW + ORDER_LIFETIME)
    assert taken(ordered(at=NOW + LEEWAY))
    with pytest.raises(NotYetValid):
        taken(ordered(at=NOW + LEEWAY + 1))


def test_a_certificate_is_no_order() -> None:
    with pytest.raises(WrongKind):
        taken(proof().certificate)


@pytest.mark.parametrize("field", ["aud", "iat", "jti", "order"])
@pytest.mark.parametrize("value", [None, "", [], True, -1])
def test_an_order_with_a_wrong_field_is_malformed(field: str, value: object) -> None:
    fields = {
        "aud": SCHOOL,
        "iat": NOW,
        "iss": format_document_id(CONTRACT),
        "jti": "once",
        "order": "erase",
        field: value,
    }
    with pytest.raises(Malformed):
        taken(sign(Kind.ORDER, fields, CONTRACT_KEY))
