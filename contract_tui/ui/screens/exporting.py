"""Asks how a contract is to be taken away: whole, on paper, as a page, or as a day."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from textual.app import App

from contract_tui.contract.reading import Reading
from contract_tui.library.errors import SessionError
from contract_tui.library.files import Exported, export_contract, write_file
from contract_tui.library.layouts import Layout, OneGoal, Promises
from contract_tui.library.library import Entry, Library
from contract_tui.library.papers import WHOLE, Form, form_of, write
from contract_tui.session.session import Session
from contract_tui.ui.screens import exporting_words as words
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field

GOAL, PROMISES = "goal", "promises"
WAYS: Mapping[str, str] = {
    Form.PAPER: words.TO_PRINT,
    GOAL: words.GOAL_TO_PRINT,
    PROMISES: words.TO_TAKE_HOME,
    Form.PAGE: words.TO_READ,
    Form.CALENDAR: words.A_DAY,
    WHOLE: words.ALL_OF_IT,
}
ENDINGS: Mapping[str, str] = {
    GOAL: f"-from-a-to-b{Form.PAPER}",
    PROMISES: f"-promises{Form.PAPER}",
}
Read = Callable[[], Awaitable[Reading]]


class NotSaid(SessionError):
    """Where the file should go was left empty."""


def take_away(
    library: Library, entry: Entry, folder: Path, read: Read, way: str = Form.PAPER
) -> Dialog[str]:
    """Ask as what and where; the answer is a sentence about what was written."""

    async def print_it(path: Path, form: Form, layout: Layout | None) -> str:
        paper = write(await read(), form, time.time(), layout)
        write_file(path, paper.data)
        said = words.WRITTEN.format(path=path)
        return f"{said} {words.REPLACED}" if paper.missing else said

    def attempt(answers: Answers) -> str | Awaitable[str]:
        if not answers["path"]:
            raise NotSaid(words.NOT_SAID)
        path = _path(answers["path"], answers["way"], file_name(entry))
        form = form_of(str(path))
        if form is None:
            exported = export_contract(library, entry, path)
            return f"{words.WRITTEN.format(path=path)} {left_out(exported)}".strip()
        return print_it(path, form, layout_of(answers))

    return Dialog(
        words.TITLE,
        words.ABOUT.format(title=entry.name),
        [*what(way), Field("path", words.WHERE, value=str(folder / file_name(entry)))],
        words.WRITE,
        attempt,
    )


def what(way: str = Form.PAPER) -> list[Field]:
    """Ask as what a contract is taken away, and which part of it."""
    return [
        Field("way", words.AS_WHAT, options=WAYS, value=way),
        Field("which", words.WHICH, words.WHICH_HINT),
    ]


def layout_of(answers: Answers) -> Layout | None:
    """What was asked for, if it is not all of the contract."""
    if answers["way"] == GOAL:
        return OneGoal(answers["which"])
    return Promises(answers["which"]) if answers["way"] == PROMISES else None


def left_out(exported: Exported) -> str:
    """Say what is damaged and not in a file; "" where all of it is."""
    return words.LEFT_OUT.format(changes=exported.left_out) if exported.left_out else ""


def take_open_away(app: App[None], session: Session, library: Library) -> None:
    """Ask as what and where to write the contract that is open."""

    async def read() -> Reading:
        return session.contract.reading(None, session.doubtful)

    def tell(sentence: str | None) -> None:
        if sentence:
            app.notify(sentence, timeout=10, markup=False)

    app.push_screen(take_away(library, session.entry, Path.home(), read), tell)


def _path(text: str, way: str, name: str) -> Path:
    """Return the path that somebody wrote, with the ending of what they chose if it has none.

    In a folder it is the file of this name.
    """
    path = Path(text.strip("'\"")).expanduser()
    path = path / name if path.is_dir() else path
    if form_of(str(path)) is not None or path.suffix.lower() == WHOLE:
        return path
    return path.with_name(path.name + ENDINGS.get(way, way))


def file_name(entry: Entry) -> str:
    """Return a name for a contract's file, without an ending."""
    name = re.sub(r"[^\w-]+", "-", entry.name).strip("-").lower()
    return name or "contract"
