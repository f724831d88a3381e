from hypothesis import given
from hypothesis import strategies as st

from contract_tui.exports.paper.printable import INSTEAD, Printing


@given(st.text(max_size=100))
def test_whatever_is_typed_can_be_printed_afterwards(text: str) -> None:
    printing = Printing()
    printable = printing.text(text)
    assert len(printable) == len(text.expandtabs(4))
    assert all(one in text or one in (INSTEAD, " ") for one in printable)
    again = Printing()
    assert again.text(printable) == printable
    assert again.missing == {}


def test_each_letter_that_is_missing_is_named_once_in_its_order() -> None:
    printing = Printing()
    assert printing.text("aह b한 ह") == f"a{INSTEAD} b{INSTEAD} {INSTEAD}"
    assert list(printing.missing) == ["ह", "한"]


def test_marks_that_only_shape_others_are_never_missing() -> None:
    printing = Printing()
    for shaped in ("👩\u200d🏫", "❤\ufe0f", "e\u0301", "\u200fשלום"[:1], "\u2067x\u2069"):
        assert printing.text(shaped) == shaped
    assert not printing.missing
