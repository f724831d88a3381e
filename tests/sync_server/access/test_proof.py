import json
from collections.abc import Mapping

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.errors import AccessError, Expired, Foreign, Forged, Malformed
from sync_server.access.keys import (
    SigningKey,
    contract_id,
    device_prefix,
    from_base64url,
    to_base64url,
)
from sync_server.access.proof import (
    Certificate,
    Proof,
    Role,
    certificate_payload,
    claim,
    claim_payload,
    is_name,
    issue_certificate,
    possession,
    read_certificate,
    seat_id,
    verify_proof,
)
from sync_server.access.tokens import LONGEST_TOKEN, Kind, header_of, sign
from sync_server.protocol.ids import DocumentId
from tests.sync_server.access.people import (
    CONTRACT,
    CONTRACT_KEY,
    EXPIRES,
    invitation,
    key,
    proof,
)

PAYLOAD = certificate_payload(
    Certificate(CONTRACT, Role.PARENT, "Grandfather", key("invitation").public, "first", EXPIRES)
)
HEADER = header_of(Kind.CERTIFICATE, CONTRACT_KEY.public)

KEPT = (
    "eyJhbGciOiJFZERTQSIsImp3ayI6eyJjcnYiOiJFZDI1NTE5Iiwia3R5IjoiT0tQIiwieCI6Ii1vemlab1lxUXlpVG"
    "tmVFhRWDFYc0lGM0J4Q0FGNTRFZld5VGJxNlpUV0EifSwia2lkIjoiMzJmTXhqTmpzWGFFbXplS3Y4SEUyMjdab05h"
    "cyIsInR5cCI6ImxjLWNlcnRpZmljYXRlK2p3dCJ9.eyJjbmYiOnsiandrIjp7ImNydiI6IkVkMjU1MTkiLCJrdHkiO"
    "iJPS1AiLCJ4IjoiaU1Lb1IxSWNtR0NMdWdzRW51akpuY096aHU1WWJhNlpzcUpfY3hjQ2U4ZyJ9fSwiZXhwIjoyMDA"
    "wMDAwMDAwLCJpc3MiOiIzMmZNeGpOanNYYUVtemVLdjhIRTIyN1pvTmFzIiwianRpIjoiZmlyc3QiLCJuYW1lIjoiR"
    "3JhbmRmYXRoZXIiLCJyb2xlIjoicGFyZW50In0.M355lGT4HSJ0jAeTjSv42Jn61xqROcxkQMB9-0--EhDOl3kNFat"
    "XXs5uX9pmmSK1AGnQpR1cT-G3u7W-R73gBQ~eyJhbGciOiJFZERTQSIsInR5cCI6ImxjLWNsYWltK2p3dCJ9.eyJjb"
    "mYiOnsiandrIjp7ImNydiI6IkVkMjU1MTkiLCJrdHkiOiJPS1AiLCJ4IjoiT0kteklaQWRYQ3hOck1FVE5qODFoQ3F"
    "GWEU5UlFObVJFcEtnOGxiY3pzNCJ9fSwiaXNzIjoiMzJmTXhqTmpzWGFFbXplS3Y4SEUyMjdab05hcyIsImp0aSI6I"
    "mZpcnN0IiwicG9wIjoiSXVaUEo5cE5rQWZWOExDaUQzMXh4WGF4am1qVGJGSC1HQ3A2ZWVxd3FDMjQzMVE0b0NXWXR"
    "CN3RTZExQQm1XazA3MEdpUDR3dEtuc3JxMnlmSmNWQncifQ.FjS_ODtkv0wwzYP261OpUs5jwX3C1iQvLeJ1yP335X"
    "SvDk06omKKKQj9PyQAlXAcGgiOJH2VOMFE8HaZ5AnjAA"
)
"""A proof as contracts keep it."""


def certificate(
    changes: Mapping[str, object] | None = None,
    *,
    signer: SigningKey = CONTRACT_KEY,
    header: dict[str, object] | None = None,
) -> str:
    fields = {**PAYLOAD, **(changes or {})}
    payload = {name: value for name, value in fields.items() if value is not None}
    return jwt.encode(payload, signer.loaded(), "EdDSA", header or HEADER, sort_headers=True)


def test_certificate_and_claim_prove_a_seat() -> None:
    seat = verify_proof(proof(), CONTRACT)
    assert (seat.role, seat.name, seat.key) == (Role.PARENT, "Grandfather", key("seat").public)
    assert seat.id == device_prefix(key("seat").public).hex()


