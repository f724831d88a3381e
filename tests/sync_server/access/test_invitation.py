import re

import cbor2
import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.errors import (
    AccessError,
    DamagedLink,
    LinkError,
    NewerLink,
    NotALink,
)
from sync_server.access.invitation import (
    FORM,
    SCHEME,
    Invitation,
    _checksum,
    invite,
    parse_invitation,
)
from sync_server.access.keys import from_base64url, to_base64url
from sync_server.access.proof import Role
from sync_server.access.tokens import Kind, header_of
from tests.sync_server.access.people import CONTRACT, CONTRACT_KEY, EXPIRES, invitation, key

RELAY = "ws://school.example:3030"


def test_a_link_says_what_the_invitation_says() -> None:
    invited = invitation(relays=(RELAY, "wss://other.example"))
    assert parse_invitation(invited.link()) == invited
    assert parse_invitation(invited.link()).certified.name == "Grandfather"
    assert invited.contract == CONTRACT


def test_a_link_is_one_short_line_that_shells_leave_alone() -> None:
    link = invitation(relays=(RELAY,)).link()
    assert re.fullmatch(r"learning-contract:[A-Za-z0-9_-]+", link)
    assert len(link) < 4 * 80


@given(
    st.sampled_from(Role),
    st.text("abcÄ李 '\"\\👩‍🏫", min_size=1, max_size=60).filter(str.strip),
    st.integers(0, 2**40),
    st.lists(st.sampled_from([RELAY, "wss://a.example/x?y=z"]), max_size=3),
)
def test_every_invitation_comes_back_whole(
    role: Role, name: str, expires: int, relays: list[str]
) -> None:
    invited = invite(
        CONTRACT_KEY,
        role,
        name,
        key=key("invitation"),
        jti="j",
        expires=expires,
        relays=tuple(relays),
    )
    assert parse_invitation(invited.link()) == invited


def test_white_space_from_a_terminal_does_no_harm() -> None:
    invited = invitation()
    link = invited.link()
    assert parse_invitation(f"  {link[:80]}\n{link[80:160]}\r\n  {link[160:]} ") == invited


@given(st.data())
def test_one_wrong_character_is_told_as_damage(data: st.DataObject) -> None:
    link = invitation().link()
    index = data.draw(st.integers(len(SCHEME), len(link) - 1))
    other = data.draw(st.sampled_from("abcXYZ019-_").filter(lambda c: c != link[index]))
    with pytest.raises(DamagedLink, match="copy the whole link again"):
        parse_invitation(link[:index] + other + link[index + 1 :])


@given(st.integers(0, 200))
def test_a_link_cut_short_is_told_as_damage(length: int) -> None:
    with pytest.raises(DamagedLink):
        parse_invitation(invitation().link()[: len(SCHEME) + length])


@pytest.mark.parametrize("text", ["", "hello", "https://example.org", SCHEME * 2000, "automerge:x"])
def test_something_else_is_not_a_link(text: str) -> None:
    with pytest.raises(NotALink):
        parse_invitation(text)


@given(st.text())
def test_no_text_does_worse_than_a_link_error(text: str) -> None:
    with pytest.raises(LinkError):
        parse_invitation(SCHEME + text)


def packed(fields: object) -> str:
    body = cbor2.dumps(fields)
    return SCHEME + to_base64url(body + _checksum(body))


@given(
    st.recursive(
        st.none() | st.binary(max_size=33) | st.text(max_size=3) | st.integers(-3, 1),
        lambda inner: st.lists(inner, max_size=9),
    )
)
def test_fields_of_the_wrong_type_are_refused(fields: object) -> None:
    with pytest.raises(AccessError):
        parse_invitation(packed(fields))


def test_a_newer_form_asks_for_an_update() -> None:
    with pytest.raises(NewerLink, match="update"):
        parse_invitation(packed([FORM + 1, "something new"]))


def test_a_link_whose_key_was_not_invited_is_refused() -> None:
    link = invitation().link()
    fields = cbor2.loads(from_base64url(link[len(SCHEME) :])[:-4])
    fields[1] = key("thief").seed
    with pytest.raises(AccessError):
        parse_invitation(packed(fields))


def test_a_certificate_that_a_link_could_not_write_again_makes_no_link() -> None:
    invited = invitation()
    payload = jwt.decode(invited.certificate, options={"verify_signature": False})
    token = jwt.encode(
        {**payload, "extra": 1},
        CONTRACT_KEY.loaded(),
        "EdDSA",
        header_of(Kind.CERTIFICATE, CONTRACT_KEY.public),
    )
    with pytest.raises(AccessError):
        Invitation(CONTRACT, token, invited.key, ()).link()


def test_the_private_key_is_not_shown() -> None:
    assert "Grandfather" not in repr(invitation())
    assert repr(key("invitation").seed) not in repr(invitation())
    assert invitation().certified.expires == EXPIRES
