"""Where the caret goes; drawn as a | in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.ui.widgets.editor.layout import Layout
from contract_tui.ui.widgets.editor.motion import Step, line_around, move, word_around
from tests.contract_tui.ui.strategies import texts, widths


def moved(drawing: str, step: Step, *, width: int = 10, page: int = 3) -> str:
    offset = drawing.index("|")
    text = drawing.replace("|", "")
    layout = Layout(text, width)
    there = move(layout, offset, step, column=layout.cell_of(offset)[0], page=page)
    return text[:there] + "|" + text[there:]


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("a|b", Step.RIGHT, "ab|"),
        ("ab\n|c", Step.LEFT, "ab|\nc"),
        ("one two three fo|ur", Step.ROW_START, "one two |three four"),
        ("on|e two three four", Step.ROW_END, "one two| three four"),
        ("one two three fo|ur", Step.LINE_START, "|one two three four"),
        ("on|e two three four\nfive", Step.LINE_END, "one two three four|\nfive"),
        ("on|e two three four", Step.DOWN, "one two th|ree four"),
        ("日本|語\nabcdef", Step.DOWN, "日本語\nabcd|ef"),
        ("日本語\nabc|def", Step.UP, "日|本語\nabcdef"),
        ("a\nb\nc\n|d\ne", Step.PAGE_UP, "a\n|b\nc\nd\ne"),
        ("a\n|b\nc\nd\ne", Step.PAGE_DOWN, "a\nb\nc\n|d\ne"),
        ("a\n|b", Step.PAGE_DOWN, "a\nb|"),
        ("a\nb|", Step.PAGE_UP, "a|\nb"),
        ("don’t st|op", Step.WORD_LEFT, "don’t |stop"),
        ("|don’t stop", Step.WORD_RIGHT, "don’t| stop"),
        ("end.| ", Step.WORD_RIGHT, "end. |"),
        ("  |word", Step.WORD_LEFT, "|  word"),
        ("a|bc", Step.TEXT_END, "abc|"),
        ("ab|c", Step.TEXT_START, "|abc"),
    ],
)
def test_steps(before: str, step: Step, after: str) -> None:
    assert moved(before, step) == after


@pytest.mark.parametrize(
    ("text", "offset", "word"),
    [
        ("one two", 5, "two"),
        ("one two", 3, "one"),
        ("re\u0301sume\u0301", 2, "re\u0301sume\u0301"),
        ("a, b", 1, "a"),
        ("--", 1, "-"),
        ("", 0, ""),
    ],
)
def test_the_word_at_a_place(text: str, offset: int, word: str) -> None:
    start, end = word_around(Layout(text, 20), offset)
    assert text[start:end] == word


def test_the_line_at_a_place() -> None:
    assert line_around(Layout("one\ntwo\nthree", 20), 5) == (4, 7)


@given(texts, widths, st.sampled_from(Step), st.data())
def test_every_step_leads_to_a_boundary(
    text: str, width: int, step: Step, data: st.DataObject
) -> None:
    layout = Layout(text, width)
    offset = layout.boundary(data.draw(st.integers(0, len(text))))
    there = move(layout, offset, step, column=layout.cell_of(offset)[0], page=4)
    assert 0 <= there <= len(text)
    assert layout.boundary(there) == there
