"""What keys, the mouse, the clipboard and others do to a text and its caret."""

from __future__ import annotations

import pytest
from textual import events
from textual.geometry import Offset

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.widgets.editor import messages as told
from tests.contract_tui.ui.memory_part import MemoryPart
from tests.contract_tui.ui.stage import (
    drawn,
    press,
    put,
    screen_rows,
    staged,
    until,
)

FAMILY = "👩‍👩‍👧"


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("ab|cd", ["x"], "abx|cd"),
        ("ab|cd", ["enter"], "ab\n|cd"),
        ("ab|cd", ["backspace"], "a|cd"),
        ("ab|cd", ["delete"], "ab|d"),
        ("^ab|cd", ["x"], "x|cd"),
        ("^ab|cd", ["backspace"], "|cd"),
        (f"a{FAMILY}|b", ["backspace"], "a|b"),
        (f"a|{FAMILY}b", ["delete"], "a|b"),
        (f"a|{FAMILY}b", ["right", "x"], f"a{FAMILY}x|b"),
        (f"a{FAMILY}|b", ["left", "x"], f"ax|{FAMILY}b"),
        ("e\u0301|", ["left"], "|e\u0301"),
        ("one two| three", ["ctrl+left"], "one |two three"),
        ("one |two three", ["ctrl+right"], "one two| three"),
        ("na\u00efve re\u0301sume\u0301|", ["ctrl+left"], "na\u00efve |re\u0301sume\u0301"),
        ("one two|", ["ctrl+w"], "one |"),
        ("|one two", ["alt+delete"], "| two"),
        ("one\nt|wo", ["home"], "one\n|two"),
        ("one\nt|wo", ["end"], "one\ntwo|"),
        ("one\nt|wo", ["up"], "o|ne\ntwo"),
        ("on|e\n\ntwo", ["down", "down"], "one\n\ntw|o"),
        ("on|e", ["down"], "one|"),
        ("on|e", ["up"], "|one"),
        ("one| two", ["shift+right", "shift+right"], "one^ t|wo"),
        ("^one| two", ["left"], "|one two"),
        ("^one| two", ["right"], "one| two"),
        ("one|", ["ctrl+a"], "^one|"),
        ("one |two", ["ctrl+home"], "|one two"),
        ("one |two", ["ctrl+end"], "one two|"),
        ("^one| two", ["ctrl+x", "end", "ctrl+v"], " twoone|"),
        ("^one| two", ["ctrl+c", "end", "ctrl+v"], "one twoone|"),
        ("one|", ["x", "ctrl+z"], "one|"),
        ("one|", ["x", "y", "ctrl+z", "ctrl+z", "ctrl+y"], "onex|"),
        ("|", ["backspace", "delete", "left", "up", "ctrl+left", "pageup", "ctrl+x"], "|"),
    ],
)
async def test_keys(before: str, keys: list[str], after: str) -> None:
    part = MemoryPart(before.replace("|", "").replace("^", ""))
    async with staged(part) as (editor, _pilot, _):
        put(editor, before)
        await press(editor, *keys)
        assert drawn(editor) == after
        assert part.text == editor.text


@pytest.mark.parametrize("character", ["\u00a0", "\u3000", "\u200d", "é", "語"])
async def test_a_typed_character_that_python_does_not_call_printable_is_written(
    character: str,
) -> None:
    part = MemoryPart()
    async with staged(part) as (editor, _, _):
        await editor._on_key(events.Key("some_key", character))
        assert part.text == character


async def test_a_letter_with_alt_is_no_letter() -> None:
    part = MemoryPart()
    async with staged(part) as (editor, _, _):
        await editor._on_key(events.Key("alt+x", "x"))
        assert part.text == ""


async def test_a_family_typed_in_parts_before_another_stays_whole() -> None:
    part = MemoryPart(FAMILY)
    async with staged(part) as (editor, _, _):
        for character in FAMILY + "🇩🇪":
            editor.write(character)
        assert part.text == FAMILY + "🇩🇪" + FAMILY


PASTES = {
    "a\r\nb\rc": "a\nb\nc",
    "tab\there": "tab\there",
    f"{FAMILY}日本\u00a0e\u0301": f"{FAMILY}日本\u00a0e\u0301",
    "שלום עולם": "שלום עולם",
    "مرحبا 123 abc": "مرحبا 123 abc",
    "line\u2028separator\x0band\x85more": "line\nseparator\nand\nmore",
    "bell\x07 escape\x1b[31m": "bell escape[31m",
    "\u202eoverride\u2066": "override",
    "lone \ud800 surrogate": "lone  surrogate",
}


@pytest.mark.parametrize(("pasted", "written"), PASTES.items())
async def test_a_paste_is_written_once_and_clean(pasted: str, written: str) -> None:
    part = MemoryPart("<>")
    async with staged(part) as (editor, pilot, stage):
        editor.place(1)
        stage.post_message(events.Paste(pasted))
        await until(lambda: part.version > 0)
        await pilot.pause()
        assert drawn(editor) == f"<{written}|>"
        assert part.text == f"<{written}>"


