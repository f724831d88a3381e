"""With `NO_COLOR` everything is grey, and what colours told is told by letters, lines and signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.screen import Screen

from contract_tui.history.comparison import Mark
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from tests.contract_tui.ui.looking_back import looking_back
from tests.contract_tui.ui.sitting import Sitting

BY_HEIDI, BY_TEACHER = "Yes! A goat book", "I wonder: would you like"
BY_GRANDFATHER = "She can tell the weather"


@pytest.fixture(autouse=True)
def _without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def painted(screen: Screen[Any]) -> list[list[Segment]]:
    return [list(strip) for strip in screen._compositor.render_strips()]


def is_grey(style: Style | None) -> bool:
    colors = (style.color, style.bgcolor) if style else ()
    triplets = (one.get_truecolor() for one in colors if one)
    return all(one.red == one.green == one.blue for one in triplets)


def lines(style: Style | None) -> tuple[bool, ...]:
    """What a style does that needs no colour."""
    assert style is not None
    drawn = style.underline, style.strike, style.italic, style.underline2, style.bold
    return tuple(map(bool, drawn))


def row_of(screen: Screen[Any], words: str) -> list[Segment]:
    return next(row for row in painted(screen) if words in "".join(one.text for one in row))


def look_of(screen: Screen[Any], words: str) -> tuple[bool, ...]:
    """How words are painted, but for their colour."""
    first = words.split()[0]
    return next(lines(one.style) for one in row_of(screen, words) if first in one.text)


async def test_everybodys_words_differ_in_their_letter_and_their_lines(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        await pilot.pause()
        assert all(is_grey(one.style) for row in painted(screen) for one in row)
        words = (BY_HEIDI, BY_TEACHER, BY_GRANDFATHER)
        assert len({look_of(screen, one) for one in words}) == len(words)
        rows = ["".join(one.text for one in row_of(screen, found)) for found in words]
        assert ["".join(row.split())[1] for row in rows] == ["H", "M", "G"]


def stretches(screen: HistoryScreen, mark: Mark) -> Iterator[str]:
    """Yield words that came or went with the turn that is shown."""
    for view in screen.views():
        yield from (one.text for one in view.stretches if one.fate is mark and one.text.strip())


@pytest.mark.parametrize("mark", [Mark.ADDED, Mark.REMOVED])
async def test_what_came_and_what_went_differ_in_their_lines(sitting: Sitting, mark: Mark) -> None:
    async with looking_back(sitting, size=(80, 24)) as (screen, _, pilot):
        while not (found := list(stretches(screen, mark))):
            await pilot.press("left")
            await pilot.pause()
        assert all(is_grey(one.style) for row in painted(screen) for one in row)
        underlined, struck, *_ = look_of(screen, found[0].split("\n")[0])
        assert (underlined, struck) == ((True, False) if mark is Mark.ADDED else (False, True))


async def test_where_one_is_and_what_is_chosen_is_said_by_a_sign(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        assert isinstance(screen, WorkshopScreen)
        await screen.going.go_there(screen.going.places[2].part)
        await pilot.pause()
        text = "\n".join("".join(one.text for one in row) for row in painted(screen))
        assert "▸ Structure wanted" in text
        assert text.count("◉") == 1
