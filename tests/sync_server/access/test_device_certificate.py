import pytest

from sync_server.access.device_certificate import (
    issue_device_certificate,
    read_device_certificate,
)
from sync_server.access.errors import Foreign, Forged, Malformed, WrongKind
from sync_server.access.fields import confirming
from sync_server.access.proof import Certificate, read_proof
from sync_server.access.tokens import Kind, sign
from sync_server.protocol.ids import DocumentId, format_document_id
from tests.sync_server.access.people import CONTRACT, EXPIRES, key, proof

GIVEN, SEAT = read_proof(proof())


def certificate(seat: str = "seat", contract: DocumentId = CONTRACT) -> str:
    return issue_device_certificate(key(seat), contract, key("i").public, "j", EXPIRES)


def test_a_device_gets_the_role_and_the_name_of_its_seat() -> None:
    assert read_device_certificate(certificate(), SEAT, GIVEN) == Certificate(
        CONTRACT, SEAT.role, SEAT.name, key("i").public, "j", EXPIRES
    )


def test_a_certificate_by_another_seat_is_forged() -> None:
    with pytest.raises(Forged):
        read_device_certificate(certificate("other"), SEAT, GIVEN)


def test_a_certificate_for_another_contract_is_foreign() -> None:
    with pytest.raises(Foreign):
        read_device_certificate(certificate(contract=DocumentId(bytes(16))), SEAT, GIVEN)


def test_a_seats_certificate_is_no_devices() -> None:
    with pytest.raises(WrongKind):
        read_device_certificate(proof().certificate, SEAT, GIVEN)


@pytest.mark.parametrize("field", ["cnf", "exp", "jti"])
@pytest.mark.parametrize("value", [None, "", -1, [], {}])
def test_a_certificate_with_a_wrong_field_is_malformed(field: str, value: object) -> None:
    fields: dict[str, object] = {
        "cnf": confirming(key("i").public),
        "exp": EXPIRES,
        "iss": format_document_id(CONTRACT),
        "jti": "j",
    }
    honest = sign(Kind.DEVICE_CERTIFICATE, fields, key("seat"))
    assert honest == certificate()
    fields[field] = value
    with pytest.raises(Malformed):
        read_device_certificate(sign(Kind.DEVICE_CERTIFICATE, fields, key("seat")), SEAT, GIVEN)
