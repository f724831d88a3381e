import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.device_certificate import (
    device_certificate_payload,
    issue_device_certificate,
)
from sync_server.access.devices import (
    Claim,
    DeviceProof,
    accept,
    invite_device,
    verify_device,
)
from sync_server.access.errors import (
    AccessError,
    BadKey,
    Expired,
    Foreign,
    Forged,
    Malformed,
    WrongKind,
)
from sync_server.access.invitation import Invitation
from sync_server.access.keys import device_prefix
from sync_server.access.proof import Proof, Role, claim_payload, possession
from sync_server.access.tokens import Kind, sign
from sync_server.protocol.ids import DocumentId
from tests.sync_server.access.people import (
    CONTRACT,
    CONTRACT_KEY,
    EXPIRES,
    device_invitation,
    first_device,
    further_device,
    invitation,
    key,
    proof,
)

SEAT = device_prefix(key("seat").public).hex()


def test_the_first_devices_key_is_the_seats_key() -> None:
    device = verify_device(first_device(), CONTRACT)
    assert device.key == device.seat.key == key("seat").public
    assert device.prefix.hex() == device.seat.id


def test_a_further_device_has_a_key_of_its_own_and_the_same_seat() -> None:
    device = verify_device(further_device(), CONTRACT)
    assert device.seat == verify_device(first_device(), CONTRACT).seat
    assert device.key == key("laptop").public
    assert device.prefix == device_prefix(key("laptop").public)


def test_accepting_a_seat_gives_the_first_device() -> None:
    assert accept(invitation(), key("seat")) == first_device()


def test_a_devices_invitation_says_whose_device_it_is_for() -> None:
    invited = device_invitation()
    assert invited.for_device
    assert not invitation().for_device
    assert (invited.certified.role, invited.certified.name) == (Role.PARENT, "Grandfather")
    assert (invited.certified.jti, invited.certified.expires) == ("laptop", EXPIRES)


@pytest.mark.parametrize("device", [first_device(), further_device()])
def test_a_proof_is_written_and_read_as_one_line(device: DeviceProof) -> None:
    assert DeviceProof.from_text(device.text) == device
    assert "\n" not in device.text


def test_a_proof_of_one_three_or_five_tokens_is_malformed() -> None:
    for text in ("", "a", "a~b~c", "a~b~c~d~e", further_device().text + "~"):
        with pytest.raises(Malformed):
            DeviceProof.from_text(text)
    with pytest.raises(Malformed):
        DeviceProof(proof(), certificate="a")
    with pytest.raises(Malformed):
        DeviceProof(proof(), claim="a")


@given(st.data())
def test_a_changed_character_anywhere_is_refused(data: st.DataObject) -> None:
    text = further_device().text
    index = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters().filter(lambda c: c != text[index]))
    with pytest.raises(AccessError):
        verify_device(DeviceProof.from_text(text[:index] + other + text[index + 1 :]), CONTRACT)


def test_a_proof_that_was_found_good_is_still_of_one_contract_and_one_time() -> None:
    assert verify_device(further_device(), CONTRACT, EXPIRES - 1)
    with pytest.raises(Foreign):
        verify_device(further_device(), DocumentId(bytes(16)))
    with pytest.raises(Expired, match="expired"):
        verify_device(further_device(), CONTRACT, EXPIRES)
    with pytest.raises(Expired):
        verify_device(first_device(), CONTRACT, EXPIRES)
    assert verify_device(further_device(), CONTRACT)


def test_only_the_newest_invitation_has_to_be_fresh() -> None:
    invited = device_invitation(expires=EXPIRES + 9)
    shown = accept(invited, key("laptop"))
    assert verify_device(shown, CONTRACT, EXPIRES + 8)
    assert shown.claims == (
        Claim("first", key("seat").public, EXPIRES),
        Claim(f"{SEAT}/laptop", key("laptop").public, EXPIRES + 9),
    )


def test_a_proof_names_the_invitations_that_it_spends() -> None:
    assert first_device().jtis == ("first",)
    assert further_device().jtis == ("first", f"{SEAT}/laptop")


def test_a_seat_cannot_spend_the_invitation_of_another_by_reusing_its_name() -> None:
    invited = invite_device(
        key("seat"), proof(), key=key("i"), jti="second", expires=EXPIRES, relays=()
    )
    assert "second" not in accept(invited, key("laptop")).jtis


