"""Reads a command line of `contract-tui`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from contract_tui.commands import WITHOUT_COMMAND
from contract_tui.language import _
from contract_tui.usage import agreeing, governing, keeping, people, reading, sharing, writing
from contract_tui.usage.options import Check, does
from contract_tui.usage.words import lend

DESCRIPTION = _(
    "A learning contract that a student, a teacher and a parent write together, each on their own "
    "screen. Without a command: every contract on this computer."
)


def read(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of one command, with its module and function as `run`.

    Exits with 2 for a wrong command line.
    """
    options = _parser().parse_args(arguments)
    check: Check = options.check
    if wrong := check(options):
        options.parser.error(wrong)
    return options


def _parser() -> argparse.ArgumentParser:
    lend()
    parser = argparse.ArgumentParser(prog="contract-tui", description=DESCRIPTION)
    does(parser, WITHOUT_COMMAND)
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")
    for family in (people, reading, writing, agreeing, sharing, keeping, governing):
        family.add(commands)
    return parser
