"""Colours that can be read, and marks that tell people apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from contract_tui.ui.ink import CUES, ON_DARK, contrast, make_ink, marks, number_seats
from contract_tui.ui.themes import THEMES

READABLE = 4.5
ALL_THEMES = {theme.name: theme for theme in THEMES} | {
    name: theme for name, theme in BUILTIN_THEMES.items() if not theme.ansi
}


def colors_of(name: str) -> tuple[Color, Color]:
    generated = ALL_THEMES[name].to_color_system().generate()
    return Color.parse(generated["surface"]), Color.parse(generated["foreground"])


@pytest.mark.parametrize("theme", ALL_THEMES)
@pytest.mark.parametrize("number", range(len(ON_DARK)))
def test_everybodys_words_can_be_read_in_every_theme(theme: str, number: int) -> None:
    background, foreground = colors_of(theme)
    ink = make_ink(number, "M", background, foreground)
    assert contrast(Color.parse(ink.color), background) >= READABLE
    assert contrast(Color.parse(ink.on_color), Color.parse(ink.color)) >= READABLE


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
def test_what_somebody_has_selected_can_still_be_read(theme: str) -> None:
    background, foreground = colors_of(theme)
    for number in range(len(ON_DARK)):
        tint = Color.parse(make_ink(number, "M", background, foreground).tint)
        assert tint != background
        assert contrast(tint, foreground) >= READABLE


def test_the_first_of_each_role_looks_different_without_colours_too() -> None:
    assert len({str(cue) for cue in CUES}) == len(CUES) == len(ON_DARK)


def test_nobody_changes_their_look_when_somebody_else_joins() -> None:
    before = number_seats({"b": "student", "c": "teacher", "d": "parent"})
    after = number_seats({"b": "student", "c": "teacher", "d": "parent", "e": "parent", "f": ""})
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(after)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Maya", "Ms Ortiz", "Sam"], ["M", "O", "S"]),
        (["Maya", "Mum", "Max"], ["M", "Mu", "Ma"]),
        (["Ana", "Ana", "Ana"], ["A", "An", "A1"]),
        (["美咲", "Sam", "美空"], ["美", "S", "1"]),
        (["", "  "], ["?1", "?2"]),
        (["émile", "ÉMILE"], ["É", "ÉM"]),
    ],
)
def test_marks(names: list[str], expected: list[str]) -> None:
    numbered = {str(number): number for number in range(len(names))}
    found = marks(dict(zip(numbered, names, strict=True)), numbered)
    assert list(found.values()) == expected


@given(st.lists(st.text(max_size=8), max_size=30))
def test_marks_are_different_and_fit_into_the_margin(names: list[str]) -> None:
    numbered = {str(number): number for number in range(len(names))}
    found = marks(dict(zip(numbered, names, strict=True)), numbered)
    assert len(set(found.values())) == len(names)
    assert all(1 <= cell_len(mark) <= 2 for mark in found.values())
