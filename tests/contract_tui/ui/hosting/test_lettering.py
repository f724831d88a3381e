"""An address and a code as large as there is room for."""

import pytest

from contract_tui.ui.hosting.alphabets import SMALL as ALPHABET
from contract_tui.ui.hosting.lettering import FULL, HALF, SMALL, Size, lettered

ADDRESS, CODE = "192.168.178.23:8080", "K7D-Q2M-XW4"


@pytest.mark.parametrize(
    ("columns", "rows", "heights"),
    [
        (130, 27, (4, 7)),
        (83, 27, (8, 15)),
        (83, 20, (3, 15)),
        (83, 16, (8, 4)),
        (83, 9, (3, 4)),
        (43, 14, (6, 8)),
        (43, 12, (6, 6)),
        (43, 8, (0, 8)),
    ],
)
def test_both_take_the_largest_letters_that_fit(
    columns: int, rows: int, heights: tuple[int, int]
) -> None:
    drawn = lettered(ADDRESS, CODE, columns, rows)
    assert tuple(map(len, drawn)) == heights
    assert all(len(row) <= columns for one in drawn for row in one)


@pytest.mark.parametrize(("columns", "rows"), [(10, 40), (200, 2), (0, 0)])
def test_where_no_letters_fit_both_stay_as_they_are(columns: int, rows: int) -> None:
    assert lettered(ADDRESS, CODE, columns, rows) == ([], [])


def test_an_address_is_broken_behind_what_divides_it_and_a_code_between_its_groups() -> None:
    address, code = lettered(ADDRESS, CODE, 43, 14)
    assert address == [*SMALL.draw("192.168.178."), *SMALL.draw("23:8080")]
    assert code == [*HALF.draw("K7D-Q2M"), *HALF.draw("XW4")]
    _, code = lettered(ADDRESS, CODE, 83, 27)
    assert code == [*FULL.draw("K7D-Q2M"), "", *FULL.draw("XW4")]
    address, _ = lettered("https://ana-laptop.example", CODE, 83, 27)
    assert address == [*HALF.draw("HTTPS://ANA-"), *HALF.draw("LAPTOP.EXAMPLE")]


def test_what_cannot_be_drawn_stays_as_it_is_beside_a_large_code() -> None:
    address, code = lettered("https://m\u00fcnchen.example", CODE, 130, 27)
    assert (address, code) == ([], HALF.draw(CODE))


def test_letters_are_drawn_dot_by_dot_with_half_a_row_above() -> None:
    assert SMALL.draw("1:7") == [" ▄    ▄▄▄", "▀█  ▀   █", "▄█▄ ▀  █ "]
    assert FULL.draw("1.")[0] == "    ██          "


@pytest.mark.parametrize("size", [HALF, SMALL])
def test_no_two_signs_look_alike_and_each_is_as_wide_in_all_its_rows(size: Size) -> None:
    signs = [size.letter(one) for one in ALPHABET]
    assert len(set(signs)) == len(signs)
    assert all(len({len(row) for row in one}) == 1 for one in signs)
    assert {len(one) for one in signs} == {len(size.letter("A"))}
