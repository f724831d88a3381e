import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.text.places import (
    LONGEST,
    MOST_CHARACTERS,
    BadPlace,
    Place,
    read_character,
    read_place,
    write_character,
    write_place,
)
from sync_server.protocol.operations import ElementId

TEXT = ElementId(6, bytes.fromhex("61" * 16))
A, B = b"\xaa" * 16, b"\xbb" * 16
elements = st.builds(ElementId, st.integers(1, 60), st.sampled_from([A, B, b"\x01", b"\x02" * 64]))


@given(st.frozensets(elements))
def test_a_place_can_be_read_again(some: frozenset[ElementId]) -> None:
    assert read_place(write_place(TEXT, some)) == Place(TEXT, some)


def test_a_place_is_short_and_the_same_for_the_same_characters() -> None:
    some = [ElementId(counter, actor) for actor in (B, A) for counter in (3, 1, 2, 9)]
    assert write_place(TEXT, some) == f"6@{'61' * 16} 1-3,9@{'aa' * 16} 1-3,9@{'bb' * 16}"
    assert write_place(TEXT, some[::-1]) == write_place(TEXT, some)


def test_a_single_character_is_written_as_a_cursor_of_other_programs() -> None:
    assert write_place(TEXT, [ElementId(7, A)]).split(" ")[1] == f"7@{'aa' * 16}"


ACTOR = "ab" * 16


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", f" 6@{ACTOR}", f"6@{ACTOR} ", f"6@{ACTOR}  7@{ACTOR}", f"7@{ACTOR} x"),
        *(f"0@{ACTOR} 7@{ACTOR}", f"6@{ACTOR} 0@{ACTOR}", f"6@{ACTOR} -7@{ACTOR}"),
        *(f"6@{ACTOR} 7-@{ACTOR}", f"6@{ACTOR} 7,@{ACTOR}", f"6@{ACTOR} 9-7@{ACTOR}"),
        *(f"6@{ACTOR} 7@", f"6@{ACTOR} 7@abc", f"6@{ACTOR} 7@{'ab' * 65}", f"6@{ACTOR} 7@AB"),
        *(f"6@{ACTOR} 07@{ACTOR}", f"6@{ACTOR} ٧@{ACTOR}", f"6@{ACTOR} 7@{ACTOR}\n"),
        *(f"1-2@{ACTOR} 7@{ACTOR}", f"6@{ACTOR} {'9' * 16}@{ACTOR}"),
        f"6@{ACTOR} 1-{MOST_CHARACTERS + 1}@{ACTOR}",
        f"6@{ACTOR} 1-999999999999999@{ACTOR}",
        f"6@{ACTOR} 1-{MOST_CHARACTERS}@{ACTOR} 1-2@ab",
        f"6@{ACTOR} {'7,' * LONGEST}7@{ACTOR}",
    ],
)
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(BadPlace):
        read_place(text)


def test_the_largest_place_can_be_read() -> None:
    place = read_place(f"6@{ACTOR} 1-{MOST_CHARACTERS}@{ACTOR}")
    assert len(place.elements) == MOST_CHARACTERS


@given(st.text(alphabet="0123456789abcf@-, x", max_size=60))
def test_arbitrary_text_is_read_or_refused(text: str) -> None:
    try:
        place = read_place(f"6@{ACTOR} {text}")
    except BadPlace:
        return
    assert 0 < len(place.elements) <= MOST_CHARACTERS


def test_a_text_without_characters_is_all_of_it() -> None:
    assert read_place(f"6@{ACTOR}") == Place(ElementId(6, bytes.fromhex(ACTOR)), frozenset())


@given(st.none() | elements)
def test_one_character_can_be_read_again(element: ElementId | None) -> None:
    assert read_character(write_character(element)) == element


@pytest.mark.parametrize("text", [" ", "x", f"0@{ACTOR}", f"1-2@{ACTOR}", f"7@{ACTOR} "])
def test_what_is_no_character_is_refused(text: str) -> None:
    with pytest.raises(BadPlace):
        read_character(text)
