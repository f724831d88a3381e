"""Commands about who takes part: new, join."""

from __future__ import annotations

import asyncio
import re
from argparse import Namespace
from collections.abc import Sequence

from contract_tui.commands.consent import settle_ways
from contract_tui.commands.console import open_library, relays, say
from contract_tui.contract.items import terms
from contract_tui.language import _
from contract_tui.library import seats
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from sync_server.access.code import normal_code
from sync_server.access.invitation import SCHEME, parse_invitation
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId, format_document_id

CODE_LIKE = re.compile(r"\w{3}[-\s]?\w{3}[-\s]?\w{3}")


class NotJoined(SessionError):
    """No relay accepts the seat that was just taken, so it was given up again."""


class NeedsRelay(SessionError):
    """A short code says nothing without the relay that keeps it."""


def new(options: Namespace) -> int:
    """Make a contract and print its id."""
    known = relays(options.relay)
    with open_library() as library:
        settle_ways(library, known, allowed=options.allow_unencrypted)
        contract = seats.new_contract(
            library, options.title, options.name, Role(options.role), known
        )
    print(format_document_id(contract))
    return 0


def join(options: Namespace) -> int:
    """Take the seat of an invitation, fetch what is there, and print the contract's id."""
    named = relays(options.relay)
    with open_library() as library:
        if named:
            settle_ways(library, named, allowed=options.allow_unencrypted)
        link = _link(library, options.invitation.strip(), named)
        known = parse_invitation(link).relays
        settle_ways(library, named, known, allowed=options.allow_unencrypted)
        before = {entry.id for entry in library.entries()}
        contract = seats.join(library, link)
        library.add_relays(contract, named)
        _fetch(library, contract, is_new=contract not in before)
        entry = library.entry(contract)
    assert entry.seat is not None
    who = terms.with_role(entry.seat.name, entry.seat.role)
    say(_("you are {who}: contract-tui open {contract}").format(who=who, contract=entry.text_id))
    if not entry.changed_at:
        say(
            _(
                "nothing of the contract has arrived yet: it comes as soon as its relay can be "
                "reached"
            )
        )
    print(entry.text_id)
    return 0


def _link(library: Library, invitation: str, named: Sequence[str]) -> str:
    """The invitation as a link, whether it was given as one or as a short code."""
    if invitation.casefold().startswith(SCHEME):
        return invitation
    if not (named or CODE_LIKE.fullmatch(invitation)):
        return invitation  # and whoever reads it says what it is not
    code = normal_code(invitation)
    if not named:
        raise NeedsRelay(
            _(
                "a short code is kept by a relay, whose address comes with it:"
                " contract-tui join {code} --relay URL"
            ).format(code=code)
        )
    return _redeem(library, code, named)


def _redeem(library: Library, code: str, named: Sequence[str]) -> str:
    """Ask each relay in turn; what the first one said counts where none knows the code."""
    from contract_tui.session.link.redeeming import redeem_now

    troubles: list[SessionError] = []
    for url in named:
        try:
            return redeem_now(url, code, trusted=library.is_confirmed(url))
        except SessionError as trouble:
            troubles.append(trouble)
    raise troubles[0]


def _fetch(library: Library, contract: DocumentId, *, is_new: bool) -> None:
    """Exchange once, if a relay answers; raises NotJoined where the seat turns out useless."""
    from contract_tui.commands.meeting import share_quietly
    from contract_tui.session.link.knocking import knock

    refusal = asyncio.run(knock(library, library.entry(contract)))
    if refusal is None:
        asyncio.run(share_quietly(library, contract))
        return
    if is_new:
        library.erase(contract)
    else:
        library.give_up_seat(contract)
    raise NotJoined(str(refusal))
