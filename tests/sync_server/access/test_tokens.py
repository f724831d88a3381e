import json
from collections.abc import Mapping

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.errors import AccessError, Foreign, Forged, Malformed, WrongKind
from sync_server.access.fields import (
    LATEST,
)
from sync_server.access.keys import SigningKey, to_base64url
from sync_server.access.tokens import (
    Kind,
    header_of,
    peek,
    read,
    read_by_contract,
    sign,
    signature_of,
    with_signature,
)
from sync_server.protocol.ids import format_document_id
from tests.sync_server.access.people import CONTRACT, CONTRACT_KEY, key

SIGNER = key("signer")
PAYLOAD: Mapping[str, object] = {"iss": format_document_id(CONTRACT), "name": "Großvater 👴"}
FIELDS = st.dictionaries(
    st.text(), st.none() | st.booleans() | st.integers(-LATEST, LATEST) | st.text(), max_size=4
)


def handmade(header: str, payload: str = "{}", signer: SigningKey = SIGNER) -> str:
    """A token whose text is written by hand, but whose signature fits."""
    signed = ".".join(to_base64url(part.encode()) for part in (header, payload))
    return f"{signed}.{to_base64url(signer.sign(signed.encode()))}"


def claim_header(**changes: object) -> str:
    return json.dumps({**header_of(Kind.CLAIM, SIGNER.public), **changes})


@given(st.sampled_from(Kind), FIELDS)
def test_what_was_signed_is_read(kind: Kind, payload: dict[str, object]) -> None:
    token = sign(kind, payload, SIGNER)
    assert read(token, kind, SIGNER.public) == payload
    assert peek(token, kind) == payload


@given(st.sampled_from(Kind), FIELDS)
def test_a_token_is_written_again_from_its_signature(
    kind: Kind, payload: dict[str, object]
) -> None:
    token = sign(kind, payload, SIGNER)
    assert with_signature(kind, payload, SIGNER.public, signature_of(token)) == token


def test_any_library_for_tokens_reads_ours() -> None:
    token = sign(Kind.CLAIM, PAYLOAD, SIGNER)
    assert jwt.decode(token, SIGNER.public.loaded(), ["EdDSA"]) == PAYLOAD
    assert jwt.get_unverified_header(token)["typ"] == "lc-claim+jwt"


def test_a_token_that_any_library_made_is_read() -> None:
    token = jwt.encode(dict(PAYLOAD), SIGNER.loaded(), "EdDSA", {"typ": Kind.CREDENTIAL.value})
    assert read(token, Kind.CREDENTIAL, SIGNER.public) == PAYLOAD


@pytest.mark.parametrize("made", Kind)
@pytest.mark.parametrize("asked", Kind)
def test_a_token_of_one_kind_is_never_taken_for_another(made: Kind, asked: Kind) -> None:
    token = sign(made, PAYLOAD, CONTRACT_KEY)
    if made is asked:
        assert read(token, asked, CONTRACT_KEY.public) == PAYLOAD
        return
    with pytest.raises(WrongKind):
        read(token, asked, CONTRACT_KEY.public)
    with pytest.raises(WrongKind):
        peek(token, asked)


@pytest.mark.parametrize("typ", ["JWT", "LC-CLAIM+JWT", "application/lc-claim+jwt", "", 1, None])
def test_a_token_without_its_kind_is_refused(typ: object) -> None:
    with pytest.raises(WrongKind):
        read(handmade(claim_header(typ=typ)), Kind.CLAIM, SIGNER.public)


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", "", None, "ES256", "RS256", 7, []])
def test_an_algorithm_of_another_name_is_refused(algorithm: object) -> None:
    token = handmade(claim_header(alg=algorithm))
    with pytest.raises(Malformed):
        read(token, Kind.CLAIM, SIGNER.public)
    with pytest.raises(Malformed):
        peek(token, Kind.CLAIM)


def test_a_token_without_a_signature_is_refused() -> None:
    unsigned = jwt.encode(dict(PAYLOAD), "", "none", {"typ": Kind.CLAIM.value})
    stripped = sign(Kind.CLAIM, PAYLOAD, SIGNER).rpartition(".")[0] + "."
    with pytest.raises(Malformed):
        read(unsigned, Kind.CLAIM, SIGNER.public)
    with pytest.raises(Forged):
        read(stripped, Kind.CLAIM, SIGNER.public)


@pytest.mark.parametrize("secret", [SIGNER.public.raw, SIGNER.public.text.encode()])
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_public_key_is_no_shared_secret(secret: bytes) -> None:
    token = jwt.encode(dict(PAYLOAD), secret, "HS256", {"typ": Kind.CLAIM.value})
    with pytest.raises(Malformed):
        read(token, Kind.CLAIM, SIGNER.public)


def test_a_signature_on_another_curve_is_forged() -> None:
    other = Ed448PrivateKey.from_private_bytes(bytes(57))
    token = jwt.encode(dict(PAYLOAD), other, "EdDSA", {"typ": Kind.CLAIM.value})
    with pytest.raises(Forged):
        read(token, Kind.CLAIM, SIGNER.public)


