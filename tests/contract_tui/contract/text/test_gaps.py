from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.text.gaps import Gap, difference, locate
from sync_server.protocol.operations import ElementId

Ids = list[ElementId]


def ids(counters: Sequence[int]) -> Ids:
    return [ElementId(counter, b"a") for counter in counters]


def letters(elements: Sequence[ElementId]) -> str:
    return "".join(chr(0x100 + element.counter) for element in elements)


def followed(old: Ids, gaps: Sequence[Gap]) -> Ids:
    """Apply gaps to a list of ids, and check the splices on its text."""
    text, after, shift = letters(old), list(old), 0
    for gap in gaps:
        splice = gap.splice(shift)
        text = splice.apply(text)
        after[splice.start : splice.end] = gap.ids
        shift += splice.length_change
    assert text == letters(after)
    return after


@st.composite
def edited(draw: st.DrawFn) -> tuple[Ids, Ids]:
    """A list of ids before and after characters went and came."""
    old = ids(range(draw(st.integers(0, 30))))
    stayed = [element for element in old if draw(st.booleans())]
    for counter in range(100, 100 + draw(st.integers(0, 12))):
        stayed.insert(draw(st.integers(0, len(stayed))), ElementId(counter, b"a"))
    return old, stayed


def located(old: Ids, new: Ids, probes: int = 10_000) -> list[Gap] | None:
    before, after = set(old), set(new)
    removed = [offset for offset, element in enumerate(old) if element not in after]
    pending = {element: letters([element]) for element in new if element not in before}

    def element_at(index: int) -> ElementId | None:
        return new[index] if index < len(new) else None

    return locate(old, removed, pending, element_at, probes)


@given(edited())
def test_few_looks_find_every_gap(case: tuple[Ids, Ids]) -> None:
    old, new = case
    gaps = located(old, new)
    assert gaps is not None
    assert followed(old, gaps) == new
    assert gaps == difference(old, new, letters(new))


@given(edited())
def test_gaps_are_ascending_and_never_touch(case: tuple[Ids, Ids]) -> None:
    old, new = case
    gaps = difference(old, new, letters(new))
    assert all(gap.start <= gap.end for gap in gaps)
    assert all(gap.end < following.start for gap, following in pairwise(gaps))


@pytest.mark.parametrize("at", [0, 5_000, 10_000])
def test_one_new_character_among_ten_thousand_takes_few_looks(at: int) -> None:
    old = ids(range(10_000))
    new = [*old[:at], ElementId(20_000, b"a"), *old[at:]]
    assert located(old, new, probes=18) == [Gap(at, at, letters(new[at : at + 1]), (new[at],))]


def test_running_out_of_looks_gives_up() -> None:
    old = ids(range(10_000))
    assert located(old, [*old, ElementId(20_000, b"a")], probes=5) is None


def test_a_text_that_holds_something_else_than_expected_is_given_up() -> None:
    old, stranger = ids(range(5)), ElementId(99, b"s")
    expected = {ElementId(50, b"a"): "x"}

    def found(elements: Ids) -> list[Gap] | None:
        return locate(old, [], expected, lambda at: [*elements, None, None][at], 100)

    assert found([*old, stranger]) is None
    assert found([*old, *expected, stranger]) is None
    assert found([*old[:2], *expected, *old[2:4], stranger]) is None
    assert found([*old[:2], *expected, *old[2:]]) == [Gap(2, 2, "x", tuple(expected))]


def test_lists_that_disagree_in_their_order_are_replaced_whole() -> None:
    old, new = ids([1, 2, 3]), ids([2, 1, 3])
    assert followed(old, difference(old, new, letters(new))) == new
    assert followed(old, difference(old, ids([]), "")) == []
    doubled = ids([1, 1, 2, 3])
    assert followed(old, difference(old, doubled, letters(doubled))) == doubled
