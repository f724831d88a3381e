import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.errors import Malformed
from sync_server.access.fields import (
    JTI,
    LATEST,
    confirmed_key,
    confirming,
    jti_of,
    names,
    number_field,
    text_field,
)
from sync_server.protocol.ids import DocumentId, document_url, format_document_id
from tests.sync_server.access.people import CONTRACT, key


@pytest.mark.parametrize("value", [None, "1", 1.0, True, -1, 2**53, [], {}])
def test_a_field_that_is_no_whole_number_is_refused(value: object) -> None:
    assert number_field({"exp": LATEST}, "exp") == LATEST
    with pytest.raises(Malformed, match="exp"):
        number_field({"exp": value}, "exp")


@pytest.mark.parametrize("value", [None, "", " ", 1, [], {}])
def test_a_field_that_is_no_text_is_refused(value: object) -> None:
    assert text_field({"aud": "x"}, "aud") == "x"
    with pytest.raises(Malformed, match="aud"):
        text_field({"aud": value}, "aud")


@pytest.mark.parametrize("jti", ["x" * 65, "two words", "line\n", "é", "\u202e", "\ud800"])
def test_a_jti_that_is_not_one_short_word_is_refused(jti: str) -> None:
    with pytest.raises(Malformed, match="jti"):
        jti_of({"jti": jti})


@given(st.from_regex(JTI, fullmatch=True))
def test_a_jti_of_one_short_word_is_taken(jti: str) -> None:
    assert jti_of({"jti": jti}) == jti


def test_the_key_that_a_token_is_about_is_read() -> None:
    assert confirmed_key({"cnf": confirming(key("seat").public)}) == key("seat").public


@pytest.mark.parametrize(
    "jwk",
    [
        None,
        [],
        {},
        {"kty": "OKP", "crv": "Ed25519"},
        {"kty": "OKP", "crv": "X25519", "x": key("seat").public.text},
        {"kty": "EC", "crv": "Ed25519", "x": key("seat").public.text},
        {"kty": "OKP", "crv": "Ed25519", "x": key("seat").public.text, "d": "secret"},
        {"kty": "OKP", "crv": "Ed25519", "x": key("seat").public.text + "="},
        {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43},
    ],
)
def test_a_field_that_carries_no_key_and_nothing_else_is_refused(jwk: object) -> None:
    with pytest.raises(Malformed):
        confirmed_key({"cnf": {"jwk": jwk}})


def test_a_contract_is_named_by_its_id_or_its_address() -> None:
    assert names(format_document_id(CONTRACT), CONTRACT)
    assert names(document_url(CONTRACT), CONTRACT)


@pytest.mark.parametrize("text", [None, "", "nobody", 7, format_document_id(DocumentId(bytes(16)))])
def test_something_else_does_not_name_the_contract(text: object) -> None:
    assert not names(text, CONTRACT)
