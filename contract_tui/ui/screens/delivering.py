"""Takes a contract away through a browser: the file goes to whoever asks, and to no folder here.

A guest's program runs on the host's computer. There it must neither write a file where its guest
says, nor tell by refusing which files are there.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.app import App

from contract_tui.library.files import export_contract
from contract_tui.library.library import Library
from contract_tui.library.papers import WHOLE, Form, write
from contract_tui.session.session import Session
from contract_tui.ui.screens import exporting_words as words
from contract_tui.ui.screens.dialogs import Answers, Dialog
from contract_tui.ui.screens.exporting import (
    ENDINGS,
    file_name,
    layout_of,
    left_out,
    what,
)


def hand_over(app: App[None], session: Session, library: Library, way: str = Form.PAPER) -> None:
    """Ask as what the open contract is to be taken away, and give it to the browser."""

    def attempt(answers: Answers) -> str | Awaitable[str]:
        asked = answers["way"]
        name = file_name(session.entry) + ENDINGS.get(asked, asked)
        if asked == WHOLE:
            data, lost = _whole(session, library)
            _deliver(app, name, data)
            return f"{words.DELIVERED.format(name=name)} {lost}".strip()
        return _written(app, session, name, answers)

    dialog: Dialog[str] = Dialog(
        words.TITLE,
        words.ABOUT.format(title=session.entry.name),
        what(way),
        words.TAKE,
        attempt,
    )
    app.push_screen(dialog, lambda said: app.notify(said, markup=False) if said else None)


async def _written(app: App[None], session: Session, name: str, answers: Answers) -> str:
    layout = layout_of(answers)
    form = Form.PAPER if layout else Form(answers["way"])
    reading = session.contract.reading(None, session.doubtful)
    paper = write(reading, form, time.time(), layout)
    _deliver(app, name, paper.data)
    return words.DELIVERED.format(name=name)


def _whole(session: Session, library: Library) -> tuple[bytes, str]:
    """The contract with its past, which is made as a file; what was left out of it, in words."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"contract{WHOLE}"
        lost = left_out(export_contract(library, session.entry, path))
        return path.read_bytes(), lost


def _deliver(app: App[None], name: str, data: bytes) -> None:
    app.deliver_binary(BytesIO(data), save_directory=Path(), save_filename=name)
