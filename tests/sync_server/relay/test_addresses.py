"""Names, sites and crowds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.relay.addresses import Crowd, Names, address, network_of
from sync_server.relay.errors import AddressMisspelt
from sync_server.relay.settings import Settings


def names(settings: Settings) -> Names:
    """The names of a relay on port 3030."""
    made = Names(settings)
    made.listen(3030)
    return made


LOOPBACK = {"ws://127.0.0.1:3030", "ws://[::1]:3030", "ws://localhost:3030"}


def test_without_public_names_it_goes_by_the_bound_and_the_loopback_ones() -> None:
    assert names(Settings()).at("127.0.0.1") == LOOPBACK
    assert names(Settings(host="10.0.0.7")).at("10.0.0.7") == LOOPBACK | {"ws://10.0.0.7:3030"}


@pytest.mark.parametrize(
    ("reached", "name"),
    [
        ("192.168.1.5", "ws://192.168.1.5:3030"),
        ("::ffff:192.168.1.5", "ws://192.168.1.5:3030"),
        ("fe80::1%eth0", "ws://[fe80::1]:3030"),
    ],
)
@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_listening_everywhere_it_goes_by_the_address_that_was_reached(
    host: str, reached: str, name: str
) -> None:
    assert names(Settings(host=host)).at(reached) == LOOPBACK | {name}


def test_public_names_are_the_only_ones() -> None:
    settings = Settings(host="0.0.0.0", public_urls=("wss://School.example/", "ws://other:81"))
    assert names(settings).at("192.168.1.5") == {"wss://school.example:443", "ws://other:81"}


def test_with_a_certificate_the_names_are_encrypted_ones(tmp_path: object) -> None:
    settings = Settings(tls_cert="cert", tls_key="key")  # type: ignore[arg-type]  # not read here
    assert "wss://127.0.0.1:3030" in names(settings).at("127.0.0.1")


@pytest.mark.parametrize("url", ["school.example", "ftp://school.example", "ws://", "ws://a b"])
def test_a_public_name_that_is_no_address_is_said(url: str) -> None:
    with pytest.raises(AddressMisspelt, match="is not an address that can be used"):
        names(Settings(public_urls=(url,)))


@pytest.mark.parametrize(
    "origin", ["https://school.example", "HTTPS://school.example:443", "http://localhost:8080"]
)
def test_pages_of_allowed_sites_are_welcome(origin: str) -> None:
    allowed = ("https://School.example", "http://localhost:8080", "moz-extension://abc")
    made = names(Settings(allow_origins=allowed))
    assert made.welcomes(origin, "127.0.0.1")
    assert made.welcomes("moz-extension://abc", "127.0.0.1")


def test_pages_of_its_own_are_welcome() -> None:
    made = names(Settings(public_urls=("wss://school.example",)))
    assert made.welcomes("https://school.example", "127.0.0.1")
    assert not made.welcomes("http://school.example", "127.0.0.1")
    assert not made.welcomes("https://school.example:444", "127.0.0.1")


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "", "file://", "http://school.example", "https://x\r\n"],
)
def test_pages_of_others_are_not(origin: str) -> None:
    made = names(Settings(host="0.0.0.0", allow_origins=("https://school.example",)))
    assert not made.welcomes(origin, "192.168.1.5")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("fe80::1%eth0", "fe80::2%eth1"),
        ("", ""),
    ],
)
def test_these_are_one_network(one: str, other: str) -> None:
    assert network_of(one) == network_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("192.0.2.1", "192.0.2.2"), ("2001:db8:1:2::1", "2001:db8:1:3::1"), ("::1", "127.0.0.1")],
)
def test_these_are_two(one: str, other: str) -> None:
    assert network_of(one) != network_of(other)


def test_an_address_is_written_with_brackets_where_it_needs_them() -> None:
    assert address("ws", "::1", 80) == "ws://[::1]:80"
    assert address("wss", "a.example", 443) == "wss://a.example:443"


# Crowds


def test_one_network_opens_no_more_than_its_share() -> None:
    crowd = Crowd(Settings(connections_per_address=2))
    for _ in range(2):
        assert crowd.arrives("school")
        assert crowd.may_enter("school")
        crowd.enters("school")
    assert crowd.arrives("school")
    assert not crowd.may_enter("school")
    assert crowd.may_enter("home")
    crowd.leaves("school", was_open=True)
    assert crowd.may_enter("school")


def test_one_network_takes_half_of_the_room_at_the_door() -> None:
    crowd = Crowd(Settings(handshakes=6))
    assert [crowd.arrives("school") for _ in range(4)] == [True, True, True, False]
    assert [crowd.arrives(f"home {n}") for n in range(4)] == [True, True, True, False]
    crowd.leaves("school", was_open=False)
    assert crowd.arrives("another home")


def test_there_is_an_end_to_the_room_inside() -> None:
    crowd = Crowd(Settings(connections=3))
    for n in range(3):
        assert crowd.arrives(f"home {n}")
        crowd.enters(f"home {n}")
    assert not crowd.arrives("another home")
    crowd.leaves("home 1", was_open=True)
    assert crowd.arrives("another home")


def test_five_hundred_of_one_school_come_in_at_once() -> None:
    crowd = Crowd(Settings())
    assert all(crowd.arrives("school") for _ in range(500))
    for _ in range(500):
        assert crowd.may_enter("school")
        crowd.enters("school")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60))
def test_when_all_have_left_there_is_all_the_room_again(steps: list[tuple[str, bool]]) -> None:
    settings = Settings(connections=5, connections_per_address=3, handshakes=4)
    crowd = Crowd(settings)
    inside: list[tuple[str, bool]] = []
    for network, opens in steps:
        if crowd.arrives(network):
            opens = opens and crowd.may_enter(network)
            if opens:
                crowd.enters(network)
            inside.append((network, opens))
        elif inside:
            crowd.leaves(*inside.pop(0))
        assert len(inside) <= settings.connections
    for network, was_open in inside:
        crowd.leaves(network, was_open)
    for network in "ab":
        assert crowd.arrives(network)
        assert crowd.arrives(network)
        assert not crowd.arrives(network)
