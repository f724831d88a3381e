from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.credential import (
    HEADER_LIFETIME,
    LEEWAY,
    PARAMETER_LIFETIME,
    Credential,
    audience_of,
    issue_credential,
    read_credential,
)
from sync_server.access.devices import DeviceProof, accept, invite_device, verify_device
from sync_server.access.errors import (
    AccessError,
    Expired,
    Foreign,
    Forged,
    Malformed,
    NotYetValid,
    Overlong,
    WrongAudience,
    WrongKind,
)
from sync_server.access.invitation import invite
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.proof import Proof, Role, claim, issue_certificate
from sync_server.access.tokens import Kind, sign
from sync_server.protocol.ids import DocumentId, format_document_id
from tests.sync_server.access.people import (
    CONTRACT,
    CONTRACT_KEY,
    EXPIRES,
    first_device,
    further_device,
    key,
    proof,
)

NOW = 1_800_000_000
HOME = audience_of("ws://127.0.0.1:3030")
SCHOOL = audience_of("wss://school.example")


def issued(
    device: str = "seat",
    shown: DeviceProof | None = None,
    *,
    contract: DocumentId = CONTRACT,
    audience: str = SCHOOL,
    at: int = NOW,
    lifetime: int = HEADER_LIFETIME,
) -> str:
    shown = shown or first_device()
    return issue_credential(key(device), shown, contract, audience, "once", at, lifetime)


def taken(token: str, *, now: int = NOW, longest: int = HEADER_LIFETIME) -> Credential:
    return read_credential(token, now, {HOME, SCHOOL}, longest)


def changed(changes: Mapping[str, object], signer: SigningKey | None = None) -> str:
    """A credential of the first device with other fields; None leaves one out."""
    payload = {
        "aud": SCHOOL,
        "exp": NOW + 60,
        "iat": NOW,
        "iss": format_document_id(CONTRACT),
        "jti": "once",
        "proof": first_device().text,
        **changes,
    }
    kept = {name: value for name, value in payload.items() if value is not None}
    return sign(Kind.CREDENTIAL, kept, signer or key("seat"))


@pytest.mark.parametrize(
    ("device", "shown"), [("seat", first_device()), ("laptop", further_device())]
)
def test_a_credential_says_who_asks_for_which_contract(device: str, shown: DeviceProof) -> None:
    assert taken(issued(device, shown)) == Credential(
        CONTRACT, verify_device(shown, CONTRACT), shown, SCHOOL, "once", NOW, NOW + HEADER_LIFETIME
    )


def test_a_relay_has_several_names_and_each_is_good() -> None:
    assert taken(issued(audience=HOME)).audience == HOME
    assert taken(issued(audience=SCHOOL)).audience == SCHOOL


@pytest.mark.parametrize(
    "audience",
    [
        "wss://thief.example:443",
        "ws://school.example:443",
        "wss://school.example",
        "WSS://school.example:443",
        "wss://school.example:8443",
    ],
)
def test_a_credential_for_another_relay_is_refused(audience: str) -> None:
    with pytest.raises(WrongAudience, match="another relay"):
        taken(issued(audience=audience))


def test_a_relay_without_a_name_takes_no_credential() -> None:
    with pytest.raises(WrongAudience):
        read_credential(issued(), NOW, (), HEADER_LIFETIME)


def test_a_list_of_audiences_is_malformed() -> None:
    with pytest.raises(Malformed):
        taken(changed({"aud": [SCHOOL, "wss://thief.example:443"]}))


def test_an_expired_credential_asks_to_look_at_the_clock() -> None:
    assert taken(issued(), now=NOW + HEADER_LIFETIME - 1)
    with pytest.raises(Expired, match="clock"):
        taken(issued(), now=NOW + HEADER_LIFETIME)


def test_a_credential_from_the_future_asks_to_look_at_the_clock() -> None:
    assert taken(issued(at=NOW + LEEWAY))
    with pytest.raises(NotYetValid, match="clock"):
        taken(issued(at=NOW + LEEWAY + 1))