def test_a_token_of_another_signer_is_forged() -> None:
    with pytest.raises(Forged):
        read(sign(Kind.CLAIM, PAYLOAD, key("thief")), Kind.CLAIM, SIGNER.public)


@pytest.mark.parametrize(
    "extra",
    [
        {"crit": ["exp"]},
        {"crit": []},
        {"b64": False, "crit": ["b64"]},
        {"jku": "https://thief.example"},
        {"x5u": "https://thief.example"},
        {"kid": "another"},
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": key("thief").public.text}},
        {"zip": "DEF"},
    ],
)
def test_a_header_with_a_further_field_is_refused(extra: dict[str, object]) -> None:
    with pytest.raises(Malformed, match="other fields"):
        read(handmade(claim_header(**extra)), Kind.CLAIM, SIGNER.public)


@pytest.mark.parametrize("field", ["alg", "typ", "jwk", "kid"])
def test_a_header_without_one_of_its_fields_is_refused(field: str) -> None:
    header = header_of(Kind.ORDER, CONTRACT_KEY.public)
    del header[field]
    with pytest.raises(Malformed):
        read_by_contract(
            handmade(json.dumps(header), json.dumps(PAYLOAD), CONTRACT_KEY), Kind.ORDER
        )


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        ('{"alg":"EdDSA","typ":"lc-claim+jwt","alg":"EdDSA"}', "{}"),
        ('{"alg":"none","alg":"EdDSA","typ":"lc-claim+jwt"}', "{}"),
        (claim_header(), '{"role":"observer","role":"teacher"}'),
        (claim_header(), '{"cnf":{"jwk":1,"jwk":2}}'),
        (claim_header(), '{"exp":NaN}'),
        (claim_header(), '{"exp":Infinity}'),
        (claim_header(), '{"exp":' + "9" * 3000 + "x}"),
        (claim_header(), "[]"),
        (claim_header(), "1"),
        (claim_header(), ""),
        (claim_header(), "{"),
        (claim_header(), "[" * 2900),
        ("[]", "{}"),
        ("null", "{}"),
    ],
)
def test_what_could_be_read_in_two_ways_or_none_is_refused(header: str, payload: str) -> None:
    with pytest.raises(Malformed):
        read(handmade(header, payload), Kind.CLAIM, SIGNER.public)


@pytest.mark.parametrize("change", ["{}=", "{}==", "={}", "{}.", ".{}", "{}.{}", " {}", "{}\n"])
def test_a_token_in_another_spelling_is_refused(change: str) -> None:
    token = sign(Kind.CLAIM, PAYLOAD, SIGNER)
    with pytest.raises(AccessError):
        read(change.replace("{}", token), Kind.CLAIM, SIGNER.public)


def test_a_padded_signature_is_refused_though_it_fits() -> None:
    token = sign(Kind.CLAIM, PAYLOAD, SIGNER)
    with pytest.raises(Malformed):
        read(token + "==", Kind.CLAIM, SIGNER.public)


@given(st.data())
def test_a_changed_character_anywhere_is_refused(data: st.DataObject) -> None:
    token = sign(Kind.ORDER, PAYLOAD, CONTRACT_KEY)
    index = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda c: c != token[index]))
    with pytest.raises(AccessError):
        read_by_contract(token[:index] + other + token[index + 1 :], Kind.ORDER)


@pytest.mark.parametrize("kind", Kind)
def test_a_token_that_is_too_long_is_not_even_read(kind: Kind) -> None:
    with pytest.raises(Malformed, match="too long"):
        peek("." * (kind.longest + 1), kind)
    with pytest.raises(Malformed, match="unreadable"):
        peek("." * kind.longest, kind)


@given(st.text(), st.sampled_from(Kind))
def test_arbitrary_text_is_malformed(text: str, kind: Kind) -> None:
    with pytest.raises(Malformed):
        read(text, kind, SIGNER.public)


def test_a_token_by_the_contracts_key_names_its_contract() -> None:
    assert read_by_contract(sign(Kind.ORDER, PAYLOAD, CONTRACT_KEY), Kind.ORDER) == (
        CONTRACT_KEY.public,
        CONTRACT,
        PAYLOAD,
    )


def test_a_token_that_names_another_contract_than_its_keys_is_foreign() -> None:
    with pytest.raises(Foreign):
        read_by_contract(sign(Kind.ORDER, PAYLOAD, key("thief")), Kind.ORDER)
    with pytest.raises(Foreign):
        read_by_contract(sign(Kind.ORDER, {}, CONTRACT_KEY), Kind.ORDER)


def test_a_header_with_the_contracts_key_and_a_thiefs_signature_is_forged() -> None:
    header = json.dumps(header_of(Kind.ORDER, CONTRACT_KEY.public))
    with pytest.raises(Forged):
        read_by_contract(handmade(header, json.dumps(PAYLOAD), key("thief")), Kind.ORDER)
