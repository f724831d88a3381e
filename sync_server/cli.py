"""The command `sync-server`: reads the command line and runs the relay, or looks after its data.

Exit status 0: done, or stopped as told; 1: refused or failed, with one clear line on standard
error; 2: the command line was wrong.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from sync_server.commands.console import NotDone
from sync_server.commands.limits import BadLimit, Value, read_limit, told
from sync_server.commands.places import data_home
from sync_server.relay.errors import RelayError
from sync_server.relay.settings import Settings
from sync_server.storage.errors import StorageError

DESCRIPTION = """\
The relay between the people who write a learning contract: it keeps what they write, passes it on,
and opens none of it. It prints "listening on ws://HOST:PORT" once it accepts connections and stops
on SIGTERM or Ctrl-C; on SIGHUP it takes a renewed certificate. GET /health and GET /metrics say how
it is. The commands look after what it keeps; backup, erase and stats work while it runs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the relay or one command; returns the exit status, or exits with 2 on wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if bool(options.tls_cert) != bool(options.tls_key):
        parser.error("--tls-cert and --tls-key go together")
    module, function = options.run
    try:
        command = getattr(import_module(f"sync_server.commands.{module}"), function)
        return int(command(options))
    except KeyboardInterrupt:
        return 130
    except (RelayError, StorageError, NotDone) as error:
        print(f"sync-server: {' '.join(str(error).split())}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sync-server", description=DESCRIPTION)
    parser.set_defaults(run=("serving", "serve"))
    _data(parser, default=None)
    _add_listening(parser)
    _add_admission(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_commands(commands)
    return parser


def _data(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """The data directory, which may be named before or after a command."""
    about = f"directory to keep changes in ({data_home()})"
    parser.add_argument("--data", type=Path, metavar="DIR", help=about, default=default)


def _add_listening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=3030, help="port to listen on; 0 chooses one (%(default)s)"
    )
    parser.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="certificate and its chain, in PEM"
    )
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its key, in PEM")
    parser.add_argument(
        "--log-json",
        action="store_true",
        help="write one JSON object to standard error for each event, not only troubles in words",
    )
    parser.add_argument(
        "--limit",
        type=_limit,
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="another value for one of the limits; may be repeated",
    )
    parser.add_argument(
        "--limits", action=_ShowLimits, help="list all limits, their usual values and what they are"
    )
    parser.add_argument(
        "--fast",
        action="store_true",
        help="do not wait for the disk itself: a power cut may cost the last moments",
    )


def _add_admission(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--open", action="store_true", help="admit everyone, without checking who they are"
    )
    parser.add_argument(
        "--public-url",
        metavar="URL",
        action="append",
        default=[],
        help="an address by which people reach it, such as wss://relay.example; may be repeated",
    )
    parser.add_argument(
        "--register-key-file",
        type=Path,
        metavar="FILE",
        help="take new contracts only from those who know the key in this file",
    )
    parser.add_argument(
        "--allow-origin",
        type=_origin,
        metavar="ORIGIN",
        action="append",
        default=[],
        help="a site whose pages may connect, such as https://school.example; may be repeated",
    )


def _add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = _command(
        commands,
        "backup",
        ("keeping", "backup"),
        "write everything to one file, which is checked; the relay may be running",
    )
    backup.add_argument("file", metavar="FILE")
    backup.add_argument("--force", action="store_true", help="replace a file that exists")

    restore = _command(
        commands,
        "restore",
        ("keeping", "restore"),
        "bring a backup back, after checking it; the relay has to be stopped",
    )
    restore.add_argument("file", metavar="FILE")
    restore.add_argument(
        "--force", action="store_true", help="put aside what is there, in a file with its date"
    )

    erase = _command(
        commands,
        "erase",
        ("erasing", "erase"),
        "erase a contract from this relay and take it no more; the relay may be running",
    )
    erase.add_argument("contract", metavar="CONTRACT", help="its id, or the beginning of its id")
    erase.add_argument("--yes", action="store_true", help="do not ask")

    stats = _command(commands, "stats", ("counting", "stats"), "count what is kept")
    stats.add_argument("--json", action="store_true", help="as one JSON document")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: tuple[str, str],
    about: str,
) -> argparse.ArgumentParser:
    sentence = f"{about[0].upper()}{about[1:]}."
    parser = commands.add_parser(name, help=about, description=sentence)
    parser.set_defaults(run=run)
    _data(parser)
    return parser


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")


def _limit(text: str) -> tuple[str, Value]:
    try:
        return read_limit(text)
    except BadLimit as error:
        raise argparse.ArgumentTypeError(str(error)) from error


class _ShowLimits(argparse.Action):
    """Prints the limits in place of starting a relay."""

    def __init__(self, option_strings: Sequence[str], dest: str, **others: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **others)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        for line in told(Settings()):
            print(line)
        parser.exit()


def _origin(text: str) -> str:
    """A site as browsers write it (RFC 6454, section 6.2): no path, and small letters."""
    origin = text.strip().rstrip("/").lower()
    scheme, _, host = origin.partition("://")
    if not scheme or not host or set(host) & set("/?#@ "):
        raise argparse.ArgumentTypeError("a site is written like https://school.example")
    return origin
