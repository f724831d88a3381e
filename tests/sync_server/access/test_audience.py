import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.audience import audience_of
from sync_server.access.errors import BadAddress


@pytest.mark.parametrize(
    ("url", "audience"),
    [
        ("ws://school.example", "ws://school.example:80"),
        ("wss://school.example", "wss://school.example:443"),
        ("http://school.example/", "ws://school.example:80"),
        ("https://school.example:8443/relay?x=1#y", "wss://school.example:8443"),
        ("WSS://School.EXAMPLE", "wss://school.example:443"),
        ("wss://school.example.:443", "wss://school.example:443"),
        ("wss://school.example?access=x", "wss://school.example:443"),
        ("  ws://localhost:3030\n", "ws://localhost:3030"),
        ("ws://127.0.0.1:3030", "ws://127.0.0.1:3030"),
        ("ws://[::1]:3030", "ws://[::1]:3030"),
        ("wss://[2001:DB8:0:0:0:0:0:1]", "wss://[2001:db8::1]:443"),
        ("wss://schüle.example", "wss://xn--schle-mva.example:443"),
        ("wss://SCHÜLE.example", "wss://xn--schle-mva.example:443"),
        ("wss://xn--schle-mva.example", "wss://xn--schle-mva.example:443"),
        ("ws://my_pi:03030", "ws://my_pi:3030"),
    ],
)
def test_an_address_has_one_spelling(url: str, audience: str) -> None:
    assert audience_of(url) == audience
    assert audience_of(audience) == audience


@pytest.mark.parametrize(
    "url",
    [
        "",
        "school.example",
        "school.example:3030",
        "ftp://school.example",
        "ws:school.example",
        "ws://",
        "ws://:3030",
        "ws:///path",
        "ws://school.example:0",
        "ws://school.example:65536",
        "ws://school.example:port",
        "ws://school.example:+80",
        "ws://me@school.example",
        "ws://school.example@thief.example",
        "ws://school.example\\@thief.example",
        "ws://school .example",
        "ws://school.example\nHost: thief.example",
        "ws://-school.example",
        "ws://school..example",
        "ws://" + "a" * 64 + ".example",
        "ws://" + "a." * 127 + "a",
        "ws://[::1",
        "ws://::1",
        "ws://[localhost]",
        "ws://[fe80::1%eth0]",
        "ws://ｓｃｈｏｏｌ\u202e.example",
        "ws://a/" + "x" * 3000,
    ],
)
def test_what_is_no_address_of_a_relay_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        audience_of(url)


@given(st.text())
def test_arbitrary_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"ws://{text}", f"wss://school.example{text}"):
        try:
            audience = audience_of(url)
        except BadAddress:
            continue
        assert audience.isascii()
        assert audience_of(audience) == audience


def test_only_the_same_scheme_host_and_port_are_one_audience() -> None:
    addresses = [
        "ws://a.example",
        "wss://a.example",
        "ws://b.example",
        "ws://a.example:443",
        "ws://sub.a.example",
        "ws://[::1]",
        "ws://127.0.0.1",
        "ws://localhost",
    ]
    assert len(set(map(audience_of, addresses))) == len(addresses)
