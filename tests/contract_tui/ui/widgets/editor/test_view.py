"""What is painted beside and over the words."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Region

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.ink import make_stranger_ink
from contract_tui.ui.widgets.editor import Editor, Remote
from tests.contract_tui.ui.memory_part import ME, MemoryPart
from tests.contract_tui.ui.stage import (
    BACKGROUND,
    FOREGROUND,
    INKS,
    PARENT,
    TEACHER,
    ink_of,
    paint,
    press,
    screen_rows,
    staged,
    until,
)


def style_at(editor: Editor, x: int, y: int) -> Style:
    """The style of one cell."""
    (segment,) = paint(editor, y).crop(x, x + 1)
    assert segment.style is not None
    return segment.style


def margins(editor: Editor) -> list[str]:
    return [row[:3].strip() for row in screen_rows(editor)]


def written_by_three() -> MemoryPart:
    """Mine, the teacher's and the parent's words, over two lines."""
    part = MemoryPart()
    for author, words in ((ME, b"I am."), (b"genesis", b" You are."), (b"other", b"\n\nAt home.")):
        part.change(Splice(len(part.text), len(part.text), words.decode()), author)
    return part


async def test_other_colours_are_seen_at_once() -> None:
    async with staged(MemoryPart("I am."), size=(60, 6)) as (editor, _, stage):
        before = style_at(editor, 4, 0)
        stage.stylesheet.add_source("Editor { background: #ffffff; color: #000000; }")
        stage.refresh_css(animate=False)
        after = style_at(editor, 4, 0)
        assert (before.bgcolor, after.bgcolor) == (
            Style(bgcolor="#1b1f26").bgcolor,
            Style(bgcolor="#ffffff").bgcolor,
        )


async def test_words_are_painted_as_their_authors_are_with_a_cue_besides_the_colour() -> None:
    async with staged(written_by_three(), size=(60, 6)) as (editor, _, _):
        mine, teacher = style_at(editor, 3 + 2, 0), style_at(editor, 3 + 8, 0)
        assert mine.color == INKS[ME].words.color
        assert teacher.color == TEACHER.words.color
        assert (bool(mine.underline), bool(teacher.underline)) == (False, True)
        assert style_at(editor, 3 + 2, 2).italic


async def test_the_margin_names_whoever_begins_a_line_or_goes_on_in_it() -> None:
    async with staged(written_by_three(), size=(13, 6)) as (editor, _, _):
        assert [row.rstrip() for row in screen_rows(editor)[:4]] == [
            "M  I am.",
            "T  You are.",
            "",
            "P  At home.",
        ]


async def test_the_margin_names_first_what_is_in_doubt() -> None:
    doubted = make_stranger_ink(BACKGROUND, FOREGROUND, "T")
    inks = {**INKS, b"genesis": doubted}
    async with staged(written_by_three(), size=(60, 6)) as (editor, _, _):
        assert margins(editor)[:3] == ["M", "", "P"]
        editor.show_people([], inks.get, authors=True)
        assert margins(editor)[:3] == ["T?", "", "P"]
        style = style_at(editor, 3 + 8, 0)
        assert style.italic
        assert style.underline2, "so that it can be told without colours"


async def test_authors_can_be_hidden() -> None:
    async with staged(written_by_three(), size=(60, 6)) as (editor, _, _):
        editor.show_people([], ink_of, authors=False)
        assert margins(editor) == [""] * 6
        assert style_at(editor, 3 + 8, 0).color == style_at(editor, 3 + 2, 0).color


async def test_the_carets_and_selections_of_others_are_painted_with_their_mark_in_the_margin() -> (
    None
):
    async with staged(written_by_three(), size=(60, 6)) as (editor, _, _):
        editor.show_people([Remote(PARENT, 2, 5)], ink_of, authors=True)
        assert margins(editor)[0] == "P"
        assert style_at(editor, 3 + 5, 0).bgcolor == PARENT.caret.bgcolor
        assert style_at(editor, 3 + 3, 0).bgcolor == PARENT.selected.bgcolor


async def test_ones_own_caret_is_painted_over_anothers() -> None:
    async with staged(written_by_three(), size=(60, 6)) as (editor, _, _):
        editor.show_people([Remote(PARENT, 2, 2)], ink_of, authors=True)
        editor.place(2)
        assert style_at(editor, 3 + 2, 0).bgcolor != PARENT.caret.bgcolor


async def test_two_others_in_one_row_share_the_margin() -> None:
    async with staged(written_by_three(), size=(60, 6)) as (editor, _, _):
        editor.show_people([Remote(PARENT, 2, 2), Remote(TEACHER, 3, 3)], ink_of, authors=True)
        assert margins(editor)[0] == "P+"


async def test_an_empty_text_asks_its_question_and_still_shows_who_is_there() -> None:
    async with staged(MemoryPart(), size=(60, 6), prompt="What are you into?") as (editor, _, _):
        editor.show_people([Remote(PARENT, 0, 0)], ink_of, authors=True)
        assert screen_rows(editor)[0].rstrip() == "P  What are you into?"
        editor.write("Knots")
        assert screen_rows(editor)[0][3:].rstrip() == "Knots"


async def test_a_key_paints_one_row_and_not_the_whole_text() -> None:
    part = MemoryPart("\n".join(["a line of words"] * 40))
    async with staged(part, size=(60, 30)) as (editor, pilot, _):
        editor.place(part.text.index("\n") * 5)
        await pilot.pause()
        painted: list[int] = []
        paint = editor._paint

        def note(y: int, width: int, look: object) -> object:
            painted.append(y)
            return paint(y, width, look)  # type: ignore[arg-type]

        editor._paint = note  # type: ignore[method-assign,assignment]
        editor.write("x")
        await pilot.pause()
        assert 1 <= len(set(painted)) <= 3


async def test_a_title_of_which_one_row_is_shown_says_that_it_goes_on() -> None:
    part = MemoryPart("A year of tidepools")
    async with staged(part, size=(16, 1), single_line=True) as (editor, pilot, _):
        await until(lambda: editor.size.height == 1)
        assert screen_rows(editor)[0].rstrip().endswith("A year of…")
        await pilot.resize_terminal(40, 1)
        await until(lambda: screen_rows(editor)[0].rstrip().endswith("tidepools"))


async def test_a_question_of_several_rows_goes_with_the_first_letter() -> None:
    async with staged(MemoryPart(), prompt="What?\nWhat is it?\nWhat else?") as (editor, _, _):
        assert "What else?" in screen_rows(editor)[2]
        await press(editor, "a")
        assert screen_rows(editor)[2].strip() == ""
        await press(editor, "backspace")
        assert "What else?" in screen_rows(editor)[2]


async def test_what_was_taken_off_the_screen_can_be_painted_once_more() -> None:
    async with staged(MemoryPart("some words")) as (editor, _, _):
        await editor.remove()
        (row,) = editor.render_lines(Region(0, 0, 20, 1))
        assert row.text == " " * 20
