"""What a row looks like, compared with a painter that looks at one cell after the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from contract_tui.ui.graphemes import clusters, glyph
from contract_tui.ui.widgets.editor.layout import Layout, Row
from contract_tui.ui.widgets.editor.painting import MARGIN, Mark, Span, paint_row
from tests.contract_tui.ui.strategies import texts, widths

BASE = Style(color="#e3e6ea", bgcolor="#1b1f26")
STYLES = [Style(color="#ff0000"), Style(bgcolor="#00ff00"), Style(bold=True), Style(underline=True)]
Cells = list[tuple[str, Style]]


def expected(row: Row, spans: list[Span], mark: Mark | None, width: int) -> Cells:
    """Every cell of a row with its style; the second cell of a wide character is empty."""
    margin = (mark.text if mark else "").ljust(MARGIN)
    cells = [
        (c, BASE + mark.style if mark and i < len(mark.text) else BASE)
        for i, c in enumerate(margin)
    ]
    places = [(row.start + a, row.start + b, *glyph(row.text[a:b])) for a, b in clusters(row.text)]
    if row.ends_line:
        places.append((row.end, row.end + 1, " ", 1))
    for start, end, painted, count in places:
        style = BASE
        for span in spans:
            if span.start < end and start < span.end:
                style += span.style
        if painted == " " * count:
            cells += [(" ", style)] * count
        else:
            cells += [(painted, style), *[("", style)] * (count - 1)]
    return cells + [(" ", BASE)] * (width - len(cells))


def cells_of(strip: Strip) -> Cells:
    """The same from what was painted."""
    cells: Cells = []
    for segment in strip:
        style = segment.style or Style()
        for start, end in clusters(segment.text):
            painted = segment.text[start:end]
            cells += [(painted, style), *[("", style)] * (cell_len(painted) - 1)]
    return cells


@given(texts, widths, st.data())
def test_every_cell_has_the_character_and_the_style_that_belong_there(
    text: str, cells: int, data: st.DataObject
) -> None:
    layout = Layout(text, cells)
    row = layout.row(data.draw(st.integers(0, layout.height - 1)))
    offsets = st.integers(max(0, row.start - 2), min(len(text), row.end + 2))
    spans = [
        Span(start, start + data.draw(st.integers(0, 6)), data.draw(st.sampled_from(STYLES)))
        for start in data.draw(st.lists(offsets, max_size=4))
    ]
    mark = data.draw(st.sampled_from([None, Mark("M", STYLES[0]), Mark("Ma", STYLES[1])]))
    width = MARGIN + cells + 3
    painted = paint_row(row, spans, mark, BASE, width)
    assert painted.cell_length == width
    wanted = expected(row, spans, mark, width)
    assert len(wanted) > width or cells_of(painted) == wanted


def test_a_caret_behind_the_last_character_is_painted() -> None:
    row = Layout("ab", 10).row(0)
    painted = paint_row(row, [Span(2, 3, STYLES[1])], None, BASE, 8)
    assert cells_of(painted)[MARGIN + 2] == (" ", BASE + STYLES[1])


def test_control_characters_never_reach_the_terminal() -> None:
    row = Layout("a\x1b[31m\x07\u202eb\u2028", 40).row(0)
    painted = paint_row(row, [], None, BASE, 20).text
    assert painted.strip() == "a␛[31m␇·b·"
