import hashlib
import uuid

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.errors import BadKey
from sync_server.access.keys import (
    LOW_ORDER,
    PublicKey,
    SigningKey,
    contract_id,
    device_prefix,
    from_base64url,
    new_actor,
    to_base64url,
)

# RFC 8032, section 7.1, test 2
SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_a_key_signs_as_the_standard_says() -> None:
    key = SigningKey(SEED)
    assert key.public == PublicKey(PUBLIC)
    assert key.sign(b"\x72") == SIGNATURE
    assert key.public.verify(SIGNATURE, b"\x72")


def test_a_changed_message_or_signature_is_not_verified() -> None:
    public = PublicKey(PUBLIC)
    assert not public.verify(SIGNATURE, b"\x73")
    assert not public.verify(SIGNATURE[:-1] + b"\x01", b"\x72")
    assert not public.verify(b"", b"\x72")


def test_contract_device_and_actor_are_cut_from_the_fingerprint() -> None:
    fingerprint = hashlib.sha256(PUBLIC).digest()
    public = PublicKey(PUBLIC)
    assert contract_id(public)[:6] == fingerprint[:6]
    assert contract_id(public)[9:] == fingerprint[9:16]
    assert device_prefix(public) == fingerprint[:8]
    assert new_actor(public, b"12345678") == fingerprint[:8] + b"12345678"


def test_a_contract_id_is_a_uuid_for_the_programs_that_take_no_other() -> None:
    assert uuid.UUID(bytes=contract_id(PublicKey(PUBLIC))).version == 4


def test_an_actor_needs_eight_random_bytes() -> None:
    with pytest.raises(ValueError, match="8 random bytes"):
        new_actor(PublicKey(PUBLIC), b"short")


@pytest.mark.parametrize("size", [0, 31, 33])
def test_keys_of_another_length_are_refused(size: int) -> None:
    with pytest.raises(BadKey):
        PublicKey(bytes(size))
    with pytest.raises(BadKey):
        SigningKey(bytes(size))


@pytest.mark.parametrize("raw", sorted(LOW_ORDER))
@pytest.mark.parametrize("sign", [0, 0x80])
def test_a_key_with_which_anybody_could_sign_is_refused(raw: bytes, sign: int) -> None:
    spelt = raw[:-1] + bytes([raw[-1] | sign])
    with pytest.raises(BadKey, match="anybody could sign"):
        PublicKey(spelt)


@pytest.mark.parametrize("raw", sorted(LOW_ORDER))
def test_the_library_takes_signatures_that_anybody_could_make(raw: bytes) -> None:
    """The day this fails, keys of low order need not be refused by ourselves any more."""
    public = Ed25519PublicKey.from_public_bytes(raw)
    anybodys = b"\x01" + bytes(63)
    assert any(verifies(public, anybodys, bytes([number])) for number in range(200))


def verifies(public: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        public.verify(signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("text", ["", "!", "AAAA", PublicKey(PUBLIC).text + "=", "é" * 43])
def test_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        PublicKey.from_text(text)


def test_a_private_key_does_not_show_itself() -> None:
    assert SEED.hex() not in repr(SigningKey(SEED))
    assert repr(SEED) not in repr(SigningKey(SEED))


@given(st.binary())
def test_base64url_has_one_spelling(data: bytes) -> None:
    text = to_base64url(data)
    assert from_base64url(text) == data
    assert "=" not in text


def test_another_spelling_of_the_same_bytes_is_refused() -> None:
    assert from_base64url("AA") == b"\0"
    with pytest.raises(ValueError, match="canonical"):
        from_base64url("AB")
