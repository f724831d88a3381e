"""Contracts to be read elsewhere: as a page, on paper, for other programs, in a calendar.

Unlike the file with the whole history these hold one version, and nobody can write on in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from contract_tui.contract.check import readable
from contract_tui.contract.reading import ReadGoal, Reading
from contract_tui.exports import words
from contract_tui.exports.dates import told
from contract_tui.exports.errors import ExportError
from contract_tui.library.errors import SessionError


class NoPaper(SessionError):
    """A contract cannot be written in the form asked for."""


class NoSuchGoal(SessionError):
    """No goal fits what was asked for, or several do."""


class Form(StrEnum):
    """What a contract can be written as, by the ending of the file's name."""

    TEXT = ".txt"
    MARKDOWN = ".md"
    JSON = ".json"
    PAGE = ".html"
    PAPER = ".pdf"
    CALENDAR = ".ics"


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


def write(reading: Reading, form: Form, now: float, goal: str | None = None) -> Paper:
    """Write a contract, or one goal of it, in a form; raises NoPaper or NoSuchGoal.

    `now` is in seconds since 1970.
    """
    try:
        return _write(reading, form, datetime.fromtimestamp(now).astimezone(), goal)
    except ExportError as error:
        raise NoPaper(str(error)) from error


def find_goal(reading: Reading, said: str) -> ReadGoal:
    """The goal that somebody means, by its place in their order or its first words."""
    goals = reading.goals
    if not goals:
        raise NoSuchGoal("there is no goal in this contract yet")
    if said.isdecimal() and 1 <= int(said) <= len(goals):
        return goals[int(said) - 1]
    begin = _plain(said)
    fitting = [one for one in goals if begin and _plain(one.what.text).startswith(begin)]
    if len(fitting) == 1:
        return fitting[0]
    problem = "fits several goals" if fitting else "is no goal of this contract"
    there = ", ".join(f"“{readable(one.what.text)}”" for one in fitting or goals)
    raise NoSuchGoal(
        f"“{readable(said)}” {problem}: there is {there}; say its number or its first words"
    )


def _write(reading: Reading, form: Form, now: datetime, goal: str | None) -> Paper:
    exported = words.WRITTEN_ON.format(day=told(now.date()))
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
            return _print(reading, goal, exported)


def _print(reading: Reading, goal: str | None, exported: str) -> Paper:
    from contract_tui.exports.pdf import contract_page, path_page

    if goal is None:
        printed = contract_page(reading, exported)
    else:
        printed = path_page(reading, find_goal(reading, goal), exported)
    return Paper(printed.pdf, printed.missing)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
