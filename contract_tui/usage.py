"""What can be said on the command line of `contract-tui`, and what each of it means."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TypeAlias

from contract_tui.commands import WITHOUT_COMMAND

WRITING_ROLES = ("student", "teacher", "parent")
ROLES = (*WRITING_ROLES, "observer")
CONTRACT = "its id, the unique beginning of its id, or its title"
DESCRIPTION = """\
A learning contract that a student, a teacher and a parent write together, each on their own
screen. Without a command: every contract on this computer."""
KEY = """\
Whoever holds the key of a contract invites, takes people out, and can erase it everywhere. Without
an option: say who holds it. To hand it over: print it with --paper, give the paper to the other
person, who types it in with --take on their own computer; then --forget it here, or keep it as
well."""
RENEW = """\
It prints an invitation for each of the others, and the new contract's id on the last line. Who
wrote what, all earlier words, notes and seals stay behind, and everybody is asked to erase the old
contract. Run it again to go on where it was interrupted, and to see the invitations of those who
have not joined."""

VOUCH = """\
A relay takes somebody's words from others only under their seal. Where a computer was lost before
it sealed, a new relay takes them from nobody, nor what was written on top of them. This shows them
and in whose name they stand, and asks; then relays take them. Who wrote them stays in doubt."""

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
Check = Callable[[argparse.Namespace], str | None]
"""What is wrong with options that should go together; None where nothing is."""


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
    parser = argparse.ArgumentParser(prog="contract-tui", description=DESCRIPTION)
    _does(parser, WITHOUT_COMMAND)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_people(commands)
    _add_invite(commands)
    _add_reading(commands)
    _add_writing(commands)
    _add_sharing(commands)
    _add_keeping(commands)
    _add_governing(commands)
    return parser


def _does(
    parser: argparse.ArgumentParser, run: tuple[str, str], check: Check | None = None
) -> None:
    parser.set_defaults(run=run, parser=parser, check=check or (lambda _: None))


def _command(
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
    _does(parser, run, check)
    if contract:
        parser.add_argument("contract", metavar="CONTRACT", help=CONTRACT)
    return parser


def _relay(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument(
        "--relay", metavar="URL", action="append", default=[], help=f"{about}; may be repeated"
    )
    _unencrypted(parser)


def _unencrypted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-unencrypted",
        action="store_true",
        help="trust the network on the way to an address that begins with ws://; remembered",
    )


def _register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--register-key-file",
        metavar="FILE",
        help="the key of a relay that takes new contracts only from those who know it",
    )


def _yes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a name has at least one letter")
    return text.strip()


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 3650:
        raise argparse.ArgumentTypeError("an invitation is valid for 1 to 3650 days")
    return days


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number up to 65535")
    return port


def _add_people(commands: Commands) -> None:
    new = _command(commands, "new", ("people", "new"), "make a contract", contract=False)
    new.add_argument("title", metavar="TITLE")
    new.add_argument("--name", type=_name, required=True, help="what the others call you")
    new.add_argument("--role", choices=WRITING_ROLES, required=True)
    _relay(new, "a relay to share it through")

    join = _command(
        commands, "join", ("people", "join"), "take the seat of an invitation", contract=False
    )
    join.add_argument(
        "invitation",
        metavar="INVITATION",
        help="the link that you were given, or a short code such as ABC-DEF-GHJ with --relay",
    )
    _relay(join, "the relay that keeps the short code, or another one that has the contract")


def _add_invite(commands: Commands) -> None:
    invite = _command(
        commands,
        "invite",
        ("inviting", "invite"),
        "print an invitation for one person",
        description="It is a link, on the last line; with --code, the last line is the code.",
        check=_check_invite,
    )
    invite.add_argument("--name", type=_name, help="what the others call them")
    invite.add_argument("--role", choices=ROLES)
    invite.add_argument("--me", action="store_true", help="your own next computer")
    invite.add_argument(
        "--replaces",
        metavar="SEAT-NAME",
        help="somebody who lost their computer: same name and role, and the lost one is taken out",
    )
    invite.add_argument(
        "--expires", type=_days, metavar="DAYS", help="valid for so long (30; with --me 2)"
    )
    invite.add_argument(
        "--code",
        action="store_true",
        help="have the relay keep the link under a short code that can be read aloud",
    )
    invite.add_argument(
        "--no-qr", dest="qr", action="store_false", help="show no QR code in the terminal"
    )
    _relay(invite, "a relay to share the contract through")
    _register(invite)


def _check_invite(options: argparse.Namespace) -> str | None:
    if options.me and (options.name or options.role or options.replaces):
        return "--me goes without --name, --role and --replaces: they are your own"
    if not (options.me or options.replaces) and not (options.name and options.role):
        return "say --name NAME and --role ROLE, or --me, or --replaces SEAT-NAME"
    return None


def _add_reading(commands: Commands) -> None:
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
        "--at",
        metavar="VERSION",
        help="as it was at a version: a turn's number, else the name of a kept version or of a "
        "chapter, else a date like 2026-09-30 (its end), else heads",
    )

    history = _command(
        commands, "history", ("reading", "history"), "print who wrote where and when"
    )
    history.add_argument("--json", action="store_true", help="as one JSON document")

    diff = _command(
        commands, "diff", ("reading", "diff"), "print what is different between two versions"
    )
    diff.add_argument("before", metavar="A", help="a turn's number, a name, a date, or heads")
    diff.add_argument("after", metavar="B")
    diff.add_argument("--format", choices=("text", "markdown", "json"), default="text")


def _add_writing(commands: Commands) -> None:
    open_ = _command(commands, "open", ("screens", "open_"), "open a contract")
    _relay(open_, "a relay to share it through")
    _register(open_)

    write = _command(commands, "write", ("writing", "write"), "replace the text of a section")
    write.add_argument(
        "section", metavar="SECTION", help="title, interests, supports, structure, or a heading"
    )
    write.add_argument(
        "text", metavar="TEXT", nargs="?", default="-", help="-, or nothing: standard input"
    )

    keep = _command(
        commands,
        "keep",
        ("naming", "keep"),
        "keep a version under a name",
        description="Everybody in the contract can use it wherever a version is asked for, as in"
        " show --at NAME. On standard output: the heads of the version.",
    )
    keep.add_argument("name", metavar="NAME", help='such as "before the holidays"')
    keep.add_argument(
        "--at",
        metavar="VERSION",
        help="not as the contract stands, but as it was: a turn's number, a name, a date, or heads",
    )


def _add_sharing(commands: Commands) -> None:
    sync = _command(
        commands, "sync", ("sharing", "sync"), "exchange everything with the relay, then end"
    )
    _relay(sync, "a relay to share it through")
    _register(sync)

    host = _command(
        commands,
        "host",
        ("hosting", "host"),
        "share a contract with the computers around you, without any other relay",
        description="It shows short codes for those who are not in yet. They go on working when"
        " you open the room again at the same address.",
    )
    host.add_argument(
        "--relay", metavar="URL", help="meet at this relay instead of one in this program"
    )
    _unencrypted(host)
    _register(host)
    host.add_argument("--port", type=_port, metavar="N", help="listen there (3030, if it is free)")
    host.add_argument(
        "--address", metavar="HOST", help="this computer's address, if it has several"
    )

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


def _add_keeping(commands: Commands) -> None:
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
        commands, "erase", ("erasing", "erase"), "remove a contract from this computer"
    )
    erase.add_argument(
        "--everywhere",
        action="store_true",
        help="from its relays first, for whoever holds its key; others keep their own copies",
    )
    _yes(erase)
    _unencrypted(erase)

    renew = _command(
        commands,
        "renew",
        ("renewing", "renew"),
        "begin a contract anew: today's words, the same people, and no past",
        description=RENEW,
    )
    renew.add_argument(
        "--code",
        action="store_true",
        help="short codes that can be read aloud, in place of the links",
    )
    renew.add_argument(
        "--again",
        action="store_true",
        help="begin one more, although it was begun anew already",
    )
    _register(renew)
    _yes(renew)


def _add_governing(commands: Commands) -> None:
    _command(
        commands, "devices", ("removing", "devices"), "list everybody's computers, yours first"
    )
    revoke = _command(
        commands,
        "revoke",
        ("removing", "revoke"),
        "take somebody out, for whoever holds the contract's key",
        description="The relays are told at once. Copies that others have cannot be taken back.",
    )
    revoke.add_argument("who", metavar="NAME", help="a name, or the id of a seat")
    revoke.add_argument(
        "--device",
        action="store_true",
        help="NAME is the id of one further computer, as devices lists them: only that one",
    )
    revoke.add_argument("--undo", action="store_true", help="let them take part again")
    _yes(revoke)

    vouch = _command(
        commands,
        "vouch",
        ("vouching", "vouch"),
        "admit what its author’s computer never sealed, for whoever holds the contract's key",
        description=VOUCH,
    )
    _unencrypted(vouch)

    key = _command(
        commands,
        "key",
        ("keys", "key"),
        "say who holds the contract's key, print it, take it or forget it",
    )
    key.description = KEY
    doing = key.add_mutually_exclusive_group()
    doing.add_argument(
        "--paper", action="store_true", help="print it, as a backup or to hand it over"
    )
    doing.add_argument(
        "--take", action="store_true", help="type it in from paper (standard input): hold it"
    )
    doing.add_argument("--forget", action="store_true", help="remove it from this computer")
    _yes(key)