def test_a_credential_that_would_be_valid_for_too_long_is_refused() -> None:
    with pytest.raises(Overlong):
        taken(issued(lifetime=HEADER_LIFETIME + 1))
    with pytest.raises(Overlong):
        taken(issued(lifetime=PARAMETER_LIFETIME))
    assert taken(issued(lifetime=PARAMETER_LIFETIME), longest=PARAMETER_LIFETIME)


@given(st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_no_credential_can_be_shown_for_longer_than_is_accepted(at: int, lifetime: int) -> None:
    token = issued(at=NOW + at, lifetime=lifetime)
    try:
        credential = taken(token)
    except (Expired, NotYetValid, Overlong):
        assert not (at <= 0 < at + lifetime and lifetime <= HEADER_LIFETIME)
    else:
        assert NOW < credential.expires <= NOW + HEADER_LIFETIME + LEEWAY


def test_a_credential_signed_by_another_device_is_forged() -> None:
    for device, shown in (
        ("thief", first_device()),
        ("seat", further_device()),
        ("laptop", first_device()),
        ("contract", first_device()),
        ("invitation", first_device()),
    ):
        with pytest.raises(Forged):
            taken(issued(device, shown))


def test_a_credential_for_another_contract_than_its_proofs_is_foreign() -> None:
    with pytest.raises(Foreign):
        taken(issued(contract=DocumentId(bytes(16))))


def test_a_self_made_seat_of_a_contract_of_ones_own_is_foreign_here() -> None:
    thief = key("thief")
    own = issue_certificate(thief, Role.TEACHER, "Heidi", key("i").public, "j", EXPIRES)
    shown = DeviceProof(Proof(own, claim(key("i"), own, key("seat"))))
    with pytest.raises(Foreign):
        taken(issued(shown=shown))
    assert taken(issued(shown=shown, contract=contract_id(thief.public))).contract != CONTRACT


def test_a_proof_without_a_key_of_ones_own_lets_nobody_in() -> None:
    stolen = proof()
    with pytest.raises(Forged):
        taken(changed({"proof": stolen.text}, signer=key("thief")))


@pytest.mark.parametrize("token", [proof().certificate, proof().claim])
def test_a_token_of_the_proof_is_no_credential(token: str) -> None:
    with pytest.raises(WrongKind):
        taken(token)


@pytest.mark.parametrize("field", ["aud", "exp", "iat", "iss", "jti", "proof"])
@pytest.mark.parametrize("value", [None, "", -1, True, [], {}])
def test_a_credential_with_a_missing_or_wrong_field_is_malformed(field: str, value: object) -> None:
    with pytest.raises(Malformed):
        taken(changed({field: value}))


@pytest.mark.parametrize(
    "changes", [{"proof": "a~b~c"}, {"proof": "a~b"}, {"jti": "x" * 65}, {"iss": "nobody"}]
)
def test_a_credential_with_a_field_that_cannot_be_read_is_malformed(
    changes: dict[str, object],
) -> None:
    with pytest.raises(Malformed):
        taken(changed(changes))


def test_a_surrogate_in_a_field_is_malformed() -> None:
    with pytest.raises(Malformed):
        taken(changed({"proof": f"{proof().certificate}~\ud800"}))


@given(st.text())
def test_arbitrary_text_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        taken(text)


@given(st.data())
def test_a_changed_character_anywhere_is_refused(data: st.DataObject) -> None:
    token = issued("laptop", further_device())
    index = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda c: c != token[index]))
    with pytest.raises(AccessError):
        taken(token[:index] + other + token[index + 1 :])


def test_the_longest_credential_fits_into_a_line_of_a_header() -> None:
    invited = invite(
        CONTRACT_KEY,
        Role.OBSERVER,
        "👩" * 60,
        key=key("i"),
        jti="j" * 64,
        expires=2**53 - 1,
        relays=(),
    )
    seat = accept(invited, key("seat")).proof
    own = invite_device(key("seat"), seat, key=key("k"), jti="j" * 64, expires=2**53 - 1, relays=())
    audience = audience_of(f"wss://{'.'.join(['a' * 63] * 3)}.{'b' * 61}:65535")
    token = issue_credential(
        key("laptop"), accept(own, key("laptop")), CONTRACT, audience, "j" * 64, NOW, 300
    )
    assert len(f"Authorization: Bearer {token}") < 8190
    assert read_credential(token, NOW, {audience}, 300).audience == audience
