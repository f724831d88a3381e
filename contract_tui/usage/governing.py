"""How whoever holds a contract's key takes people out, vouches, and hands the key over."""

from __future__ import annotations

from contract_tui.language import _
from contract_tui.usage.options import Commands, add_command, add_unencrypted, add_yes

KEY = _(
    "Whoever holds the key of a contract invites, takes people out, and can erase it "
    "everywhere. Without an option: say who holds it. To hand it over: print it with --paper, "
    "give the paper to the other person, who types it in with --take on their own computer; "
    "then --forget it here, or keep it as well."
)
VOUCH = _(
    "A relay takes somebody’s words from others only under their seal. Where a computer was "
    "lost before it sealed, a new relay takes them from nobody, nor what was written on top of "
    "them. This shows them and in whose name they stand, and asks; then relays take them. Who "
    "wrote them stays in doubt."
)


def add(commands: Commands) -> None:
    """Add `devices`, `revoke`, `vouch` and `key`."""
    _add_devices(commands)
    _add_revoke(commands)
    _add_vouch(commands)
    _add_key(commands)


def _add_devices(commands: Commands) -> None:
    add_command(
        commands, "devices", ("removing", "devices"), _("list everybody’s computers, yours first")
    )


def _add_revoke(commands: Commands) -> None:
    revoke = add_command(
        commands,
        "revoke",
        ("removing", "revoke"),
        _("take somebody out, for whoever holds the contract’s key"),
        description=_("The relays are told at once. Copies that others have cannot be taken back."),
    )
    revoke.add_argument("who", metavar="NAME", help=_("a name, or the id of a seat"))
    revoke.add_argument(
        "--device",
        action="store_true",
        help=_("NAME is the id of one further computer, as devices lists them: only that one"),
    )
    revoke.add_argument("--undo", action="store_true", help=_("let them take part again"))
    add_yes(revoke)


def _add_vouch(commands: Commands) -> None:
    vouch = add_command(
        commands,
        "vouch",
        ("vouching", "vouch"),
        _("admit what its author’s computer never sealed, for whoever holds the contract’s key"),
        description=VOUCH,
    )
    add_unencrypted(vouch)


def _add_key(commands: Commands) -> None:
    key = add_command(
        commands,
        "key",
        ("keys", "key"),
        _("say who holds the contract’s key, print it, take it or forget it"),
    )
    key.description = KEY
    doing = key.add_mutually_exclusive_group()
    doing.add_argument(
        "--paper", action="store_true", help=_("print it, as a backup or to hand it over")
    )
    doing.add_argument(
        "--take", action="store_true", help=_("type it in from paper (standard input): hold it")
    )
    doing.add_argument("--forget", action="store_true", help=_("remove it from this computer"))
    add_yes(key)
