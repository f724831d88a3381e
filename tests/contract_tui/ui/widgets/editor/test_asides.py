"""Rows beside the text, which are none of it."""

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.widgets.editor.asides import Aside, Decor, Page, Sign
from contract_tui.ui.widgets.editor.layout import Layout
from contract_tui.ui.widgets.editor.motion import Step
from tests.contract_tui.ui.memory_part import MemoryPart
from tests.contract_tui.ui.stage import TEACHER, drawn, paint, put, screen_rows, staged

STRUCK = Style(strike=True)
texts = st.text(alphabet="ab \n", max_size=60)


def aside(offset: int, text: str) -> Aside:
    return Aside(offset, text, TEACHER, Style(underline=True))


asides = st.lists(st.builds(aside, st.integers(0, 60), st.text("xy ", max_size=20)), max_size=4)
splices = st.builds(Splice, st.integers(0, 30), st.integers(30, 60), texts)


def shown(page: Page) -> list[str]:
    """What each row holds, asides in brackets."""
    rows = []
    for y in range(page.height):
        beside = page.aside_at(y)
        rows.append(f"[{beside[1].text}]" if beside else page.row(y).text)
    return rows


def test_what_stands_beside_a_passage_is_below_its_row() -> None:
    page = Page("one\ntwo\nthree", 20)
    page.put_beside([aside(5, "a"), aside(0, "b"), aside(13, "c")])
    assert shown(page) == ["one", "[b]", "two", "[a]", "three", "[c]"]


@given(texts, asides, st.integers(4, 12))
def test_every_place_of_the_text_is_found_with_and_without_asides(
    text: str, some: list[Aside], width: int
) -> None:
    plain, page = Layout(text, width), Page(text, width)
    page.put_beside(some)
    assert page.height == plain.height + page.height_beside
    rows = [page.row(y).text for y in range(page.height) if page.aside_at(y) is None]
    assert rows == [plain.row(y).text for y in range(plain.height)]
    for offset in range(len(text) + 1):
        x, y = page.cell_of(offset)
        assert page.aside_at(y) is None
        assert page.offset_at(x, y) == plain.offset_at(*plain.cell_of(offset))


@given(texts, asides, splices)
def test_asides_follow_a_change_of_the_text(text: str, some: list[Aside], splice: Splice) -> None:
    start, end = min(splice.start, len(text)), min(splice.end, len(text))
    change = Splice(start, end, splice.text)
    page = Page(text, 8)
    page.put_beside(some)
    page.replace(change)
    again = Page(change.apply(text), 8)
    again.put_beside([one.through(change) for one in some])
    assert shown(page) == shown(again)


@given(texts, splices)
def test_a_sign_stays_on_its_own_words(text: str, splice: Splice) -> None:
    change = Splice(min(splice.start, len(text)), min(splice.end, len(text)), splice.text)
    sign = Sign(0, len(text), STRUCK).through(change)
    assert 0 <= sign.start <= sign.end <= len(change.apply(text))


async def test_the_caret_goes_over_asides_and_the_text_has_none_of_them() -> None:
    part = MemoryPart("one\ntwo")
    async with staged(part, size=(20, 6)) as (editor, pilot, _):
        editor.put_beside(Decor((Sign(0, 3, STRUCK),), (aside(3, "instead: ten"),)))
        await pilot.pause()
        assert [row.rstrip() for row in screen_rows(editor)[:3]] == [
            "T  one",
            "T↳ instead: ten",
            "T  two",
        ]
        assert any(piece.style and piece.style.strike for piece in paint(editor, 0))
        put(editor, "o|ne\ntwo")
        editor.step(Step.DOWN)
        assert drawn(editor) == "one\nt|wo"
        editor.step(Step.UP)
        assert drawn(editor) == "o|ne\ntwo"
        editor.write("x")
        assert editor.text == part.text == "oxne\ntwo"
        assert editor.virtual_size.height == 3


async def test_beside_an_empty_text_the_question_stays() -> None:
    async with staged(MemoryPart(), size=(20, 6), prompt="Why?") as (editor, pilot, _):
        editor.put_beside(Decor((), (aside(0, "because"),)))
        await pilot.pause()
        assert [row.strip() for row in screen_rows(editor)[:2]] == ["Why?", "T↳ because"]
