"""A code as large as there is room for."""

import pytest

from contract_tui.ui.hosting.lettering import spread
from contract_tui.ui.widgets.big_code import draw

CODE = "K7D-Q2M-XW4"


@pytest.mark.parametrize(
    ("columns", "rows", "lines"),
    [(130, 7, 7), (82, 15, 15), (65, 4, 4), (41, 9, 9), (40, 14, 14), (34, 23, 23)],
)
def test_a_code_takes_the_largest_letters_that_fit(columns: int, rows: int, lines: int) -> None:
    drawn = spread(CODE, columns, rows)
    assert len(drawn) == lines
    assert all(len(row) <= columns for row in drawn)


@pytest.mark.parametrize(("columns", "rows"), [(16, 40), (200, 3), (0, 0), (40, 13)])
def test_where_no_large_letters_fit_the_code_stands_as_it_is(columns: int, rows: int) -> None:
    assert spread(CODE, columns, rows) == [CODE]


def test_every_group_is_there_and_a_hyphen_only_within_a_line() -> None:
    upper, lower = draw("K7D-Q2M", 41, 4), draw("XW4", 17, 4)
    assert spread(CODE, 41, 9) == [*upper, "", *lower]
