"""The sheets of the menu of places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.schema import PartId
from contract_tui.ui.widgets.sheets import GAP, Room, Way, sheets

WIDE = Room(18, 72)


def ways(count: int) -> list[Way]:
    numbered = [Way(PartId(f"part-{n}"), f"Part {n}") for n in range(count)]
    return [*numbered, Way(PartId("promises"), "Promises", "p")]


def test_each_place_has_a_key_of_its_own_and_some_always_the_same() -> None:
    (keyed,) = sheets(ways(12), WIDE)
    assert list(keyed)[:10] == [*"123456789", "a"]
    assert keyed["p"].label == "Promises"
    assert [key for key, way in keyed.items() if way.label == "Part 9"] == ["a"]


def test_what_has_a_key_of_its_own_is_on_the_first_sheet_in_its_place() -> None:
    first, second = sheets([*ways(40), Way(PartId("last"), "Last")], WIDE)
    assert list(first)[-1] == "p"
    assert first["p"].label == "Promises"
    assert "p" not in second
    assert list(second.values())[-1].label == "Last"


def test_what_stands_above_some_lines_stands_above_them_on_every_sheet() -> None:
    several = [*ways(30), *(Way(PartId(f"gone-{n}"), f"Gone {n}") for n in range(20))]
    several[31] = Way(PartId("gone-0"), "Gone 0", above="Let go")
    first, second = sheets(several, WIDE)
    assert [way.label for way in first.values() if way.above] == ["Gone 0"]
    assert next(iter(second.values())).above == "Let go"


def test_a_menu_without_places_is_one_empty_sheet() -> None:
    assert sheets([], WIDE) == [{}]


def test_long_names_take_more_sheets_rather_than_more_than_the_window() -> None:
    long = [Way(PartId(f"part-{n}"), "A very long name " * 3) for n in range(30)]
    assert [len(one) for one in sheets(long, WIDE)] == [18, 12]


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from(["", "", "", "a", "p"]))),
    st.integers(1, 40),
    st.integers(20, 120),
)
def test_every_place_is_on_one_sheet_that_fits_and_has_a_key_there(
    found: list[tuple[int, str]], rows: int, cells: int
) -> None:
    seen: set[str] = set()
    several = []
    for n, (length, letter) in enumerate(found):
        letter = "" if letter in seen else letter
        seen.add(letter)
        several.append(Way(PartId(str(n)), "x" * length, letter))
    room = Room(rows, cells)
    made = sheets(several, room)
    assert sorted(way.part for one in made for way in one.values()) == sorted(
        way.part for way in several
    )
    for one in made[1:]:
        columns = -(-len(one) // rows)
        widest = max(5 + len(way.label) for way in one.values())
        assert columns == 1 or columns * (widest + GAP) - GAP <= cells
        assert all(key and not way.letter for key, way in one.items())
