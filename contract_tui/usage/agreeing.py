"""How to answer a contract, and how to check who did."""

from __future__ import annotations

import argparse

from contract_tui.language import _
from contract_tui.usage.options import Commands, add_command

ANSWERS = ("agree", "note", "not-yet")


def add(commands: Commands) -> None:
    """Add `agree` and `verify`."""
    _add_agree(commands)
    _add_verify(commands)


def _add_agree(commands: Commands) -> None:
    agree = add_command(
        commands,
        "agree",
        ("agreeing", "agree"),
        _("answer a contract as it stands, signed with your key"),
        description=_(
            "It first says what changed since your last answer. Without --answer and"
            " --note, it asks; where nobody can be asked, it agrees."
        ),
        check=_check_agree,
    )
    agree.add_argument(
        "--answer",
        choices=ANSWERS,
        help=_("agree; agree with a note; or not yet, with a note or without"),
    )
    agree.add_argument(
        "--note", metavar="TEXT", help=_("what you want to say beside it, in one line")
    )


def _add_verify(commands: Commands) -> None:
    verify = add_command(
        commands,
        "verify",
        ("verifying", "verify"),
        _("check every signature in a contract, and say who agrees with what"),
        contract=False,
        description=_(
            "Nothing is asked but the file. The last line is the id of the contract that"
            " was checked: whether that is the one you mean, only you can tell. Exit status 1 where"
            " anything is forged or broken; 0 also where the words have moved on since."
        ),
    )
    verify.add_argument(
        "contract",
        metavar="CONTRACT|FILE",
        help=_(
            "a file as export writes it, or a contract of this computer: its id, the unique"
            " beginning of its id, or its title"
        ),
    )
    verify.add_argument("--json", action="store_true", help=_("as one JSON document"))


def _check_agree(options: argparse.Namespace) -> str | None:
    note = options.note is not None and options.note.strip()
    if options.answer == "agree" and note:
        return _("a note goes with --answer note or --answer not-yet")
    if options.answer == "note" and not note:
        return _("--answer note goes with --note TEXT")
    return None
