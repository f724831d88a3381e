"""Letters that are read across a table."""

from __future__ import annotations

import pytest

from contract_tui.ui.widgets.big_code import ROWS, draw
from sync_server.access.code import make_code
from sync_server.access.crockford import ALPHABET


def test_a_code_is_drawn_as_large_as_the_room_allows() -> None:
    code = make_code(b"12345")
    small, large = draw(code, 72, ROWS), draw(code, 140, ROWS)
    assert [(len(lines), len(lines[0])) for lines in (small, large)] == [(4, 65), (7, 130)]
    assert [line[::2] for line in large] == [line[1::2] for line in large]


@pytest.mark.parametrize(("columns", "rows"), [(60, ROWS), (140, 3)])
def test_where_there_is_no_room_the_code_stands_as_it_is(columns: int, rows: int) -> None:
    assert draw("ABC-DEF-GHJ", columns, rows) == ["ABC-DEF-GHJ"]


def test_every_letter_of_a_code_looks_different() -> None:
    drawn = {"\n".join(draw(letter, 12, ROWS)) for letter in ALPHABET + "-"}
    assert len(drawn) == len(ALPHABET) + 1


def test_a_letter_is_drawn_from_the_top_and_from_the_left() -> None:
    assert draw("7", 5, 4) == ["▀▀▀▀█", "  ▄▀ ", " █   ", " ▀   "]
