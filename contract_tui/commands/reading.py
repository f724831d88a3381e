"""Commands that look into a contract and change nothing: show, history, diff."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Mapping
from shutil import get_terminal_size

from contract_tui.commands.console import open_library
from contract_tui.commands.looking import look_closely, read_at
from contract_tui.commands.versions import find_version, today
from contract_tui.contract.reading import Reading
from contract_tui.history.difference import difference
from contract_tui.language import _
from contract_tui.library import papers
from contract_tui.library.errors import SessionError
from contract_tui.session.copies.replica import Replica
from sync_server.protocol.ids import Actor


class NotForATerminal(SessionError):
    """What would be printed is no text."""


def _open(options: Namespace) -> tuple[Replica, Mapping[Actor, int]]:
    """The contract, and whose words in it are in doubt."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        return look_closely(library, entry)


def show(options: Namespace) -> int:
    """Print a contract at one version in one format."""
    replica, doubtful = _open(options)
    reading = read_at(replica, doubtful, options.at)
    if options.format == "pdf":
        return _print(reading, options.contract)
    sys.stdout.write(_write(reading, options.format))
    return 0


def _print(reading: Reading, contract: str) -> int:
    if sys.stdout.isatty():
        command = f"contract-tui export {contract} FILE.pdf"
        said = _("paper is nothing that a terminal could show: {command}")
        raise NotForATerminal(said.format(command=command))
    sys.stdout.buffer.write(papers.write(reading, papers.Form.PAPER, time.time()).data)
    return 0


def _write(reading: Reading, form: str) -> str:
    match form:
        case "markdown":
            from contract_tui.exports.markdown import to_markdown

            return to_markdown(reading)
        case "html":
            from contract_tui.exports.html import to_html

            return to_html(reading)
        case "json":
            from contract_tui.exports.json import to_json

            return to_json(reading)
        case _:
            from contract_tui.exports.text import to_text

            return to_text(reading)


def history(options: Namespace) -> int:
    """Print every turn in its chapter: who wrote in which section, when, and what."""
    replica, doubtful = _open(options)
    found = replica.history()
    if options.json:
        from contract_tui.exports.json import turns_to_json

        sys.stdout.write(turns_to_json(found.told(doubtful)))
        return 0
    from contract_tui.commands.timetable import Timetable

    for line in Timetable(found, replica.contract, doubtful).lines(get_terminal_size().columns):
        print(line)
    return 0


def diff(options: Namespace) -> int:
    """Print what is different between two versions, and whose doing it was; nothing for nothing."""
    from contract_tui.exports import difference as formats

    replica, doubtful = _open(options)
    history = replica.history()
    contract, now = replica.contract, today()
    versions = [
        find_version(history, contract, said, now) for said in (options.before, options.after)
    ]
    before, after = ((one, contract.reading(history.heads(one))) for one in versions)
    write = {
        "text": formats.to_text,
        "markdown": formats.to_markdown,
        "json": formats.to_json,
    }[options.format]
    sys.stdout.write(write(difference(history, before, after, doubtful)))
    return 0
