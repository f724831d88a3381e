import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.crockford import (
    ALPHABET,
    NotCrockford,
    check_letter,
    decode,
    encode,
    letters_of,
)

WORDS = st.text(ALPHABET, max_size=29)
"""With the word's number and the check, 31 characters: the longest that the check keeps apart."""


@given(st.binary(max_size=40))
def test_bytes_come_back(data: bytes) -> None:
    assert decode(encode(data)) == data


def test_there_are_no_letters_that_look_like_digits() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ILOU")


def test_bits_that_are_left_over_must_be_zero() -> None:
    assert encode(b"\xff") == "ZW"
    with pytest.raises(ValueError, match="left over"):
        decode("ZZ")


def test_what_people_type_is_forgiven() -> None:
    assert letters_of(" abc-o1l i\tOIL‐—·\n") == "ABC0111011"


@pytest.mark.parametrize("text", ["u", "U", "ab!c", "é", "ß", "٣", "\x00"])
def test_a_character_that_does_not_occur_is_named(text: str) -> None:
    with pytest.raises(NotCrockford, match="does not occur") as caught:
        letters_of(text)
    assert caught.value.character in text


@given(WORDS, st.integers(0, 31), st.data())
def test_every_single_mistyped_letter_is_found(word: str, number: int, data: st.DataObject) -> None:
    whole = word + check_letter(word, number)
    index = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda c: c != whole[index]))
    wrong = whole[:index] + other + whole[index + 1 :]
    assert check_letter(wrong[:-1], number) != wrong[-1]


@given(WORDS.filter(lambda word: len(set(word)) > 1), st.integers(0, 31), st.data())
def test_every_exchange_of_two_letters_is_found(
    word: str, number: int, data: st.DataObject
) -> None:
    whole = list(word + check_letter(word, number))
    a, b = data.draw(
        st.tuples(*[st.integers(0, len(whole) - 1)] * 2).filter(
            lambda pair: whole[pair[0]] != whole[pair[1]]
        )
    )
    whole[a], whole[b] = whole[b], whole[a]
    assert check_letter("".join(whole[:-1]), number) != whole[-1]


@given(WORDS, st.integers(0, 31), st.integers(0, 31))
def test_the_check_tells_one_word_from_its_neighbour(word: str, one: int, other: int) -> None:
    assert (check_letter(word, one) == check_letter(word, other)) == (one == other)
