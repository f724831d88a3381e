"""Where the library lives, and which addresses a relay can have."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from contract_tui.language import _
from contract_tui.library.errors import BadRelayAddress

HOME_VARIABLE = "CONTRACT_TUI_HOME"
REGISTRATION_VARIABLE = "CONTRACT_TUI_REGISTRATION_KEY"
PROGRAM = "contract-tui"
REHEARSAL = "contract-tui-rehearsal-"
"""How the names of the directories begin in which the libraries of a rehearsal are."""
ROOM_PATH = "/room"
"""How the address ends of a relay that is there for as long as somebody hosts it."""


def library_home(environment: Mapping[str, str] = os.environ) -> Path:
    """The directory of this person's library."""
    if chosen := environment.get(HOME_VARIABLE):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path(PROGRAM, appauthor=False)


def relay_address(text: str) -> str:
    """A relay's websocket address as it is kept; raises BadRelayAddress."""
    address = text.strip()
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("ws", "wss") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not address.isprintable() or " " in address or parts.fragment:
        raise BadRelayAddress(
            _(
                "“{address}” is not the address of a relay: it looks like wss://school.example:3030"
            ).format(address=text)
        )
    return address.rstrip("/") if not parts.query else address


def room_address(url: str) -> str:
    """The address, for those in a room, of a relay that is there only while they are."""
    return url + ROOM_PATH


def is_room(url: str) -> bool:
    """Whether an address is that of a room, which another computer may have tomorrow."""
    parts = urlsplit(url)
    return parts.scheme == "ws" and parts.path == ROOM_PATH


def registration_key(environment: Mapping[str, str] = os.environ) -> str | None:
    """What a shared relay asks for before it takes a contract that is new to it."""
    return environment.get(REGISTRATION_VARIABLE, "").strip() or None


def is_local(url: str) -> bool:
    """Whether an address leads to this computer."""
    from ipaddress import ip_address

    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_sheltered(url: str) -> bool:
    """Whether nobody on the way to a relay can read along: encrypted, or within this computer."""
    return urlsplit(url).scheme == "wss" or is_local(url)
