"""The program of one guest, as a process of its own, which `guest` begins.

It has a library to itself, in the folder that the host keeps for this guest. The first time it
takes the seat of the invitation that lies there, with a key that is made here and stays here.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from contract_tui.commands.terminal import painting
from contract_tui.guests.book import INVITATION
from contract_tui.guests.environment import (
    CONTRACT_VARIABLE,
    HOST_VARIABLE,
    LOOK_VARIABLE,
    RELAY_VARIABLE,
)
from contract_tui.guests.packets import PRELUDE, meta
from contract_tui.language import _, told
from contract_tui.library import seats
from contract_tui.library.errors import SessionError
from contract_tui.library.keepsakes import HOST
from contract_tui.library.library import Library
from contract_tui.library.settings import library_home
from sync_server.access.errors import AccessError
from sync_server.protocol.ids import DocumentId, parse_document_id

TOLD = (CONTRACT_VARIABLE, RELAY_VARIABLE, HOST_VARIABLE)


class NoInvitation(SessionError):
    """There is no seat here, and nothing to take one with."""


class NoHost(SessionError):
    """No host's program has started this."""


class NotSeated(SessionError):
    """The relay does not accept the seat."""


def main() -> int:
    """Take the seat, if that was not done before, and show the contract."""
    home = library_home()
    try:
        with Library(home) as library:
            contract = sit_down(library, home)
            return _show(library, contract)
    except (SessionError, AccessError) as error:
        _refuse(told(error))
        return 1


def sit_down(library: Library, home: Path) -> DocumentId:
    """See to it that this library has a seat in the contract; raises SessionError, AccessError."""
    told = [os.environ.get(name, "") for name in TOLD]
    if not all(told):
        raise NoHost(_("this begins when a guest opens their address: it is not started by hand"))
    contract, relay, host = parse_document_id(told[0]), told[1], bytes.fromhex(told[2])
    if not any(entry.id == contract and entry.seat for entry in library.entries()):
        _take_seat(library, home / INVITATION, contract, relay)
    library.add_relays(contract, [relay])
    library.confirm_unencrypted(relay)  # the way to it does not leave this computer
    library.keepsakes(contract).put(HOST, {b"": host})
    return contract


def _take_seat(library: Library, lying: Path, contract: DocumentId, relay: str) -> None:
    from contract_tui.session.link.knocking import knock

    try:
        link = lying.read_text()
    except OSError as error:
        raise NoInvitation(
            _("your invitation is not here any more: ask for a new address")
        ) from error
    joined = seats.join(library, link)
    if joined != contract:
        library.erase(joined)
        raise NoInvitation(_("your invitation is for another contract: ask for a new address"))
    library.add_relays(contract, [relay])
    library.confirm_unencrypted(relay)
    refusal = asyncio.run(knock(library, library.entry(contract)))
    if refusal is not None:
        library.erase(contract)
        raise NotSeated(str(refusal))
    with suppress(OSError):
        lying.unlink()


def _show(library: Library, contract: DocumentId) -> int:
    with painting():
        from contract_tui.ui import themes
        from contract_tui.ui.app import ContractApp

        looks = {"light": themes.LIGHT, "contrast": themes.CONTRAST}
        look = looks.get(os.environ.get(LOOK_VARIABLE, ""), themes.DARK)
        app = ContractApp(library, contract, theme=look.name)
        app.run()
        return app.return_code or 0


def _refuse(sentence: str) -> None:
    """Say on the page why there is no screen."""
    sys.stdout.buffer.write(PRELUDE + meta({"type": "refused", "words": sentence}))
    sys.stdout.buffer.flush()