def test_a_device_is_invited_by_the_seats_own_key_alone() -> None:
    with pytest.raises(BadKey, match="where the seat was taken"):
        invite_device(key("laptop"), proof(), key=key("i"), jti="j", expires=EXPIRES, relays=())


def test_a_device_certified_by_another_seat_is_forged() -> None:
    other = accept(device_invitation("other seat"), key("laptop"))
    with pytest.raises(Forged):
        verify_device(DeviceProof(proof(), other.certificate, other.claim), CONTRACT)


def test_a_device_certified_by_a_further_device_is_forged() -> None:
    token = issue_device_certificate(key("laptop"), CONTRACT, key("i").public, "j", EXPIRES)
    with pytest.raises(Forged):
        verify_device(DeviceProof(proof(), token, device_claim(token)), CONTRACT)
    with pytest.raises(Forged):
        accept(Invitation(CONTRACT, token, key("i"), (), proof()), key("third"))


def test_a_device_certified_for_another_contract_is_foreign() -> None:
    other = DocumentId(bytes(16))
    token = issue_device_certificate(key("seat"), other, key("i").public, "j", EXPIRES)
    with pytest.raises(Foreign):
        verify_device(DeviceProof(proof(), token, device_claim(token)), CONTRACT)


def test_a_devices_claim_by_another_than_the_invited_is_forged() -> None:
    token = issue_device_certificate(key("seat"), CONTRACT, key("i").public, "j", EXPIRES)
    assert verify_device(DeviceProof(proof(), token, device_claim(token)), CONTRACT)
    with pytest.raises(Forged):
        verify_device(DeviceProof(proof(), token, device_claim(token, signer="thief")), CONTRACT)


def test_a_devices_claim_on_another_certificate_is_refused() -> None:
    first, second = (
        issue_device_certificate(key("seat"), CONTRACT, key("i").public, jti, EXPIRES)
        for jti in ("j", "k")
    )
    with pytest.raises(Foreign):
        verify_device(DeviceProof(proof(), second, device_claim(first)), CONTRACT)


def test_a_device_is_not_claimed_for_a_key_that_took_no_part() -> None:
    token = issue_device_certificate(key("seat"), CONTRACT, key("i").public, "j", EXPIRES)
    with pytest.raises(Forged, match="did not take part"):
        verify_device(DeviceProof(proof(), token, device_claim(token, shown_by="thief")), CONTRACT)


def test_a_seats_tokens_are_no_devices_tokens() -> None:
    seat, device = proof(), further_device()
    assert device.certificate
    assert device.claim
    for shown in (
        DeviceProof(seat, seat.certificate, device.claim),
        DeviceProof(seat, device.certificate, seat.claim),
        DeviceProof(Proof(device.certificate, device.claim)),
        DeviceProof(Proof(seat.certificate, device.claim)),
        DeviceProof(Proof(device.certificate, seat.claim)),
    ):
        with pytest.raises(WrongKind):
            verify_device(shown, CONTRACT)


@pytest.mark.parametrize("jti", ["", "x" * 65, "two words"])
def test_a_devices_invitation_with_a_jti_that_is_no_word_is_malformed(jti: str) -> None:
    token = issue_device_certificate(key("seat"), CONTRACT, key("i").public, jti, EXPIRES)
    with pytest.raises(Malformed):
        verify_device(DeviceProof(proof(), token, device_claim(token, jti=jti)), CONTRACT)


def test_a_device_certificate_signed_with_the_contracts_key_is_forged() -> None:
    payload = device_certificate_payload(CONTRACT, key("i").public, "j", EXPIRES)
    token = sign(Kind.DEVICE_CERTIFICATE, payload, CONTRACT_KEY)
    with pytest.raises(Forged):
        verify_device(DeviceProof(proof(), token, device_claim(token)), CONTRACT)


def device_claim(
    certificate: str, *, jti: str = "j", signer: str = "i", shown_by: str = "laptop"
) -> str:
    """A claim for the laptop, honest unless told otherwise."""
    shown = possession(key(shown_by), certificate)
    payload = claim_payload(CONTRACT, jti, key("laptop").public, shown)
    return sign(Kind.DEVICE_CLAIM, payload, key(signer))
