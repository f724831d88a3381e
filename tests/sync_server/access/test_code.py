import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.code import RANDOM_SIZE, make_code, normal_code
from sync_server.access.crockford import ALPHABET
from sync_server.access.errors import NotACode

CHANCE = st.binary(min_size=RANDOM_SIZE, max_size=RANDOM_SIZE)


@given(CHANCE)
def test_a_code_is_three_groups_of_three(random: bytes) -> None:
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{3}-){2}[0-9A-HJKMNP-TV-Z]{3}", make_code(random))


@given(CHANCE, CHANCE)
def test_all_forty_bits_of_chance_are_in_it(one: bytes, other: bytes) -> None:
    assert (make_code(one) == make_code(other)) == (one == other)


@pytest.mark.parametrize("random", [b"", bytes(4), bytes(6)])
def test_other_chance_makes_no_code(random: bytes) -> None:
    with pytest.raises(ValueError, match="5 random bytes"):
        make_code(random)


@given(CHANCE)
def test_what_people_type_is_forgiven(random: bytes) -> None:
    code = make_code(random)
    for text in (
        code,
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " "),
        f" {code}\n",
        code.replace("0", "o").replace("1", "i"),
        code.replace("0", "O").replace("1", "L"),
        code.replace("-", "–"),
        " ".join(code),
    ):
        assert normal_code(text) == code


@given(CHANCE, st.data())
def test_every_single_mistyped_letter_is_told_without_asking_anybody(
    random: bytes, data: st.DataObject
) -> None:
    code = make_code(random).replace("-", "")
    index = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda c: c != code[index]))
    with pytest.raises(NotACode, match="mistyped"):
        normal_code(code[:index] + other + code[index + 1 :])


@given(CHANCE, st.integers(0, 7))
def test_two_neighbours_exchanged_are_told(random: bytes, index: int) -> None:
    code = list(make_code(random).replace("-", ""))
    before = "".join(code)
    code[index], code[index + 1] = code[index + 1], code[index]
    if "".join(code) != before:
        with pytest.raises(NotACode, match="mistyped"):
            normal_code("".join(code))


def test_too_few_letters_and_foreign_ones_are_told_apart() -> None:
    with pytest.raises(NotACode, match="9 letters and digits, and not 3"):
        normal_code("ABC")
    with pytest.raises(NotACode, match="no “U”"):
        normal_code("UUU-UUU-UUU")


@given(st.text())
def test_arbitrary_text_is_a_code_or_told(text: str) -> None:
    try:
        code = normal_code(text)
    except NotACode:
        return
    assert normal_code(code) == code
