"""Where the library lives, and which addresses a relay can have."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from contract_tui.session.errors import BadRelayAddress

HOME_VARIABLE = "CONTRACT_TUI_HOME"
PROGRAM = "contract-tui"


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
            f"“{text}” is not the address of a relay: it looks like ws://school.example:3030"
        )
    return address.rstrip("/") if not parts.query else address
