"""What stands on the screens in another language: all of it in that one, and none of it cut."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.contract_tui.language.reading import (
    catalog,
    limits,
    messages,
    sources,
    translations,
    without_names,
)

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
from pathlib import Path
from contract_tui.language.choosing import speak

home = Path(sys.argv[1])
speak(home)

from tests.contract_tui.language.walking import main

main(home)
"""
BETWEEN = re.compile(r"\s{2,}|[│╭╮╰╯─┏┓┗┛╍╏▔▁▸◂●○◉‹›]+")
"""What is between the cells of a row."""
LEAST_CELL = 4
"""Letters before the sign of a cut by which what was cut can be told."""

LEAST_SENTENCE = 12
"""Letters of what may stand on several lines; less than that somebody may have written."""

Seen = dict[str, list[str]]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The rows of each screen, from a program that speaks Spanish from its first line on."""
    home = tmp_path_factory.mktemp("walk")
    command = [sys.executable, "-c", PROGRAM, str(home)]
    environment = {**os.environ, "LANGUAGE": "es", "TZ": "UTC"}
    found: Seen = json.loads(subprocess.check_output(command, cwd=ROOT, env=environment))
    return found


@cache
def spanish() -> list[Message]:
    return messages(catalog("es"))


def cells(rows: list[str]) -> Iterator[str]:
    """Yield what stands between lines and gaps."""
    for row in rows:
        yield row.strip()
        yield from filter(None, (cell.strip() for cell in BETWEEN.split(row)))


def untranslated() -> set[str]:
    """Return what the sources say and Spanish does not, each line of it."""
    found: set[str] = set()
    for one in spanish():
        said = set(chain.from_iterable(text.split("\n") for text in translations(one)))
        found |= {line for text in sources(one) for line in text.split("\n")} - said
    return {line for line in found if len(line) > 1}


def narrow() -> tuple[set[str], set[str]]:
    """Return what has to fit in so many columns, and whatever else is said."""
    fits = {without_names(t) for one in spanish() if any(limits(one)) for t in translations(one)}
    return fits, {text for one in spanish() for text in translations(one)}


def in_english(seen: Seen) -> list[tuple[str, str]]:
    """Return what is said in the sources’ words, on one line or on several, and on which screen."""
    english = untranslated()
    sentences = [one for one in english if len(one) >= LEAST_SENTENCE and "{" not in one]
    found = [(name, cell) for name, rows in seen.items() for cell in cells(rows) if cell in english]
    for name, rows in seen.items():
        text = " ".join(" ".join(BETWEEN.sub(" ", row).split()) for row in rows)
        found += [(name, one) for one in sentences if f" {one} " in f" {text} "]
    return found


def cut(seen: Seen) -> list[tuple[str, str]]:
    """Return what ends in the sign of a cut, though it was to fit, and on which screen."""
    fits, said = narrow()
    return [
        (name, cell)
        for name, rows in seen.items()
        for cell in cells(rows)
        if cell.endswith("…") and len(cell) > LEAST_CELL and cell not in said
        if any(one.startswith(cell[:-1].rstrip()) for one in fits)
    ]


def test_every_screen_is_in_the_persons_language_and_nothing_that_was_to_fit_is_cut(
    seen: Seen,
) -> None:
    assert in_english(seen) == []
    assert cut(seen) == []
    everything = "\n".join(chain.from_iterable(seen.values()))
    for said in (
        "Compromisos",
        "Mirando atrás",
        "¿Empezar una reunión?",
        "Leerlo juntos",
        "Un contrato nuevo",
    ):
        assert said in everything


def test_english_and_a_cut_would_be_found() -> None:
    rows = ["│  Not now   │  Cuánta estru…", "│ What is on │", "│ this screen? (F1) │"]
    assert ("one", "Not now") in in_english({"one": rows})
    assert ("one", "What is on this screen? (F1)") in in_english({"one": rows})
    assert cut({"one": rows}) == [("one", "Cuánta estru…")]
