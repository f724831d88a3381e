import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.text.splice import Splice, clean, map_through


def drawn(before: str, splice: Splice, *, sticky: bool = False) -> str:
    """Apply a splice to a text in which `|` is the caret, and draw it again."""
    offset = before.index("|")
    plain = before.replace("|", "")
    after, moved = splice.apply(plain), splice.map(offset, sticky=sticky)
    return after[:moved] + "|" + after[moved:]


@pytest.mark.parametrize(
    ("before", "splice", "after"),
    [
        ("a|bc", Splice(0, 0, "x"), "xa|bc"),
        ("a|bc", Splice(1, 1, "x"), "a|xbc"),
        ("a|bc", Splice(2, 2, "x"), "a|bxc"),
        ("ab|c", Splice(0, 1, ""), "b|c"),
        ("ab|c", Splice(0, 2, ""), "|c"),
        ("ab|c", Splice(1, 3, ""), "a|"),
        ("a|bc", Splice(1, 2, "x"), "a|xc"),
        ("ab|c", Splice(1, 2, "xy"), "axy|c"),
        ("ab|cd", Splice(1, 3, "xy"), "a|xyd"),
        ("|", Splice(0, 0, "x"), "|x"),
    ],
)
def test_a_caret_stays_behind_its_character(before: str, splice: Splice, after: str) -> None:
    assert drawn(before, splice) == after


@pytest.mark.parametrize(
    ("before", "splice", "after"),
    [
        ("a|bc", Splice(1, 1, "x"), "ax|bc"),
        ("a|bc", Splice(1, 2, "xy"), "axy|c"),
        ("ab|cd", Splice(1, 3, "xy"), "axy|d"),
        ("a|bc", Splice(2, 2, "x"), "a|bxc"),
        ("ab|c", Splice(0, 1, "xy"), "xyb|c"),
    ],
)
def test_a_sticky_caret_goes_along_with_what_is_typed_at_it(
    before: str, splice: Splice, after: str
) -> None:
    assert drawn(before, splice, sticky=True) == after


@given(st.text(max_size=20), st.data(), st.text(max_size=5), st.booleans())
def test_carets_keep_their_order_and_stay_in_the_text(
    before: str, data: st.DataObject, inserted: str, sticky: bool
) -> None:
    start = data.draw(st.integers(0, len(before)))
    splice = Splice(start, data.draw(st.integers(start, len(before))), inserted)
    moved = [splice.map(offset, sticky=sticky) for offset in range(len(before) + 1)]
    assert moved == sorted(moved)
    assert moved[0] >= 0
    assert moved[-1] <= len(splice.apply(before)) == len(before) + splice.length_change


def test_several_splices_carry_a_caret_one_after_the_other() -> None:
    assert map_through([Splice(0, 0, "ab"), Splice(1, 2, "")], 1) == 2


def test_a_splice_knows_whether_it_fits_and_does_anything() -> None:
    assert Splice(0, 3, "").fits(3)
    assert not Splice(0, 4, "").fits(3)
    assert not Splice(-1, 0, "x").fits(3)
    assert not Splice(2, 1, "x").fits(3)
    assert Splice(2, 2, "").is_empty
    assert not Splice(2, 2, "x").is_empty


def test_cleaning_leaves_only_what_a_contract_can_hold() -> None:
    assert clean("a\r\nb\rc\nd") == "a\nb\nc\nd"
    assert clean("a\ud800b") == "a\ufffdb"
    family = "👩‍👩‍👧 é \u00a0 世 שלום"
    assert clean(family) == family
