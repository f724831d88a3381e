"""Every token before every reader: only the one that it was made for takes it."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.answer import SignedAnswer, read_answer, sign_answer
from sync_server.access.credential import issue_credential, read_credential
from sync_server.access.devices import DeviceProof, verify_device
from sync_server.access.errors import AccessError, Forged, Malformed, WrongKind
from sync_server.access.holder import declare_holder, read_holder
from sync_server.access.keys import SigningKey, from_base64url, to_base64url
from sync_server.access.order import order, read_order
from sync_server.access.proof import Proof, read_certificate, seat_id, verify_proof
from sync_server.access.revocation import read_revocations, revoke
from sync_server.access.tokens import Kind
from sync_server.access.voucher import read_voucher, vouch
from sync_server.protocol.ids import Actor, ChangeHash
from tests.sync_server.access.people import (
    CONTRACT,
    CONTRACT_KEY,
    first_device,
    further_device,
    invitation,
    key,
    proof,
)

NOW = 1_800_000_000
SCHOOL = "wss://school.example:443"
LAPTOP = further_device()
ANSWER = SignedAnswer("words/1", bytes(32), (ChangeHash(bytes(32)),), "agree", "", NOW)

TOKENS: dict[Kind, str] = {
    Kind.CERTIFICATE: proof().certificate,
    Kind.CLAIM: proof().claim,
    Kind.DEVICE_CERTIFICATE: LAPTOP.certificate or "",
    Kind.DEVICE_CLAIM: LAPTOP.claim or "",
    Kind.CREDENTIAL: issue_credential(
        key("seat"), first_device(), CONTRACT, SCHOOL, "once", NOW, 300
    ),
    Kind.REVOCATIONS: revoke(CONTRACT_KEY, 1, [b"12345678"]),
    Kind.HOLDER: declare_holder(CONTRACT_KEY, seat_id(key("seat").public), NOW),
    Kind.ORDER: order(CONTRACT_KEY, "erase", SCHOOL, "once", NOW),
    Kind.VOUCHER: vouch(CONTRACT_KEY, Actor(bytes(16)), ChangeHash(bytes(32))),
    Kind.ANSWER: sign_answer(key("seat"), CONTRACT, ANSWER),
}
READERS: dict[Kind, Callable[[str], object]] = {
    Kind.CERTIFICATE: read_certificate,
    Kind.CLAIM: lambda token: verify_proof(Proof(proof().certificate, token), CONTRACT),
    Kind.DEVICE_CERTIFICATE: lambda token: verify_device(
        DeviceProof(proof(), token, LAPTOP.claim), CONTRACT
    ),
    Kind.DEVICE_CLAIM: lambda token: verify_device(
        DeviceProof(proof(), LAPTOP.certificate, token), CONTRACT
    ),
    Kind.CREDENTIAL: lambda token: read_credential(token, NOW, {SCHOOL}, 300),
    Kind.REVOCATIONS: lambda token: read_revocations(token, CONTRACT),
    Kind.HOLDER: lambda token: read_holder(token, CONTRACT),
    Kind.ORDER: lambda token: read_order(token, CONTRACT, NOW, {SCHOOL}),
    Kind.VOUCHER: lambda token: read_voucher(token, CONTRACT),
    Kind.ANSWER: lambda token: read_answer(token, CONTRACT, key("seat").public),
}
SIGNERS: dict[Kind, SigningKey] = {
    Kind.CERTIFICATE: CONTRACT_KEY,
    Kind.CLAIM: invitation().key,
    Kind.DEVICE_CERTIFICATE: key("seat"),
    Kind.DEVICE_CLAIM: key("device invitation"),
    Kind.CREDENTIAL: key("seat"),
    Kind.REVOCATIONS: CONTRACT_KEY,
    Kind.HOLDER: CONTRACT_KEY,
    Kind.ORDER: CONTRACT_KEY,
    Kind.VOUCHER: CONTRACT_KEY,
    Kind.ANSWER: key("seat"),
}
KINDS = st.sampled_from(Kind)


def resigned(token: str, signer: SigningKey, **header: object) -> str:
    """The same token with other fields in its header, signed anew."""
    first, payload, _ = token.split(".")
    fields = {**json.loads(from_base64url(first)), **header}
    spelt = json.dumps(fields, separators=(",", ":"), sort_keys=True)
    signed = f"{to_base64url(spelt.encode())}.{payload}"
    return f"{signed}.{to_base64url(signer.sign(signed.encode()))}"


@pytest.mark.parametrize("kind", Kind)
def test_the_honest_token_is_taken(kind: Kind) -> None:
    assert READERS[kind](TOKENS[kind])


@pytest.mark.parametrize("made", Kind)
@pytest.mark.parametrize("asked", Kind)
def test_a_token_of_one_kind_is_refused_as_another(made: Kind, asked: Kind) -> None:
    if made is not asked:
        with pytest.raises(WrongKind, match="another purpose"):
            READERS[asked](TOKENS[made])


@pytest.mark.parametrize("kind", Kind)
def test_a_token_in_the_name_of_another_kind_is_forged_or_lacks_what_it_needs(kind: Kind) -> None:
    for other in Kind:
        if other is not kind:
            renamed = resigned(TOKENS[kind], key("thief"), typ=other.value)
            with pytest.raises((Malformed, Forged)):
                READERS[other](renamed)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES256", "EdDSA "])
def test_a_token_with_another_algorithm_is_refused_whoever_signed_it(
    kind: Kind, algorithm: str
) -> None:
    with pytest.raises(Malformed):
        READERS[kind](resigned(TOKENS[kind], SIGNERS[kind], alg=algorithm))
    unsigned = resigned(TOKENS[kind], SIGNERS[kind], alg=algorithm).rpartition(".")[0] + "."
    with pytest.raises(Malformed):
        READERS[kind](unsigned)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", ["crit", "jku", "x5c", "cty"])
def test_a_token_with_a_further_field_in_its_header_is_refused(kind: Kind, name: str) -> None:
    with pytest.raises(Malformed, match="other fields"):
        READERS[kind](resigned(TOKENS[kind], SIGNERS[kind], **{name: ["exp"]}))


@pytest.mark.parametrize("kind", Kind)
def test_a_token_that_a_thief_signed_is_forged(kind: Kind) -> None:
    assert resigned(TOKENS[kind], SIGNERS[kind]) == TOKENS[kind]
    with pytest.raises(Forged):
        READERS[kind](resigned(TOKENS[kind], key("thief")))


@pytest.mark.parametrize("kind", Kind)
def test_a_token_without_its_signature_is_refused(kind: Kind) -> None:
    with pytest.raises((Malformed, Forged)):
        READERS[kind](TOKENS[kind].rpartition(".")[0] + ".")
    with pytest.raises(Malformed):
        READERS[kind](TOKENS[kind].rpartition(".")[0])


@given(KINDS, st.data())
def test_one_changed_character_is_refused_with_a_sentence(kind: Kind, data: st.DataObject) -> None:
    token = TOKENS[kind]
    index = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda c: c != token[index]))
    with pytest.raises(AccessError) as caught:
        READERS[kind](token[:index] + other + token[index + 1 :])
    assert " " in str(caught.value)
    assert "\n" not in str(caught.value)


@given(KINDS, KINDS, st.data())
def test_parts_of_two_tokens_make_no_third(one: Kind, other: Kind, data: st.DataObject) -> None:
    parts = [
        data.draw(st.sampled_from((TOKENS[one].split(".")[i], TOKENS[other].split(".")[i])))
        for i in range(3)
    ]
    token = ".".join(parts)
    if token != TOKENS[one]:
        with pytest.raises(AccessError):
            READERS[one](token)


@given(KINDS, st.text())
def test_arbitrary_text_is_malformed_to_every_reader(kind: Kind, text: str) -> None:
    with pytest.raises(Malformed):
        READERS[kind](text)
