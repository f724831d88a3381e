"""What becomes of a text before it enters a contract."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.text.splice import clean as storable
from contract_tui.ui.graphemes import clusters
from contract_tui.ui.widgets.editor.intake import clean, fit
from tests.contract_tui.ui.strategies import texts


@given(st.text() | texts)
def test_what_is_clean_can_be_stored_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert storable(cleaned) == cleaned
    assert clean(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned


@given(st.text() | texts)
def test_a_single_line_has_no_line_end_and_no_tab(text: str) -> None:
    assert not set(clean(text, single_line=True)) & {"\n", "\t"}


@given(texts, st.integers(-3, 40))
def test_what_fits_is_a_beginning_that_tears_no_cluster(text: str, room: int) -> None:
    fitting = fit(text, room)
    assert text.startswith(fitting)
    assert len(fitting) <= max(0, room)
    assert len(fitting) in {0, len(text)} | {end for _, end in clusters(text)}


def test_as_much_as_possible_fits() -> None:
    assert fit("abc👩‍👩‍👧d", 7) == "abc"
    assert fit("abc👩‍👩‍👧d", 8) == "abc👩‍👩‍👧"
