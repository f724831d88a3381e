"""Commands about who takes part: new, invite, join."""

from __future__ import annotations

from argparse import Namespace

from contract_tui.commands.console import open_library, relays, say
from contract_tui.session import seats
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id


def new(options: Namespace) -> int:
    """Make a contract and print its id."""
    known = relays(options.relay)
    with open_library() as library:
        contract = seats.new_contract(
            library, options.title, options.name, Role(options.role), known
        )
    print(format_document_id(contract))
    return 0


def invite(options: Namespace) -> int:
    """Print the link with which one person takes one seat."""
    known = relays(options.relay)
    with open_library() as library:
        entry = library.resolve(options.contract)
        invitation = seats.invite_to(
            library,
            entry,
            Role(options.role),
            options.name,
            relays=known,
            days=options.expires,
        )
    if not invitation.relays:
        say("this contract knows no relay yet: invite again with --relay URL once there is one")
    say(f"for {options.name} only: whoever has this link can take the seat")
    print(invitation.link())
    return 0


def join(options: Namespace) -> int:
    """Take the seat of an invitation and print the contract's id."""
    known = relays(options.relay)
    with open_library() as library:
        contract = seats.join(library, options.invitation)
        library.add_relays(contract, known)
        seat = library.entry(contract).seat
    assert seat is not None
    identity = format_document_id(contract)
    say(f"you are {seat.name}, {seat.role}: contract-tui open {identity}")
    print(identity)
    return 0
