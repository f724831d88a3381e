"""What others write while somebody is in a text, and whatever else may happen to it."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.widgets.editor import Editor, Remote
from contract_tui.ui.widgets.editor.motion import Step
from tests.contract_tui.ui.memory_part import MemoryPart
from tests.contract_tui.ui.stage import (
    PARENT,
    TEACHER,
    drawn,
    ink_of,
    paint,
    put,
    screen_rows,
    staged,
)
from tests.contract_tui.ui.strategies import splices, texts


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


async def test_carets_of_others_move_with_the_text() -> None:
    part = MemoryPart("one two")
    async with staged(part) as (editor, _, _):
        editor.remotes = [Remote(PARENT, 4, 7)]
        editor.place(0)
        editor.write("zero ")
        assert editor.remotes == [Remote(PARENT, 9, 12)]


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
