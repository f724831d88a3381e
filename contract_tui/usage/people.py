"""How to make a contract, to invite somebody into it, and to join one."""

from __future__ import annotations

import argparse

from contract_tui.language import _
from contract_tui.usage.options import Commands, add_command, add_register, add_relay

WRITING_ROLES = ("student", "teacher", "parent")
ROLES = (*WRITING_ROLES, "observer")


def add(commands: Commands) -> None:
    """Add `new`, `join` and `invite`."""
    _add_new(commands)
    _add_join(commands)
    _add_invite(commands)


def _add_new(commands: Commands) -> None:
    new = add_command(commands, "new", ("people", "new"), _("make a contract"), contract=False)
    new.add_argument("title", metavar="TITLE", help=_("what the contract is called"))
    new.add_argument("--name", type=_name, required=True, help=_("what the others call you"))
    new.add_argument("--role", choices=WRITING_ROLES, required=True, help=_("who you are in it"))
    add_relay(new, _("a relay to share it through"))


def _add_join(commands: Commands) -> None:
    join = add_command(
        commands, "join", ("people", "join"), _("take the seat of an invitation"), contract=False
    )
    join.add_argument(
        "invitation",
        metavar="INVITATION",
        help=_("the link that you were given, or a short code such as ABC-DEF-GHJ with --relay"),
    )
    add_relay(join, _("the relay that keeps the short code, or another one that has the contract"))


def _add_invite(commands: Commands) -> None:
    invite = add_command(
        commands,
        "invite",
        ("inviting", "invite"),
        _("print an invitation for one person"),
        description=_("It is a link, on the last line; with --code, the last line is the code."),
        check=_check_invite,
    )
    invite.add_argument("--name", type=_name, help=_("what the others call them"))
    invite.add_argument("--role", choices=ROLES, help=_("who they are; an observer reads along"))
    invite.add_argument("--me", action="store_true", help=_("your own next computer"))
    invite.add_argument(
        "--replaces",
        metavar="SEAT-NAME",
        help=_(
            "somebody who lost their computer: same name and role, and the lost one is taken out"
        ),
    )
    invite.add_argument(
        "--expires", type=_days, metavar="DAYS", help=_("valid for so long (30; with --me 2)")
    )
    invite.add_argument(
        "--code",
        action="store_true",
        help=_("have the relay keep the link under a short code that can be read aloud"),
    )
    invite.add_argument(
        "--no-qr", dest="qr", action="store_false", help=_("show no QR code in the terminal")
    )
    add_relay(invite, _("a relay to share the contract through"))
    add_register(invite)


def _check_invite(options: argparse.Namespace) -> str | None:
    if options.me and (options.name or options.role or options.replaces):
        return _("--me goes without --name, --role and --replaces: they are your own")
    if not (options.me or options.replaces) and not (options.name and options.role):
        return _("say --name NAME and --role ROLE, or --me, or --replaces SEAT-NAME")
    return None


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError(_("a name has at least one letter"))
    return text.strip()


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 3650:
        raise argparse.ArgumentTypeError(_("an invitation is valid for 1 to 3650 days"))
    return days
