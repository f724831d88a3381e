from hypothesis import given
from hypothesis import strategies as st

from contract_tui.exports.paper.printable import INSTEAD, Printing, breakable


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


@given(st.text(max_size=100))
def test_a_long_word_may_go_on_in_the_next_line_and_loses_nothing(text: str) -> None:
    assert breakable(text, 10).replace("\u200b", "") == text.replace("\u200b", "")
    assert breakable(text, 100) == text


def test_only_words_that_are_too_long_are_opened_and_never_inside_of_a_letter() -> None:
    assert breakable("short abcdef", 5) == "short a\u200bb\u200bc\u200bd\u200be\u200bf"
    assert breakable("e\u0301e\u0301e", 2) == "e\u0301e\u0301e"
    for joined in ("👩\u200d🏫👍🏽🇨🇭", "العربيةالعربية"):
        assert breakable(joined, 2) == joined
