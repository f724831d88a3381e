"""Contracts to be read elsewhere: as a page, on paper, for other programs, in a calendar.

Unlike the file with the whole history these hold one version, and nobody can write on in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from contract_tui.contract.reading import Reading
from contract_tui.exports import words
from contract_tui.exports.dates import told
from contract_tui.exports.errors import ExportError
from contract_tui.exports.home import taken_home
from contract_tui.exports.paper.page import Printed
from contract_tui.language import _
from contract_tui.library.errors import SessionError
from contract_tui.library.layouts import Layout, OneGoal, Promises, find_goal, find_person

WHOLE = ".automerge"
"""How the name of a file ends that holds a contract with its whole history."""


class NoPaper(SessionError):
    """A contract cannot be written in the form asked for."""


class Form(StrEnum):
    """What a contract can be written as, by the ending of the file's name."""

    TEXT = ".txt"
    MARKDOWN = ".md"
    JSON = ".json"
    PAGE = ".html"
    PAPER = ".pdf"
    CALENDAR = ".ics"


ENDINGS = (*Form, WHOLE)


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes into a file."""

    data: bytes
    missing: tuple[str, ...] = ()
    """Characters that could not be printed, and stand in it as �."""


def form_of(path: str) -> Form | None:
    """What a file is to be, by its ending; None for a contract with its whole history."""
    ending = Path(path).suffix.lower()
    ending = {".markdown": ".md", ".htm": ".html", ".text": ".txt"}.get(ending, ending)
    return Form(ending) if ending in list(Form) else None


def asked_for(path: str) -> Form | None:
    """What a name asks for; raises NoPaper where its ending is none of ours.

    Whoever asks for a page must not be given the whole history, with what was deleted.
    """
    form, ending = form_of(path), Path(path).suffix
    if form is None and ending.lower() not in ("", WHOLE):
        said = _("{ending}: a file’s name ends in {endings} or {last}")
        *others, last = ENDINGS
        raise NoPaper(said.format(ending=ending, endings=", ".join(others), last=last))
    return form


def write(reading: Reading, form: Form, now: float, layout: Layout | None = None) -> Paper:
    """Write a contract, or what a layout shows of it, in a form; raises NoPaper.

    Raises NoSuchGoal or NoSuchPerson where a layout asks for what is not there. `now` is in
    seconds since 1970.
    """
    try:
        return _write(reading, form, datetime.fromtimestamp(now).astimezone(), layout)
    except ExportError as error:
        raise NoPaper(str(error)) from error


def _write(reading: Reading, form: Form, now: datetime, layout: Layout | None) -> Paper:
    exported = words.WRITTEN_ON.format(day=told(now.date()))
    match layout:
        case OneGoal(said):
            return _path(reading, form, said, exported)
        case Promises(said):
            return _promises(reading, form, said, exported)
        case None:
            return _whole(reading, form, now, exported)


def _whole(reading: Reading, form: Form, now: datetime, exported: str) -> Paper:
    match form:
        case Form.TEXT:
            from contract_tui.exports.text import to_text

            return Paper(to_text(reading).encode())
        case Form.MARKDOWN:
            from contract_tui.exports.markdown import to_markdown

            return Paper(to_markdown(reading, exported).encode())
        case Form.JSON:
            from contract_tui.exports.json import to_json

            return Paper(to_json(reading).encode())
        case Form.PAGE:
            from contract_tui.exports.html import to_html

            return Paper(to_html(reading, exported).encode())
        case Form.CALENDAR:
            from contract_tui.exports.calendar import to_calendar

            return Paper(to_calendar(reading, now.astimezone(UTC)).encode())
        case Form.PAPER:
            from contract_tui.exports.pdf import contract_page

            return _printed(contract_page(reading, exported))


def _path(reading: Reading, form: Form, said: str, exported: str) -> Paper:
    if form is not Form.PAPER:
        raise NoPaper(_("one goal is for paper: end the file’s name in .pdf"))
    from contract_tui.exports.pdf import path_page

    return _printed(path_page(reading, find_goal(reading, said), exported))


def _promises(reading: Reading, form: Form, said: str, exported: str) -> Paper:
    if form not in (Form.PAPER, Form.PAGE):
        raise NoPaper(_("promises to take home are pages: end the file’s name in .pdf or .html"))
    kept = taken_home(reading, find_person(reading, said) if said else None)
    if form is Form.PAGE:
        from contract_tui.exports.html import promises_to_html

        return Paper(promises_to_html(reading, kept, exported).encode())
    from contract_tui.exports.pdf import promises_pages

    return _printed(promises_pages(reading, kept, exported))


def _printed(printed: Printed) -> Paper:
    return Paper(printed.pdf, printed.missing)
