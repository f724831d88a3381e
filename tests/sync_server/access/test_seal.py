import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sync_server.access.errors import BadKey, Malformed
from sync_server.access.keys import new_actor
from sync_server.access.seal import SEAL_SIZE, Seal, seal
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId
from tests.sync_server.access.people import CONTRACT, key

DEVICE = key("seat")
ACTOR = new_actor(DEVICE.public, b"12345678")
CHANGE = ChangeHash(bytes(range(32)))


def sealed() -> Seal:
    return seal(DEVICE, CONTRACT, ACTOR, CHANGE)


def test_a_device_seals_its_own_work() -> None:
    assert sealed().verifies(CONTRACT)
    assert (sealed().actor, sealed().hash, sealed().public) == (ACTOR, CHANGE, DEVICE.public)


def test_a_seal_of_another_contract_does_not_verify() -> None:
    assert not sealed().verifies(DocumentId(bytes(16)))


def test_a_device_does_not_seal_what_another_wrote() -> None:
    with pytest.raises(BadKey, match="only what it wrote itself"):
        seal(key("thief"), CONTRACT, ACTOR, CHANGE)
    with pytest.raises(BadKey):
        seal(DEVICE, CONTRACT, Actor(ACTOR + b"more"), CHANGE)


def test_a_seal_with_another_devices_actor_does_not_verify() -> None:
    thief = key("thief")
    honest = seal(thief, CONTRACT, new_actor(thief.public, b"12345678"), CHANGE)
    assert honest.verifies(CONTRACT)
    message = b"learning-contract seal 1\0" + CONTRACT + ACTOR + CHANGE
    assert thief.public.verify(thief.sign(message), message)
    assert not Seal(ACTOR, CHANGE, thief.public, thief.sign(message)).verifies(CONTRACT)


def test_a_seal_that_names_the_authors_key_but_a_thief_signed_does_not_verify() -> None:
    message = b"learning-contract seal 1\0" + CONTRACT + ACTOR + CHANGE
    assert not Seal(ACTOR, CHANGE, DEVICE.public, key("thief").sign(message)).verifies(CONTRACT)


def test_a_seal_moved_to_another_change_or_run_does_not_verify() -> None:
    signature = sealed().signature
    other = new_actor(DEVICE.public, b"87654321")
    assert not Seal(other, CHANGE, DEVICE.public, signature).verifies(CONTRACT)
    assert not Seal(ACTOR, ChangeHash(bytes(32)), DEVICE.public, signature).verifies(CONTRACT)


def test_an_actor_of_another_length_does_not_verify() -> None:
    for actor in (Actor(b""), Actor(ACTOR[:8]), Actor(ACTOR + b"x")):
        message = b"learning-contract seal 1\0" + CONTRACT + actor + CHANGE
        assert not Seal(actor, CHANGE, DEVICE.public, DEVICE.sign(message)).verifies(CONTRACT)


def test_a_seal_has_144_bytes_and_comes_back() -> None:
    assert len(sealed().to_bytes()) == SEAL_SIZE == 144
    assert Seal.from_bytes(sealed().to_bytes()) == sealed()


@given(st.binary(max_size=200).filter(lambda data: len(data) != SEAL_SIZE))
def test_bytes_of_another_length_are_no_seal(data: bytes) -> None:
    with pytest.raises(Malformed):
        Seal.from_bytes(data)


@given(st.binary(min_size=SEAL_SIZE, max_size=SEAL_SIZE))
def test_arbitrary_bytes_of_the_right_length_come_back_and_do_not_verify(data: bytes) -> None:
    assume(any(data[48:80]))
    assert Seal.from_bytes(data).to_bytes() == data
    assert not Seal.from_bytes(data).verifies(CONTRACT)


@given(st.integers(0, SEAL_SIZE - 1), st.integers(0, 7))
def test_a_seal_with_a_flipped_bit_does_not_verify(index: int, bit: int) -> None:
    data = bytearray(sealed().to_bytes())
    data[index] ^= 1 << bit
    assert not Seal.from_bytes(bytes(data)).verifies(CONTRACT)


def test_a_seal_by_a_key_with_which_anybody_signs_is_refused() -> None:
    data = bytearray(sealed().to_bytes())
    data[48:80] = b"\x01" + bytes(31)
    with pytest.raises(Malformed):
        Seal.from_bytes(bytes(data))
