from pathlib import Path

import pytest

from contract_tui.library.errors import BadRelayAddress
from contract_tui.library.settings import (
    HOME_VARIABLE,
    is_room,
    library_home,
    relay_address,
    room_address,
)


def test_a_variable_decides_where_the_library_is(tmp_path: Path) -> None:
    assert library_home({HOME_VARIABLE: str(tmp_path)}) == tmp_path
    assert library_home({HOME_VARIABLE: "~/x"}) == Path.home() / "x"


def test_else_it_is_where_the_platform_keeps_such_things() -> None:
    assert library_home({}).name == "contract-tui"
    assert library_home({HOME_VARIABLE: ""}).is_absolute()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ws://localhost:3030", "ws://localhost:3030"),
        (" wss://school.example/ ", "wss://school.example"),
        ("ws://[::1]:3030/room", "ws://[::1]:3030/room"),
        ("wss://school.example/?class=3b", "wss://school.example/?class=3b"),
    ],
)
def test_a_relay_has_a_websocket_address(text: str, kept: str) -> None:
    assert relay_address(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost:3030",
        "http://x",
        "ws://",
        "ws:///x",
        "ws://x:99999",
        "ws://x:0",
        "ws://x#y",
        "ws://a b",
        "ws://[::1",
        "ws://x\n.y",
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadRelayAddress, match="looks like wss://"):
        relay_address(text)


def test_the_address_of_a_room_is_told_from_others() -> None:
    room = room_address("ws://192.168.1.5:3030")
    assert is_room(room)
    assert is_room(relay_address(f"{room}/"))
    assert not is_room("ws://192.168.1.5:3030")
    assert not is_room("wss://school.example/room")
