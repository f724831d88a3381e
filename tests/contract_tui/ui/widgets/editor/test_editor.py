"""What keys, the mouse, the clipboard and others do to a text and its caret."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual import events
from textual.geometry import Offset

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.widgets.editor import Editor, Remote
from contract_tui.ui.widgets.editor import messages as told
from contract_tui.ui.widgets.editor.motion import Step
from tests.contract_tui.ui.memory_part import MemoryPart
from tests.contract_tui.ui.stage import (
    PARENT,
    TEACHER,
    drawn,
    ink_of,
    paint,
    press,
    put,
    screen_rows,
    staged,
    until,
)
from tests.contract_tui.ui.strategies import splices, texts

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


async def test_what_others_write_moves_neither_caret_nor_selection() -> None:
    part = MemoryPart("one two three")
    async with staged(part) as (editor, _, _):
        put(editor, "one ^two| three")
        part.change(Splice(0, 0, "zero\n"), b"other")
        part.change(Splice(18, 18, "!\nfour"), b"other")
        editor.catch_up()
        assert drawn(editor) == "zero\none ^two| three!\nfour"
        part.change(Splice(2, 12, ""), b"other")
        editor.catch_up()
        assert drawn(editor) == "ze| three!\nfour"


async def test_a_text_that_cannot_be_followed_is_read_again() -> None:
    part = MemoryPart("one two")
    async with staged(part) as (editor, _, _):
        editor.place(7)
        part.change(Splice(0, 7, "new"), b"other")
        part.forgotten = part.version
        editor.catch_up()
        assert drawn(editor) == "new|"


async def test_what_one_reads_stays_in_place_while_others_write_above() -> None:
    part = MemoryPart("\n".join(f"line {n}" for n in range(100)))
    async with staged(part, size=(40, 10)) as (editor, pilot, _):
        editor.scroll_to(y=50, animate=False, force=True)
        await pilot.pause()
        assert screen_rows(editor)[0][3:].strip() == "line 50"
        part.change(Splice(0, 0, "above\n" * 7), b"other")
        part.change(Splice(len(part.text), len(part.text), "\nbelow"), b"other")
        editor.catch_up()
        await pilot.pause()
        assert screen_rows(editor)[0][3:].strip() == "line 50"


async def test_the_row_with_the_caret_stays_in_place_while_others_write_above() -> None:
    part = MemoryPart("\n".join(f"line {n}" for n in range(100)))
    async with staged(part, size=(40, 10)) as (editor, pilot, _):
        editor.place(part.text.index("line 55"))
        await pilot.pause()
        before = screen_rows(editor)
        part.change(Splice(0, 0, "above\n" * 70), b"other")
        editor.catch_up()
        await pilot.pause()
        assert [row[3:] for row in screen_rows(editor)] == [row[3:] for row in before]


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


async def test_carets_of_others_move_with_the_text() -> None:
    part = MemoryPart("one two")
    async with staged(part) as (editor, _, _):
        editor.remotes = [Remote(PARENT, 4, 7)]
        editor.place(0)
        editor.write("zero ")
        assert editor.remotes == [Remote(PARENT, 9, 12)]


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


Operation = tuple[str, object]


@st.composite
def operations(draw: st.DrawFn) -> list[Operation]:
    steps = st.tuples(st.just("step"), st.sampled_from(Step))
    select = st.tuples(st.just("select"), st.sampled_from(Step))
    erase = st.tuples(st.just("erase"), st.sampled_from([Step.LEFT, Step.RIGHT, Step.WORD_LEFT]))
    write = st.tuples(st.just("write"), texts)
    remote = st.tuples(st.just("remote"), st.integers(0, 2**32))
    turn = st.tuples(st.sampled_from(["undo", "redo", "late", "others"]), st.none())
    return draw(st.lists(st.one_of(steps, select, erase, write, remote, turn), max_size=25))


@given(texts, operations(), st.data())
@settings(max_examples=settings().max_examples // 2)
def test_whatever_happens_the_editor_shows_the_text_and_keeps_its_places(
    text: str, todo: list[Operation], data: st.DataObject
) -> None:
    async def play() -> None:
        part = MemoryPart(text)
        async with staged(part, size=(20, 6)) as (editor, _, _):
            for name, argument in todo:
                play_one(editor, part, name, argument, data)
                start, end = editor.selection
                assert 0 <= start <= end <= len(editor.text)
                if name != "late":
                    assert editor.text == part.text
                    assert_painted(editor)

    asyncio.run(play())


def assert_painted(editor: Editor) -> None:
    """Whatever was not painted again looks as if it had been."""
    width, scene = editor.scrollable_content_region.width, editor._see()
    for y in range(editor.size.height):
        fresh = editor._paint(y + editor.scroll_offset.y, width, scene)
        shown = paint(editor, y).crop(0, width)
        assert list(Segment.simplify(shown)) == list(Segment.simplify(fresh))


def play_one(
    editor: Editor, part: MemoryPart, name: str, argument: object, data: st.DataObject
) -> None:
    """Do one thing, and look at what it did to the caret."""
    if name == "step" and isinstance(argument, Step):
        editor.step(argument)
        assert editor.caret == editor.page.boundary(editor.caret)
    elif name == "select" and isinstance(argument, Step):
        editor.step(argument, select=True)
    elif name == "erase" and isinstance(argument, Step):
        editor.erase_step(argument)
    elif name == "write":
        editor.write(str(argument))
    elif name == "undo":
        editor.undo()
    elif name == "redo":
        editor.redo()
    elif name == "others":
        editor.catch_up()
        places = st.integers(0, len(part.text))
        others = [Remote(ink, data.draw(places), data.draw(places)) for ink in (PARENT, TEACHER)]
        editor.show_people(others[: data.draw(st.integers(0, 2))], ink_of, authors=True)
    elif name == "late":
        part.change(data.draw(splices(len(part.text))), b"other")
    else:
        editor.catch_up()
        splice = data.draw(splices(len(part.text)))
        caret = splice.map(editor.caret)
        distance = editor.page.y_of(editor.caret) - editor.scroll_offset.y
        part.change(splice, b"other")
        editor.catch_up()
        assert editor.caret == editor.page.boundary(caret)
        if editor.scroll_offset.y not in (0, editor.max_scroll_y):
            assert editor.page.y_of(editor.caret) - editor.scroll_offset.y == distance
