"""Commands about files: export, import."""

from __future__ import annotations

import time
from argparse import Namespace
from pathlib import Path

from contract_tui.commands.console import count, open_library, say
from contract_tui.commands.looking import look_closely, read_at
from contract_tui.contract.opening.check import readable
from contract_tui.language import _
from contract_tui.library.files import FileInTheWay, export_contract, import_contract, write_file
from contract_tui.library.layouts import Layout, OneGoal, Promises
from contract_tui.library.library import Entry, Library
from contract_tui.library.papers import Form, asked_for, write
from sync_server.protocol.ids import format_document_id

MOST_NAMED = 20


def export(options: Namespace) -> int:
    """Write a contract to a file, with its whole history or as a page."""
    form = asked_for(options.file)
    with open_library() as library:
        entry = library.resolve(options.contract)
        try:
            if form is not None:
                return _export_page(library, entry, form, options)
            exported = export_contract(library, entry, Path(options.file), replace=options.force)
        except FileInTheWay as error:
            said = _("{reason}, or add --force to replace it")
            raise FileInTheWay(said.format(reason=error)) from error
    if exported.left_out:
        left = _("NOT in it: {changes}, damaged or of no use without others")
        say(left.format(changes=count(exported.left_out)))
        said = _("{file} holds the other {changes} and no key")
    else:
        said = _("{file} holds all {changes} and no key")
    say(said.format(file=options.file, changes=count(exported.changes)))
    return 0


def _export_page(library: Library, entry: Entry, form: Form, options: Namespace) -> int:
    replica, doubtful = look_closely(library, entry)
    reading = read_at(replica, doubtful, options.at)
    paper = write(reading, form, time.time(), _layout(options))
    write_file(Path(options.file), paper.data, replace=options.force)
    if paper.missing:
        lacking = ", ".join(map(readable, paper.missing[:MOST_NAMED]))
        if len(paper.missing) > MOST_NAMED:
            lacking = _("{letters} and more").format(letters=lacking)
        said = _("no font here has {letters}: � stands for it in {file}")
        say(said.format(letters=lacking, file=options.file))
    say(_("{file} is written").format(file=options.file))
    return 0


def _layout(options: Namespace) -> Layout | None:
    if options.layout == "promises":
        return Promises(options.person or "")
    return None if options.goal is None else OneGoal(options.goal)


def import_(options: Namespace) -> int:
    """Bring a contract in from a file and print its id."""
    with open_library() as library:
        imported = import_contract(library, Path(options.file), int(time.time()))
        entry = library.entry(imported.contract)
    if imported.torn:
        say(_("the end of the file is missing or damaged: what came before it is here"))
    if imported.left_out:
        left = _("left out: {changes}, damaged or of no use without others")
        say(left.format(changes=count(imported.left_out)))
    if imported.added:
        say(_("new here: {changes}").format(changes=count(imported.added)))
    else:
        say(_("nothing in it is new here"))
    if entry.seat is None:
        say(_("you can read it; to write, ask whoever holds it for an invitation and join"))
    print(format_document_id(imported.contract))
    return 0
