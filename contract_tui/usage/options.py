"""What several commands take, and how a command is added to the others."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

from contract_tui.language import _

CONTRACT = _("its id, the unique beginning of its id, or its title")

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
Check = Callable[[argparse.Namespace], str | None]
"""What is wrong with options that should go together; None where nothing is."""


def does(parser: argparse.ArgumentParser, run: tuple[str, str], check: Check | None = None) -> None:
    """Say what a command runs, and what its options have to agree in."""
    parser.set_defaults(run=run, parser=parser, check=check or (lambda _: None))


def add_command(
    commands: Commands,
    name: str,
    run: tuple[str, str],
    about: str,
    *,
    contract: bool = True,
    description: str = "",
    check: Check | None = None,
) -> argparse.ArgumentParser:
    """A command; most are about one contract."""
    sentence = f"{about[0].upper()}{about[1:]}. {description}".strip()
    parser = commands.add_parser(name, help=about, description=sentence)
    does(parser, run, check)
    if contract:
        parser.add_argument("contract", metavar="CONTRACT", help=CONTRACT)
    return parser


def add_relay(parser: argparse.ArgumentParser, about: str) -> None:
    """Add `--relay`, which may be repeated, and what its addresses need."""
    parser.add_argument(
        "--relay",
        metavar="URL",
        action="append",
        default=[],
        help=_("{about}; may be repeated").format(about=about),
    )
    add_unencrypted(parser)


def add_unencrypted(parser: argparse.ArgumentParser) -> None:
    """Add `--allow-unencrypted`."""
    parser.add_argument(
        "--allow-unencrypted",
        action="store_true",
        help=_("trust the network on the way to an address that begins with ws://; remembered"),
    )


def add_at(parser: argparse.ArgumentParser) -> None:
    """Add `--at`."""
    parser.add_argument(
        "--at",
        metavar="VERSION",
        help=_(
            "as it was at a version: a turn’s number, else the name of a kept version or of a "
            "chapter, else a date like 2026-09-30 (its end), else heads"
        ),
    )


def add_register(parser: argparse.ArgumentParser) -> None:
    """Add `--register-key-file`."""
    parser.add_argument(
        "--register-key-file",
        metavar="FILE",
        help=_("the key of a relay that takes new contracts only from those who know it"),
    )


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Add `--yes`."""
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
