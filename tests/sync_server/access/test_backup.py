import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.backup import paper, read_paper
from sync_server.access.crockford import ALPHABET, check_letter, letters_of
from sync_server.access.errors import BadPaper
from sync_server.access.keys import SigningKey
from tests.sync_server.access.people import key

KEYS = st.builds(SigningKey, st.binary(min_size=32, max_size=32))
GROUP = "[0-9A-HJKMNP-TV-Z]{4}"
FOUR_LINES = f"({GROUP} {GROUP} {GROUP} {GROUP}  [0-9A-Z]\n){{3}}{GROUP}  [0-9A-Z]"


@given(KEYS)
def test_a_key_comes_back_from_paper(secret: SigningKey) -> None:
    assert read_paper(paper(secret)) == secret


def test_paper_has_four_lines_of_groups_and_a_check() -> None:
    assert re.fullmatch(FOUR_LINES, paper(key("contract")))
    assert len(letters_of(paper(key("contract")))) == 52 + 4


@given(KEYS, st.data())
def test_a_mistyped_letter_is_found_and_its_line_is_named(
    secret: SigningKey, data: st.DataObject
) -> None:
    text = paper(secret)
    places = [i for i, c in enumerate(text) if not c.isspace()]
    index = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from(ALPHABET + "U?").filter(lambda c: c != text[index]))
    line = text[:index].count("\n") + 1
    with pytest.raises(BadPaper, match=f"line {line} is mistyped") as caught:
        read_paper(text[:index] + other + text[index + 1 :])
    assert caught.value.line == line


@given(KEYS, st.data())
def test_a_letter_left_out_is_found_and_its_line_is_named(
    secret: SigningKey, data: st.DataObject
) -> None:
    text = paper(secret)
    index = data.draw(st.sampled_from([i for i, c in enumerate(text) if not c.isspace()]))
    line = text[:index].count("\n") + 1
    with pytest.raises(BadPaper, match=f"line {line} has") as caught:
        read_paper(text[:index] + text[index + 1 :])
    assert caught.value.line == line


@given(KEYS, st.permutations(range(3)).filter(lambda order: order != [0, 1, 2]))
def test_lines_in_another_order_are_found(secret: SigningKey, order: list[int]) -> None:
    lines = paper(secret).splitlines()
    mixed = [*(lines[i] for i in order), lines[3]]
    if mixed != lines:
        with pytest.raises(BadPaper, match="mistyped"):
            read_paper("\n".join(mixed))


@given(KEYS)
def test_small_letters_look_alikes_and_spacing_are_forgiven(
    secret: SigningKey,
) -> None:
    text = paper(secret).lower().replace("0", "o").replace("1", "l").replace("  ", "-")
    assert read_paper(f"\n {text}\r\n\n") == secret
    assert read_paper(text.replace("\n", "\n\n")) == secret
    assert read_paper(text.replace("\n", " ")) == secret
    assert read_paper(re.sub(r"\s", "", text)) == secret


def test_bits_that_no_key_has_are_found_in_the_last_line() -> None:
    lines = paper(key("contract")).splitlines()
    last = lines[3][:3] + ALPHABET[ALPHABET.index(lines[3][3]) | 1]
    with pytest.raises(BadPaper) as caught:
        read_paper("\n".join([*lines[:3], last + check_letter(last, 4)]))
    assert caught.value.line == 4


@pytest.mark.parametrize("text", ["", "hello", "A", "ABCD EFGH\nABCD", "learning-contract:x"])
def test_something_else_than_four_lines_is_told(text: str) -> None:
    with pytest.raises(BadPaper, match="four lines") as caught:
        read_paper(text)
    assert caught.value.line is None


@given(st.text())
def test_no_text_does_worse(text: str) -> None:
    with pytest.raises(BadPaper):
        read_paper(text)
