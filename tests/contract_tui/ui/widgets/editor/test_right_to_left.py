"""Words from right to left: kept, gone through and handed out in the order of reading."""

from __future__ import annotations

import unicodedata

import pytest
from textual.geometry import Offset

from contract_tui.contract.text.splice import Splice
from tests.contract_tui.ui.memory_part import MemoryPart
from tests.contract_tui.ui.stage import drawn, press, put, screen_rows, staged

HEBREW, ARABIC, PERSIAN = "שלום עולם", "السَّلام عليكم", "می‌خواهم"
SHADDA_AND_FATHA = "\u0651\u064e"


@pytest.mark.parametrize("words", [HEBREW, ARABIC, "I like ים and סוף, 3 times"])
async def test_what_is_typed_stands_in_the_order_of_reading(words: str) -> None:
    async with staged(MemoryPart()) as (editor, pilot, _):
        await press(editor, *words)
        await pilot.pause()
        assert drawn(editor) == f"{words}|"
        row = screen_rows(editor)[0]
        assert words in row
        assert {unicodedata.category(one) for one in row} - {"Zs", "Lu"} <= {
            unicodedata.category(one) for one in words
        }, "no mark of direction is handed out"


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("שלום|", ["backspace"], "שלו|"),
        ("|שלום", ["delete"], "|לום"),
        ("ש|לום", ["right"], "של|ום"),
        ("ש|לום", ["left"], "|שלום"),
        ("שלום |עולם", ["ctrl+right"], "שלום עולם|"),
        ("שלום עולם|", ["ctrl+left"], "שלום |עולם"),
        ("שלום| עולם", ["shift+right", "shift+right"], "שלום^ ע|ולם"),
        ("^שלום| עולם", ["א"], "א| עולם"),
        ("שלום|", ["home"], "|שלום"),
        ("|שלום", ["end"], "שלום|"),
        ("I like |ים", ["backspace", "backspace"], "I lik|ים"),
        ("abc| שלום", ["shift+end", "ctrl+x", "home", "ctrl+v"], " שלום|abc"),
        (f"س{SHADDA_AND_FATHA}|ل", ["backspace"], "|ل"),
        (f"|س{SHADDA_AND_FATHA}ل", ["right"], f"س{SHADDA_AND_FATHA}|ل"),
        ("می‌|خواهم", ["left", "left"], "|می‌خواهم"),
    ],
)
async def test_keys_go_through_it_as_it_is_read(before: str, keys: list[str], after: str) -> None:
    part = MemoryPart(before.replace("|", "").replace("^", ""))
    async with staged(part) as (editor, _, _stage):
        put(editor, before)
        await press(editor, *keys)
        assert drawn(editor) == after
        assert part.text == after.replace("|", "").replace("^", "")


async def test_the_mouse_points_at_the_letter_that_stands_in_its_cell() -> None:
    async with staged(MemoryPart(HEBREW)) as (editor, pilot, _):
        await pilot.pause()
        indent = screen_rows(editor)[0].index(HEBREW)
        for letter in (0, 3, len(HEBREW)):
            await pilot.click(editor, Offset(indent + letter, 0))
            assert editor.caret == letter


async def test_what_somebody_else_writes_before_it_moves_the_caret_along() -> None:
    part = MemoryPart("שלום")
    async with staged(part) as (editor, _, _stage):
        put(editor, "של|ום")
        part.change(Splice(0, 0, "abc "), b"other")
        editor.catch_up()
        assert drawn(editor) == "abc של|ום"


async def test_an_order_to_turn_words_around_is_shown_and_does_nothing() -> None:
    text = "ab\u202ecd\u2066ef"
    async with staged(MemoryPart(text)) as (editor, pilot, _):
        await pilot.pause()
        assert "ab·cd·ef" in screen_rows(editor)[0]
        assert editor.text == text


async def test_a_word_is_kept_whole_where_its_row_ends() -> None:
    async with staged(MemoryPart(f"{HEBREW} {HEBREW} {PERSIAN}"), size=(20, 6)) as (
        editor,
        pilot,
        _,
    ):
        await pilot.pause()
        rows = [row.split() for row in screen_rows(editor)]
        assert [word for row in rows for word in row if word not in "TMP"] == [
            *HEBREW.split(),
            *HEBREW.split(),
            PERSIAN,
        ]