def test_a_proof_from_years_ago_proves_its_seat_for_ever() -> None:
    """Whoever changes the form of a token has to go on reading this one."""
    assert verify_proof(Proof.from_text(KEPT), CONTRACT) == verify_proof(proof(), CONTRACT)


def test_an_expired_invitation_cannot_be_claimed_but_an_old_proof_stays_valid() -> None:
    assert verify_proof(proof(), CONTRACT, now=EXPIRES - 1).name == "Grandfather"
    with pytest.raises(Expired):
        verify_proof(proof(), CONTRACT, now=EXPIRES)
    assert verify_proof(proof(), CONTRACT).name == "Grandfather"


def test_a_proof_for_another_contract_is_foreign() -> None:
    with pytest.raises(Foreign):
        verify_proof(proof(), DocumentId(bytes(16)))


def test_a_certificate_by_another_key_is_foreign_even_if_it_names_this_contract() -> None:
    thief = key("thief")
    stolen = certificate(
        signer=thief, header=dict(HEADER, jwk=header_of(Kind.CERTIFICATE, thief.public)["jwk"])
    )
    with pytest.raises(Foreign):
        verify_proof(Proof(stolen, proof().claim), CONTRACT)


def test_a_certificate_signed_by_another_than_the_named_key_is_forged() -> None:
    with pytest.raises(Forged):
        read_certificate(certificate(signer=key("thief")))


def test_a_claim_not_signed_by_the_invited_key_is_forged() -> None:
    invited = invitation()
    forged = claim(key("thief"), invited.certificate, key("seat"))
    with pytest.raises(Forged):
        verify_proof(Proof(invited.certificate, forged), CONTRACT)


def test_a_claim_to_another_invitation_is_foreign() -> None:
    other = certificate({"jti": "second"})
    with pytest.raises(Foreign):
        verify_proof(Proof(other, proof().claim), CONTRACT)


@pytest.mark.parametrize(
    "changes", [{"role": "observer"}, {"name": "Somebody else"}, {"exp": EXPIRES + 1}]
)
def test_a_claim_holds_for_one_certificate_even_if_the_holder_signs_another_like_it(
    changes: dict[str, object],
) -> None:
    other = certificate(changes)
    assert read_certificate(other).jti == read_certificate(proof().certificate).jti
    with pytest.raises(Forged):
        verify_proof(Proof(other, proof().claim), CONTRACT)


def test_a_seat_is_not_claimed_for_somebody_who_did_not_take_part() -> None:
    invited = invitation(Role.OBSERVER)
    shown = possession(key("thief"), invited.certificate)
    payload = claim_payload(CONTRACT, "first", key("student").public, shown)
    stolen = sign(Kind.CLAIM, payload, invited.key)
    with pytest.raises(Forged, match="did not take part"):
        verify_proof(Proof(invited.certificate, stolen), CONTRACT)


@pytest.mark.parametrize("pop", [None, "", "!", 1, "AAAA"])
def test_a_claim_that_does_not_show_its_key_takes_part_is_refused(pop: object) -> None:
    invited = invitation()
    payload = claim_payload(CONTRACT, "first", key("seat").public, b"")
    fields = {**payload, "pop": pop}
    with pytest.raises((Malformed, Forged)):
        verify_proof(Proof(invited.certificate, sign(Kind.CLAIM, fields, invited.key)), CONTRACT)


def test_a_role_changed_inside_the_token_is_forged() -> None:
    header, payload, signature = invitation(Role.OBSERVER).certificate.split(".")
    text = from_base64url(payload).replace(b"observer", b"teacher")
    stolen = f"{header}.{to_base64url(text)}.{signature}"
    assert b"teacher" in text
    with pytest.raises(Forged):
        read_certificate(stolen)


def test_everything_signed_again_under_another_contracts_key_is_foreign_here() -> None:
    thief = key("thief")
    own = issue_certificate(thief, Role.STUDENT, "Heidi", key("own").public, "own", EXPIRES)
    again = Proof(own, claim(key("own"), own, key("seat")))
    assert verify_proof(again, contract_id(thief.public)).role is Role.STUDENT
    with pytest.raises(Foreign):
        verify_proof(again, CONTRACT)


def test_a_certificate_says_which_seat_it_replaces() -> None:
    lost = seat_id(key("lost").public)
    token = issue_certificate(
        CONTRACT_KEY, Role.PARENT, "Grandfather", key("i").public, "second", EXPIRES, lost
    )
    assert read_certificate(token).replaces == lost
    assert read_certificate(certificate()).replaces is None


