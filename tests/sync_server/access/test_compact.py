import cbor2
import pytest

from sync_server.access.compact import (
    pack_certificate,
    pack_device_certificate,
    pack_proof,
    unpack_certificate,
    unpack_device_certificate,
    unpack_proof,
)
from sync_server.access.errors import AccessError, DamagedLink
from sync_server.access.keys import to_base64url
from sync_server.access.proof import read_certificate
from tests.sync_server.access.people import (
    CONTRACT,
    device_invitation,
    invitation,
    key,
    proof,
)


def test_a_certificate_comes_back_to_the_letter() -> None:
    token = invitation().certificate
    assert unpack_certificate(pack_certificate(token), invitation().key.public) == token


def test_a_proof_comes_back_to_the_letter() -> None:
    assert unpack_proof(pack_proof(proof())) == proof()


def test_a_devices_certificate_comes_back_to_the_letter() -> None:
    invited = device_invitation()
    fields = pack_device_certificate(invited.certificate, invited.certified)
    seat = key("seat").public
    assert (
        unpack_device_certificate(fields, CONTRACT, seat, invited.key.public) == invited.certificate
    )


def test_the_fields_take_a_third_of_the_tokens() -> None:
    assert 3 * len(cbor2.dumps(pack_proof(proof()))) < len(proof().text)


def test_a_certificate_for_another_key_is_not_the_one_that_was_signed() -> None:
    fields = pack_certificate(invitation().certificate)
    with pytest.raises(AccessError):
        read_certificate(unpack_certificate(fields, key("thief").public))


@pytest.mark.parametrize("jti", ["first", "a_b-", to_base64url(bytes(12)), "AB", "x", "!"])
def test_a_jti_comes_back_however_it_is_spelt(jti: str) -> None:
    fields = pack_certificate(invitation(jti=jti).certificate)
    token = unpack_certificate(fields, invitation().key.public)
    assert read_certificate(token).jti == jti


@pytest.mark.parametrize("fields", [None, [], [1], "x", [b""] * 6, [b""] * 5, {}])
def test_other_fields_are_told_as_damage(fields: object) -> None:
    public = key("seat").public
    with pytest.raises(DamagedLink):
        unpack_certificate(fields, public)
    with pytest.raises(DamagedLink):
        unpack_proof(fields)
    with pytest.raises(DamagedLink):
        unpack_device_certificate(fields, CONTRACT, public, public)
