import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.guests.frames import (
    HIGHEST,
    LOWEST,
    NARROWEST,
    WIDEST,
    BadFrame,
    Looking,
    Ping,
    Size,
    Typed,
    read_frame,
    size,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def test_what_the_page_says_is_understood() -> None:
    assert read_frame('["stdin", "é猫"]') == Typed("é猫".encode())
    assert read_frame('["resize", {"width": 100, "height": 30}]') == Size(100, 30)
    assert read_frame('["ping", "17"]') == Ping("17")
    assert read_frame('["focus"]') == Looking(here=True)
    assert read_frame('["blur"]') == Looking(here=False)


def test_half_a_letter_is_left_out() -> None:
    assert read_frame('["stdin", "a\\ud800b"]') == Typed(b"ab")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '["stdin"]', '["stdin", 7]', '["quit"]', '["resize", {}]', "[" * 100_000],
)
def test_what_no_page_says_is_refused(text: str) -> None:
    with pytest.raises(BadFrame):
        read_frame(text)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        ("120", "40", Size(120, 40)),
        (10**9, -5, Size(WIDEST, LOWEST)),
        ("-1", "9" * 5000, Size(NARROWEST, HIGHEST)),
        (None, "tall", Size(80, 24)),
        ([], {}, Size(80, 24)),
        (float("nan"), float("inf"), Size(80, 24)),
    ],
)
def test_a_size_is_one_that_can_be_painted(width: object, height: object, expected: Size) -> None:
    assert size(width, height) == expected


@given(ANYTHING)
def test_whatever_a_browser_says_is_understood_or_refused(said: object) -> None:
    try:
        frame = read_frame(json.dumps(said))
    except BadFrame:
        return
    if isinstance(frame, Size):
        assert NARROWEST <= frame.width <= WIDEST
        assert LOWEST <= frame.height <= HIGHEST
