"""What other libraries do that we work around: each test fails on the day it is no longer so."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.document._document import Document
from textual.message import Message
from textual.widgets import Input, TextArea

from contract_tui.ui.widgets.editor.keys import typed
from contract_tui.ui.widgets.line_input import LineInput
from tests.contract_tui.ui.stage import until


def parsed(data: str) -> list[Message]:
    return list(XTermParser().feed(data))


def test_textuals_document_ends_lines_where_a_contract_does_not() -> None:
    assert Document("a\u2028b\x0bc").line_count == 3


def test_textual_does_not_call_a_no_break_space_printable() -> None:
    key = events.Key("no_break_space", "\u00a0")
    assert not key.is_printable
    assert typed(key) == "\u00a0"


def test_textual_gives_a_letter_with_alt_as_a_printable_letter() -> None:
    (key,) = XTermParser()._sequence_to_key_events("x", alt=True)
    assert (key.key, key.is_printable) == ("alt+x", True)
    assert typed(key) is None


def test_textual_calls_alt_and_backspace_ctrl_w() -> None:
    (key,) = parsed("\x1b\x7f")
    assert isinstance(key, events.Key)
    assert key.key == "ctrl+w"


def test_rich_joins_a_joiner_with_whatever_follows() -> None:
    assert cell_len("a\u200d ") == 1


def test_rich_gives_control_characters_no_width() -> None:
    assert cell_len("\x1b\u202e\u2028") == 0


class _One(App[None]):
    def __init__(self, line: Input) -> None:
        super().__init__()
        self._line = line

    def compose(self) -> ComposeResult:
        yield self._line


class _Inputs(App[None]):
    def compose(self) -> ComposeResult:
        yield Input()
        yield TextArea("((((", soft_wrap=True)


@pytest.mark.parametrize(("kind", "value"), [(Input, "abc"), (LineInput, "acd")])
async def test_textuals_input_lets_letters_overtake_other_keys(
    kind: type[Input], value: str
) -> None:
    app = _One(kind())
    async with app.run_test() as pilot:
        line = app.query_one(Input)
        line.focus()
        await until(lambda: line.has_focus)
        for key in ("a", "b", "backspace", "c", "d"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert line.value == value


async def test_textuals_input_takes_the_first_line_of_a_paste_only() -> None:
    app = _Inputs()
    async with app.run_test():
        line = app.query_one(Input)
        line.focus()
        await until(lambda: line.has_focus)
        app.post_message(events.Paste("one\r\ntwo"))
        await until(lambda: line.value != "")
        assert line.value == "one"


async def test_textuals_text_area_moves_the_caret_by_what_is_inserted_behind_it() -> None:
    """Why our editor is not a TextArea."""
    app = _Inputs()
    async with app.run_test():
        area = app.query_one(TextArea)
        area.move_cursor((0, 1))
        area.insert("\n", (0, 2))
        assert area.cursor_location != (0, 1)