async def test_a_single_line_takes_a_paste_of_several_lines_as_one_and_enter_leaves_it() -> None:
    part = MemoryPart()
    async with staged(part, single_line=True) as (editor, _, stage):
        stage.post_message(events.Paste("one\ntwo"))
        await until(lambda: part.text == "one two")
        await press(editor, "enter")
        await until(lambda: stage.tells(told.Left))


async def test_what_does_not_fit_is_left_out_and_said() -> None:
    part = MemoryPart("12345678")
    async with staged(part, limit=10) as (editor, _pilot, stage):
        editor.place(8)
        editor.write("9" + FAMILY)
        assert part.text == "123456789"
        await until(lambda: stage.tells(told.Full))


async def test_a_text_that_merging_made_too_long_can_be_shortened_but_not_lengthened() -> None:
    part = MemoryPart("x" * 20)
    async with staged(part, limit=10) as (editor, _pilot, _):
        editor.place(20)
        await press(editor, "y")
        assert len(part.text) == 20
        await press(editor, "backspace")
        assert len(part.text) == 19
        editor.place(19, 10)
        editor.write("end")
        assert part.text == "x" * 10 + "end"


async def test_who_only_reads_can_go_about_and_is_told_why_nothing_is_written() -> None:
    part = MemoryPart("text")
    async with staged(part) as (editor, _pilot, stage):
        editor.read_only = True
        await press(editor, "right", "x", "backspace", "ctrl+z")
        assert drawn(editor) == "t|ext"
        await until(lambda: stage.tells(told.Locked))


async def test_a_refused_change_is_said_and_leaves_the_text_alone() -> None:
    part = MemoryPart("text")
    part.refusal = "the disk is full"
    async with staged(part) as (editor, _pilot, stage):
        await press(editor, "x", "delete")
        assert drawn(editor) == "|text"
        await until(lambda: stage.tells(told.Refused))
        (refused, *_) = [one for one in stage.told if isinstance(one, told.Refused)]
        assert refused.reason == "the disk is full"


async def test_undo_takes_back_ones_own_words_only() -> None:
    part = MemoryPart()
    async with staged(part) as (editor, _pilot, _):
        editor.write("mine")
        part.change(Splice(4, 4, " theirs"), b"other")
        editor.catch_up()
        await press(editor, "ctrl+z", "ctrl+z")
        assert drawn(editor) == "| theirs"
        await press(editor, "ctrl+y")
        assert drawn(editor) == "mine| theirs"


async def test_a_new_width_keeps_the_caret_in_sight() -> None:
    part = MemoryPart("word " * 400)
    async with staged(part, size=(80, 10)) as (editor, pilot, _):
        editor.place(1500)
        await pilot.resize_terminal(30, 10)
        await pilot.pause()
        top = editor.scroll_offset.y
        assert top <= editor.page.y_of(1500) < top + 10


async def test_a_click_places_the_caret_and_a_drag_selects() -> None:
    part = MemoryPart("one two three\nfour")
    async with staged(part) as (editor, pilot, _):
        await pilot.mouse_down(offset=Offset(3 + 4, 0))
        await pilot.hover(offset=Offset(3 + 2, 1))
        await pilot.mouse_up(offset=Offset(3 + 2, 1))
        assert drawn(editor) == "one ^two three\nfo|ur"


async def test_two_clicks_select_a_word_and_three_a_line() -> None:
    part = MemoryPart("one two\nthree")
    async with staged(part) as (editor, pilot, _):
        await pilot.click(offset=Offset(3 + 5, 0), times=2)
        assert drawn(editor) == "one ^two|\nthree"
        await pilot.click(offset=Offset(3 + 5, 0), times=3)
        assert drawn(editor) == "^one two|\nthree"


async def test_an_error_while_painting_leaves_a_row_empty_and_the_program_alive() -> None:
    part = MemoryPart("text")
    async with staged(part) as (editor, pilot, _):

        def broken(actor: bytes) -> None:
            raise RuntimeError(actor)

        editor.show_people([], broken, authors=True)
        await pilot.pause()
        assert screen_rows(editor)[0].strip() == ""
        await press(editor, "x")
        assert part.text == "xtext"


async def test_a_copy_of_nothing_is_left_to_the_program() -> None:
    part = MemoryPart("text")
    async with staged(part) as (editor, _, stage):
        assert not editor._obey(events.Key("ctrl+c", None))
        editor.select_all()
        assert editor._obey(events.Key("ctrl+c", None))
        assert stage.clipboard == "text"


async def test_the_terminals_own_cursor_follows_the_caret() -> None:
    part = MemoryPart("日本語")
    async with staged(part) as (editor, _pilot, stage):
        await press(editor, "right", "right")
        assert stage.cursor_position == Offset(3 + 4, 0)
