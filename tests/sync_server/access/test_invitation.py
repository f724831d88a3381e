import re
from collections.abc import Iterator
from typing import Any

import cbor2
import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync_server.access.devices import accept, invite_device
from sync_server.access.errors import (
    AccessError,
    DamagedLink,
    LinkError,
    NewerLink,
    NotALink,
    OlderLink,
)
from sync_server.access.fields import JTI, LATEST
from sync_server.access.invitation import (
    FORM,
    SCHEME,
    Invitation,
    _checksum,
    invite,
    parse_invitation,
)
from sync_server.access.keys import from_base64url, to_base64url
from sync_server.access.proof import Role, SeatId, seat_id
from sync_server.access.tokens import Kind, header_of
from tests.sync_server.access.people import (
    CONTRACT,
    CONTRACT_KEY,
    EXPIRES,
    device_invitation,
    invitation,
    key,
)

RELAY = "ws://school.example:3030"
OTHERS: list[object] = [0, 3, -1, 2**64, 10**5000, "x", b"", b"x" * 32, b"x" * 64, None, [], True]


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


@settings(max_examples=40)
@given(
    st.text("abcÄ李👩‍🏫", min_size=1, max_size=60).filter(str.strip),
    st.from_regex(JTI, fullmatch=True),
    st.integers(0, LATEST),
    st.integers(0, LATEST),
    st.none() | st.just(seat_id(key("lost").public)),
)
def test_every_invitation_of_a_further_device_comes_back_whole(
    name: str, jti: str, first: int, second: int, replaces: SeatId | None
) -> None:
    invited = invite(
        CONTRACT_KEY,
        Role.STUDENT,
        name,
        key=key("invitation"),
        jti=jti,
        expires=first,
        relays=(),
        replaces=replaces,
    )
    seat = accept(invited, key("seat")).proof
    own = invite_device(key("seat"), seat, key=key("own"), jti=jti, expires=second, relays=(RELAY,))
    assert parse_invitation(own.link()) == own
    assert accept(parse_invitation(own.link()), key("laptop")).proof == seat


def test_a_link_says_which_seat_is_replaced() -> None:
    lost = seat_id(key("lost").public)
    invited = invite(
        CONTRACT_KEY,
        Role.PARENT,
        "Grandfather",
        key=key("invitation"),
        jti="second",
        expires=EXPIRES,
        relays=(),
        replaces=lost,
    )
    assert parse_invitation(invited.link()).certified.replaces == lost
    assert invitation().certified.replaces is None


def test_a_link_for_a_further_device_is_one_short_line_too() -> None:
    link = device_invitation(relays=(RELAY,)).link()
    assert re.fullmatch(r"learning-contract:[A-Za-z0-9_-]+", link)
    assert len(link) < 9 * 80


def test_a_link_carries_the_first_eight_relays() -> None:
    relays = tuple(f"wss://{number}.example" for number in range(9))
    assert parse_invitation(invitation(relays=relays).link()).relays == relays[:8]


def test_white_space_from_a_terminal_does_no_harm() -> None:
    invited = invitation()
    link = invited.link()
    assert parse_invitation(f"  {link[:80]}\n{link[80:160]}\r\n  {link[160:]} ") == invited


@given(st.sampled_from([invitation(), device_invitation()]), st.data())
def test_one_wrong_character_is_told_as_damage(invited: Invitation, data: st.DataObject) -> None:
    link = invited.link()
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


def test_an_older_form_asks_for_a_new_invitation() -> None:
    with pytest.raises(OlderLink, match="ask for a new one"):
        parse_invitation(packed([1, "something old"]))


def unpacked(invited: Invitation) -> list[Any]:
    fields = cbor2.loads(from_base64url(invited.link()[len(SCHEME) :])[:-4])
    assert isinstance(fields, list)
    return fields


@pytest.mark.parametrize("invited", [invitation(), device_invitation()])
def test_a_link_whose_key_was_not_invited_is_refused(invited: Invitation) -> None:
    fields = unpacked(invited)
    assert parse_invitation(packed(fields)) == invited
    fields[1] = key("thief").seed
    with pytest.raises(AccessError):
        parse_invitation(packed(fields))


@pytest.mark.parametrize("invited", [invitation(), device_invitation()])
def test_no_field_of_a_link_can_be_another(invited: Invitation) -> None:
    fields = unpacked(invited)
    places = list(leaves(fields[3:], (3,)))
    assert len(places) >= 6
    for place in places:
        for other in OTHERS:
            changed = unpacked(invited)
            target: Any = changed
            for index in place[:-1]:
                target = target[index]
            if target[place[-1]] == other and type(target[place[-1]]) is type(other):
                continue
            target[place[-1]] = other
            with pytest.raises(AccessError):
                parse_invitation(packed(changed))


def leaves(fields: Any, place: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The places of everything in nested lists, the first index of which starts at `place`."""
    for index, value in enumerate(fields):
        here = (*place[:-1], place[-1] + index)
        if isinstance(value, list):
            yield from leaves(value, (*here, 0))
        else:
            yield here


@pytest.mark.parametrize("relays", [[1], [None], [[]], ["ws://a.example"] * 9, "ws://a.example"])
def test_relays_that_are_no_short_list_of_texts_are_refused(relays: object) -> None:
    fields = unpacked(invitation())
    fields[2] = relays
    with pytest.raises(DamagedLink):
        parse_invitation(packed(fields))


@given(st.binary(max_size=64))
def test_arbitrary_bytes_with_a_good_checksum_do_no_worse_than_an_access_error(
    body: bytes,
) -> None:
    with pytest.raises(AccessError):
        parse_invitation(SCHEME + to_base64url(body + _checksum(body)))


@pytest.mark.parametrize("body", [b"\x81" * 5000, b"\x99\xff\xff" * 1500, b"\x9f\x02" * 9])
def test_a_deep_or_endless_link_is_told_as_damage(body: bytes) -> None:
    with pytest.raises(DamagedLink):
        parse_invitation(SCHEME + to_base64url(body + _checksum(body)))


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