@pytest.mark.parametrize("replaces", ["", "me", "A" * 16, "0" * 17, 7, []])
def test_a_certificate_that_replaces_no_seat_is_malformed(replaces: object) -> None:
    with pytest.raises(Malformed, match="no seat"):
        read_certificate(certificate({"replaces": replaces}))


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_only_one_algorithm_is_accepted(algorithm: str) -> None:
    secret = CONTRACT_KEY.public.raw if algorithm == "HS256" else ""
    header = {name: value for name, value in HEADER.items() if name != "alg"}
    token = jwt.encode(PAYLOAD, secret, algorithm, header)
    with pytest.raises(Malformed):
        read_certificate(token)


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "principal"},
        {"role": None},
        {"role": 1},
        {"name": None},
        {"name": "two\nlines"},
        {"name": "x" * 61},
        {"name": "\u202eevol"},
        {"name": "  "},
        {"jti": None},
        {"jti": 7},
        {"exp": None},
        {"exp": "soon"},
        {"exp": True},
        {"exp": -1},
        {"cnf": None},
        {"cnf": []},
        {"cnf": {"jwk": {"kty": "OKP", "crv": "Ed448", "x": "AA"}}},
        {"cnf": {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": 3}}},
        {"cnf": {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA"}}},
        {"cnf": {"jwk": key("a").public.text}},
    ],
)
def test_a_certificate_with_a_missing_or_wrong_field_is_malformed(
    changes: dict[str, object],
) -> None:
    with pytest.raises(Malformed):
        read_certificate(certificate(changes))


@pytest.mark.parametrize("iss", [None, "", "nobody"])
def test_a_certificate_that_names_no_contract_is_foreign(iss: str | None) -> None:
    with pytest.raises(Foreign):
        read_certificate(certificate({"iss": iss}))


def test_a_header_that_names_another_contract_is_foreign() -> None:
    with pytest.raises(Foreign):
        read_certificate(certificate(header=dict(HEADER, kid="another")))


def test_a_private_key_in_a_header_is_refused() -> None:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": CONTRACT_KEY.public.text, "d": "secret"}
    with pytest.raises(Malformed):
        read_certificate(certificate(header=dict(HEADER, jwk=jwk)))


def test_a_token_that_is_too_long_is_not_even_read() -> None:
    with pytest.raises(Malformed, match="too long"):
        read_certificate("a" * (LONGEST_TOKEN + 1))
    with pytest.raises(Malformed, match="too long"):
        verify_proof(Proof(proof().certificate, "a" * (LONGEST_TOKEN + 1)), CONTRACT)


@given(st.text())
def test_arbitrary_text_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        read_certificate(text)


@given(st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=5))
def test_a_header_of_arbitrary_json_is_refused(header: object) -> None:
    text = to_base64url(json.dumps(header).encode())
    with pytest.raises(AccessError):
        read_certificate(f"{text}.e30.AA")


@given(st.data())
def test_a_flipped_bit_anywhere_is_refused(data: st.DataObject) -> None:
    good = proof()
    text = bytearray(good.text.encode())
    index = data.draw(st.integers(0, len(text) - 1))
    text[index] ^= 1 << data.draw(st.integers(0, 6))
    with pytest.raises(AccessError):
        verify_proof(Proof.from_text(text.decode("latin-1")), CONTRACT)


def test_a_proof_is_written_and_read_as_one_line() -> None:
    assert Proof.from_text(proof().text) == proof()
    assert "\n" not in proof().text
    with pytest.raises(Malformed):
        Proof.from_text("only one token")


def test_the_owner_invites_themselves_in_the_same_form() -> None:
    own = issue_certificate(CONTRACT_KEY, Role.STUDENT, "Heidi", key("own").public, "own", EXPIRES)
    seat = verify_proof(Proof(own, claim(key("own"), own, key("heidi"))), CONTRACT)
    assert (seat.role, seat.name) == (Role.STUDENT, "Heidi")
    assert contract_id(CONTRACT_KEY.public) == CONTRACT


@pytest.mark.parametrize("name", ["Heidi", "José Ñ", "👩‍🏫 Clara", "李老师", "مريم"])
def test_people_may_be_called_what_they_are_called(name: str) -> None:
    assert is_name(name)


def test_only_observers_do_not_write() -> None:
    assert [role for role in Role if not role.writes] == [Role.OBSERVER]
