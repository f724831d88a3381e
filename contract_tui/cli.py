"""The command `contract-tui`: reads the command line and runs one command.

Standard output is data, standard error is for people. Exit status 0: done; 1: refused or failed,
with one clear line; 2: the command line was wrong. Everything heavy is imported by the command
that needs it, so that the first screen does not wait for what it does not use.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

WRITING_ROLES = ("student", "teacher", "parent")
ROLES = (*WRITING_ROLES, "observer")
OBJECTS_BEFORE_A_LOOK = 20_000
"""New objects before Python looks for garbage among them: starting makes many, and none of it is.

With Python's own 700, a tenth of the time to the first screen goes into looking.
"""
CONTRACT = "its id, the unique beginning of its id, or its title"
DESCRIPTION = """\
A learning contract that a student, a teacher and a parent write together, each on their own
screen. Without a command: every contract on this computer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status, or exits with 2 for a wrong command line."""
    gc.set_threshold(OBJECTS_BEFORE_A_LOOK)
    options = _parser().parse_args(arguments)
    module, function = options.run
    try:
        command = getattr(import_module(f"contract_tui.commands.{module}"), function)
        return int(command(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever was reading has seen enough; Python must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except _refusals() as error:
        print(f"contract-tui: {_one_line(str(error))}", file=sys.stderr)
        return 1


def _refusals() -> tuple[type[Exception], ...]:
    """What a person is told in a sentence; looked up only when something was raised."""
    from contract_tui.contract.errors import ContractError
    from contract_tui.session.errors import SessionError
    from sync_server.access.errors import AccessError
    from sync_server.relay.errors import RelayError

    return SessionError, ContractError, AccessError, RelayError


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="contract-tui", description=DESCRIPTION)
    parser.set_defaults(run=("screens", "library"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_people(commands)
    _add_reading(commands)
    _add_writing(commands)
    _add_keeping(commands)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: tuple[str, str],
    about: str,
    *,
    contract: bool = True,
) -> argparse.ArgumentParser:
    """A command; most are about one contract."""
    sentence = f"{about[0].upper()}{about[1:]}."
    parser = commands.add_parser(name, help=about, description=sentence)
    parser.set_defaults(run=run)
    if contract:
        parser.add_argument("contract", metavar="CONTRACT", help=CONTRACT)
    return parser


def _relay(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument(
        "--relay", metavar="URL", action="append", default=[], help=f"{about}; may be repeated"
    )


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a name has at least one letter")
    return text.strip()


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 3650:
        raise argparse.ArgumentTypeError("an invitation is valid for 1 to 3650 days")
    return days


def _add_people(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    new = _command(commands, "new", ("people", "new"), "make a contract", contract=False)
    new.add_argument("title", metavar="TITLE")
    new.add_argument("--name", type=_name, required=True, help="what the others call you")
    new.add_argument("--role", choices=WRITING_ROLES, required=True)
    _relay(new, "a relay to share it through")

    join = _command(
        commands, "join", ("people", "join"), "take the seat of an invitation", contract=False
    )
    join.add_argument("invitation", metavar="INVITATION", help="the link that you were given")
    _relay(join, "another relay that has the contract")

    invite = _command(
        commands, "invite", ("people", "invite"), "print an invitation for one person"
    )
    invite.add_argument("--name", type=_name, required=True, help="what the others call them")
    invite.add_argument("--role", choices=ROLES, required=True)
    invite.add_argument(
        "--expires", type=_days, default=30, metavar="DAYS", help="valid for so long (%(default)s)"
    )
    _relay(invite, "a relay to share the contract through")


def _add_reading(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    list_ = _command(
        commands,
        "list",
        ("listing", "list_"),
        "list every contract on this computer",
        contract=False,
    )
    list_.add_argument("--json", action="store_true", help="as one JSON document")

    show = _command(commands, "show", ("reading", "show"), "print a contract")
    show.add_argument("--format", choices=("text", "markdown", "json", "html"), default="text")
    show.add_argument(
        "--at", metavar="VERSION", help="as it was after a turn, on a date, or at some heads"
    )

    history = _command(
        commands, "history", ("reading", "history"), "print who wrote where and when"
    )
    history.add_argument("--json", action="store_true", help="as one JSON document")

    diff = _command(
        commands, "diff", ("reading", "diff"), "print what is different between two versions"
    )
    diff.add_argument("before", metavar="A", help="a turn's number, a date, or heads")
    diff.add_argument("after", metavar="B")


def _add_writing(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    open_ = _command(commands, "open", ("screens", "open_"), "open a contract")
    _relay(open_, "a relay to share it through")

    write = _command(commands, "write", ("writing", "write"), "replace the text of a section")
    write.add_argument(
        "section", metavar="SECTION", help="title, interests, supports, structure, or a heading"
    )
    write.add_argument(
        "text", metavar="TEXT", nargs="?", default="-", help="-, or nothing: standard input"
    )

    sync = _command(
        commands, "sync", ("sharing", "sync"), "exchange everything with the relay, then end"
    )
    _relay(sync, "a relay to share it through")

    rehearse = _command(
        commands,
        "rehearse",
        ("rehearse", "rehearse"),
        "try it out with a sample contract and three seats; your own library is left alone",
        contract=False,
    )
    rehearse.add_argument(
        "--no-tmux", action="store_true", help="one screen only, even where tmux is installed"
    )


def _add_keeping(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = _command(
        commands, "export", ("keeping", "export"), "write a contract with its history to a file"
    )
    export.add_argument("file", metavar="FILE")
    export.add_argument("--force", action="store_true", help="replace a file that exists")

    import_ = _command(
        commands,
        "import",
        ("keeping", "import_"),
        "bring a contract in from a file",
        contract=False,
    )
    import_.add_argument("file", metavar="FILE")

    erase = _command(
        commands, "erase", ("keeping", "erase"), "remove a contract from this computer"
    )
    erase.add_argument("--yes", action="store_true", help="do not ask")
