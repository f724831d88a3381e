"""How to share a contract, through a relay or in a room, and how to try it out."""

from __future__ import annotations

import argparse

from contract_tui.language import _
from contract_tui.usage.options import (
    Commands,
    add_command,
    add_register,
    add_relay,
    add_unencrypted,
)


def add(commands: Commands) -> None:
    """Add `sync`, `host` and `rehearse`."""
    _add_sync(commands)
    _add_host(commands)
    _add_rehearse(commands)


def _add_sync(commands: Commands) -> None:
    sync = add_command(
        commands, "sync", ("sharing", "sync"), _("exchange everything with the relay, then end")
    )
    add_relay(sync, _("a relay to share it through"))
    add_register(sync)


def _add_host(commands: Commands) -> None:
    host = add_command(
        commands,
        "host",
        ("hosting", "host"),
        _("share a contract with the people around you, in their browsers or programs"),
        description=_(
            "It shows an address and a short code for each seat that is missing: a guest"
            " needs nothing but a browser. Codes go on working when you host again at the same"
            " address."
        ),
    )
    host.add_argument(
        "--relay", metavar="URL", help=_("meet at this relay instead of one in this program")
    )
    add_unencrypted(host)
    add_register(host)
    host.add_argument(
        "--port", type=_port, metavar="N", help=_("listen there (3030, if it is free)")
    )
    host.add_argument(
        "--address", metavar="HOST", help=_("this computer’s address, if it has several")
    )
    host.add_argument(
        "--guests-port",
        type=_port,
        metavar="N",
        help=_("where browsers arrive (8080, if it is free)"),
    )
    host.add_argument(
        "--guests-address",
        metavar="HOST",
        help=_("what guests type: a name or address of this one"),
    )
    host.add_argument(
        "--tls-cert", metavar="FILE", help=_("encrypt the way of browsers: certificate, in PEM")
    )
    host.add_argument("--tls-key", metavar="FILE", help=_("the certificate’s private key, in PEM"))
    host.add_argument(
        "--keep",
        action="store_true",
        help=_("do so from now on, also with F6; alone, it takes that back"),
    )


def _add_rehearse(commands: Commands) -> None:
    rehearse = add_command(
        commands,
        "rehearse",
        ("rehearse", "rehearse"),
        _("try it out with a sample contract and three seats; your own library is left alone"),
        contract=False,
    )
    rehearse.add_argument(
        "--no-tmux", action="store_true", help=_("one screen only, even where tmux is installed")
    )


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(_("a port is a number up to 65535"))
    return port
