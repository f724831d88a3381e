"""A room that is opened from the workshop."""

import socket

import pytest

from contract_tui.commands import hosting_here
from contract_tui.commands.hosting import own_address


def test_others_are_told_where_a_room_would_be_only_where_that_is_certain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = own_address()
    with socket.create_server((address, 0)) as found:
        port = found.getsockname()[1]
    monkeypatch.setattr(hosting_here, "PORT", port)
    with socket.create_server((address, port)):
        assert hosting_here.room_here() == ""
    assert hosting_here.room_here() == f"ws://{address}:{port}/room"
