"""The command about the contract's key: who holds it, on paper, taken, forgotten."""

from __future__ import annotations

import asyncio
import sys
import time
from argparse import Namespace

from contract_tui.commands.consent import NotConfirmed, agrees
from contract_tui.commands.console import open_library, say
from contract_tui.commands.looking import roster
from contract_tui.contract.items import terms
from contract_tui.language import _
from contract_tui.library import holding
from contract_tui.library.library import Entry, Library
from contract_tui.library.world import World

PAPER_LINES = 4
_KEY_HERE = _("Nobody has said that they hold the key of this contract; it is on this computer.")
_KEY_ELSEWHERE = _(
    "Nobody has said that they hold the key of this contract; it is not on this computer."
)
_MINE_HERE = _("You ({name}) hold the key of this contract, on this computer.")
_MINE_ELSEWHERE = _("You ({name}) hold the key of this contract, on another computer or on paper.")
_THEIRS = _("{name} holds the key of this contract.")
_THEIRS_AND_HERE = _("{name} holds the key of this contract; a copy of it is on this computer.")
_ON_PAPER = _(
    "This is the key of “{title}”. Whoever reads it can invite people, take them\n"
    "out, and erase the contract: write it on paper, and show it to nobody but the person\n"
    "who shall hold it. To use it, on a computer with a seat in this contract:"
)


def key(options: Namespace) -> int:
    """Say who holds the key, or do what one option asks for."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        if options.paper:
            _print(library, entry)
        elif options.take:
            _take(library, entry)
        elif options.forget:
            _forget(library, entry, sure=options.yes)
        else:
            print(_who(library, entry))
    return 0


def _who(library: Library, entry: Entry) -> str:
    """Who holds the key, as everybody in the contract can read, and where it is."""
    holder = roster(library, entry).holder
    has_it = entry.holder
    if holder is None:
        return _KEY_HERE if has_it else _KEY_ELSEWHERE
    if entry.seat is not None and entry.seat.id == holder.id:
        return (_MINE_HERE if has_it else _MINE_ELSEWHERE).format(name=holder.name)
    name = terms.with_role(holder.name, holder.role)
    return (_THEIRS_AND_HERE if has_it else _THEIRS).format(name=name)


def _print(library: Library, entry: Entry) -> None:
    text = holding.paper_backup(library, entry)
    say(_ON_PAPER.format(title=entry.name))
    say(f"    contract-tui key {entry.text_id} --take")
    print(text)


def _take(library: Library, entry: Entry) -> None:
    if sys.stdin.isatty():
        ask = _("Type the {n} lines of the key as they stand on the paper:")
        say(ask.format(n=PAPER_LINES))
        text = "".join(sys.stdin.readline() for _ in range(PAPER_LINES))
    else:
        text = sys.stdin.read()
    held = roster(library, entry).held
    # The newest statement counts, also after one by somebody whose clock is ahead.
    now = max(time.time(), held.at + 1 if held else 0)
    holding.take_key(library, entry, text, World(clock=lambda: now))
    asyncio.run(_state(library, entry))


async def _state(library: Library, entry: Entry) -> None:
    """Have the contract say it, and the others hear of it if a relay answers."""
    from contract_tui.commands.meeting import share_quietly

    outcomes = await share_quietly(library, entry.id)
    say(_("you hold the key of this contract now"))
    if entry.seat is not None and not entry.seat.role.writes:
        say(_("an observer writes nothing, not even this: tell the others"))
    elif any(one.is_done for one in outcomes):
        say(_("everybody in it can see that"))
    elif entry.relays:
        later = _("the others hear of it with the next contract-tui sync {contract}")
        say(later.format(contract=entry.text_id))


def _forget(library: Library, entry: Entry, *, sure: bool) -> None:
    holding.paper_backup(library, entry)  # nobody forgets what is not here
    holder = roster(library, entry).holder
    if holder is None or (entry.seat is not None and holder.id == entry.seat.id):
        say(
            _(
                "Nobody else is known to have this key. If it is not on paper either, nobody can\n"
                "invite, take out a lost computer, or erase the contract everywhere, ever again."
            )
        )
    else:
        say(_("{name} holds the key now.").format(name=holder.name))
    if not sure and not agrees(_("Forget it on this computer?")):
        raise NotConfirmed(_("the key is still here"))
    holding.give_up_key(library, entry)
    say(_("the key is no longer on this computer"))
