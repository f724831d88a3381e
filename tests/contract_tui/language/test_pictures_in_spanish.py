"""Every screen of which there is a picture, in Spanish: nothing in English, and nothing cut."""

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

from tests.contract_tui.language.reading import (
    catalog,
    messages,
    translations,
    without_names,
)
from tests.contract_tui.language.test_screens import LEAST_CELL, ROOT, Seen, cells, in_english

PROGRAM = """
import sys
from pathlib import Path
from contract_tui.language.choosing import speak

home = Path(sys.argv[1])
speak(home)

from tests.contract_tui.language.playing import main

main(home, sys.argv[2])
"""
SCENES = ROOT / "tests" / "contract_tui" / "ui" / "pictures" / "scenes"
ROOMS = sorted(one.stem for one in SCENES.glob("*.py") if one.stem != "__init__")
WRITTEN = {"before the holidays"}
"""What somebody types in a scene, and the program says somewhere, too."""
OURS = re.compile("when|day|month|year|change|date|time|minutes|n|number|count|all")
"""What a sentence leaves open for words of the program; the others hold what people wrote."""
NAMED = re.compile(r"\{(\w+)\}")


def played(room: str, home: Path) -> dict[str, list[list[str]]]:
    """Return what stands on the screens of a room, and what cannot be read there."""
    module = f"tests.contract_tui.ui.pictures.scenes.{room}"
    command = [sys.executable, "-c", PROGRAM, str(home), module]
    environment = {**os.environ, "LANGUAGE": "es", "TZ": "UTC"}
    found: dict[str, list[list[str]]] = json.loads(
        subprocess.check_output(command, cwd=ROOT, env=environment)
    )
    return found


@cache
def lines() -> frozenset[str]:
    """Return what Spanish says, line by line."""
    said = chain.from_iterable(translations(one) for one in messages(catalog("es")))
    return frozenset(filter(None, chain.from_iterable(text.split("\n") for text in said)))


@cache
def forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the sentences that leave something open at their end, and for what."""
    ends = [one for one in lines() if one.endswith("}") and len(without_names(one)) >= LEAST_CELL]
    return tuple((NAMED.findall(one)[-1], form_of(one)) for one in ends)


def form_of(text: str) -> re.Pattern[str]:
    """Return what fits a sentence with anything for what it leaves open."""
    return re.compile(".+".join(map(re.escape, NAMED.split(text)[::2])))


def is_cut(cell: str) -> bool:
    """Whether a sentence of the program ends here before its end; people's words may."""
    begun = cell.removesuffix("…").rstrip()
    if len(begun) < LEAST_CELL or begun == cell or cell in lines():
        return False
    if whole := [name for name, form in forms() if form.fullmatch(cell)]:
        return all(map(OURS.fullmatch, whole))
    return any(begins(text, begun) for text in lines())


def begins(text: str, begun: str) -> bool:
    """Whether a sentence, with anything for what it leaves open, begins like this."""
    for piece in NAMED.split(text)[::2]:
        at = begun.rfind(piece[:LEAST_CELL])
        if len(piece) >= LEAST_CELL and at >= 0 and piece.startswith(begun[at:]):
            before = text[: text.index(piece)]
            if form_of(before).fullmatch(begun[:at]):
                return True
    return False


def cut(seen: Seen) -> Iterator[tuple[str, str]]:
    for name, rows in seen.items():
        pieces = {piece for cell in cells(rows) for piece in cell.split(" · ")}
        yield from ((name, one) for one in sorted(pieces) if is_cut(one))


@pytest.mark.parametrize("room", ROOMS)
def test_everything_is_said_in_spanish_and_whole(room: str, tmp_path: Path) -> None:
    screens = played(room, tmp_path)
    seen: Seen = {name: rows for name, (rows, _) in screens.items()}
    assert len(seen) > 1
    assert [one for one in in_english(seen) if one[1] not in WRITTEN] == []
    assert list(cut(seen)) == []
    assert {name: lost for name, (_, lost) in screens.items() if lost} == {}


def test_what_is_cut_is_found() -> None:
    said = ("todos de acuerdo · mirarlo el 1…", "Ir a Read to Grandmother…", "Cuánta estru…")
    rows = [f"│ {one} │" for one in (*said, "Heidi tiene la pal…", "No, porque…")]
    assert {one for _, one in cut({"one": rows})} == {
        "mirarlo el 1…",
        "Cuánta estru…",
        "Heidi tiene la pal…",
    }
