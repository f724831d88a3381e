from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.answer import (
    LONGEST_NOTE,
    MOST_HEADS,
    SignedAnswer,
    plain_note,
    read_answer,
    sign_answer,
)
from sync_server.access.errors import AccessError, Foreign, Forged, Malformed
from sync_server.access.keys import contract_id, device_prefix, to_base64url
from sync_server.access.tokens import Kind, peek, sign
from sync_server.protocol.ids import ChangeHash
from tests.sync_server.access.people import CONTRACT, key

DEVICE = key("device")
HEADS = tuple(ChangeHash(bytes([number]) * 32) for number in (1, 2))
SAID = SignedAnswer("words/1", b"d" * 32, HEADS, "note", "Only if Grandma comes — 猫", 7)


def test_an_answer_reads_as_it_was_signed() -> None:
    assert read_answer(sign_answer(DEVICE, CONTRACT, SAID), CONTRACT, DEVICE.public) == SAID


def test_the_longest_answer_can_be_read() -> None:
    many = tuple(ChangeHash(number.to_bytes(32)) for number in range(MOST_HEADS))
    said = replace(SAID, heads=many, note="\U0001f600" * LONGEST_NOTE)
    assert read_answer(sign_answer(DEVICE, CONTRACT, said), CONTRACT, DEVICE.public) == said


def test_an_answer_says_on_whose_computer_it_was_given_where_it_was_not_ones_own() -> None:
    elsewhere = replace(SAID, on=device_prefix(key("host").public).hex())
    token = sign_answer(DEVICE, CONTRACT, elsewhere)
    assert read_answer(token, CONTRACT, DEVICE.public) == elsewhere
    assert "on" not in peek(sign_answer(DEVICE, CONTRACT, SAID), Kind.ANSWER)


def test_fields_of_later_programs_are_passed_over() -> None:
    token = _with(sign_answer(DEVICE, CONTRACT, SAID), weather="sunny")
    assert read_answer(token, CONTRACT, DEVICE.public) == SAID


def test_an_answer_of_another_device_or_contract_is_none_of_this_one() -> None:
    token = sign_answer(DEVICE, CONTRACT, SAID)
    with pytest.raises(Forged):
        read_answer(token, CONTRACT, key("another").public)
    with pytest.raises(Foreign):
        read_answer(token, contract_id(key("elsewhere").public), DEVICE.public)


def test_an_answer_that_names_another_device_is_not_taken() -> None:
    token = sign_answer(DEVICE, CONTRACT, SAID)
    other = device_prefix(key("another").public).hex()
    with pytest.raises(Foreign):
        read_answer(_with(token, sub=other), CONTRACT, DEVICE.public)


@pytest.mark.parametrize(
    "fields",
    [
        {"digest": "AAAA"},
        {"digest": "not base64url!"},
        {"digest": None},
        {"heads": []},
        {"heads": "ab" * 32},
        {"heads": ["ab" * 31]},
        {"heads": ["AB" * 32]},
        {"heads": [7]},
        {"heads": ["ab" * 32] * (MOST_HEADS + 1)},
        {"answer": ""},
        {"answer": "agree\n"},
        {"content": "x" * 41},
        {"note": None},
        {"note": "n" * (LONGEST_NOTE + 1)},
        {"note": "two\nlines"},
        {"note": "\x1b[2J"},
        {"note": "\u202eback to front"},
        {"note": "\ud800"},
        {"iat": -1},
        {"iat": "today"},
        {"on": 7},
        {"on": "Ana’s"},
        {"on": "ab" * 9},
    ],
)
def test_an_answer_with_a_wrong_field_is_malformed(fields: dict[str, object]) -> None:
    token = _with(sign_answer(DEVICE, CONTRACT, SAID), **fields)
    with pytest.raises(Malformed):
        read_answer(token, CONTRACT, DEVICE.public)


@given(st.text())
def test_every_text_becomes_a_note_that_is_taken(text: str) -> None:
    said = replace(SAID, note=plain_note(text)[:LONGEST_NOTE])
    assert read_answer(sign_answer(DEVICE, CONTRACT, said), CONTRACT, DEVICE.public) == said


@given(st.integers(min_value=0), st.integers(1, 255))
def test_no_letter_of_an_answer_can_be_changed(at: int, change: int) -> None:
    token = sign_answer(DEVICE, CONTRACT, SAID)
    at %= len(token)
    other = token[:at] + chr((ord(token[at]) + change) % 256) + token[at + 1 :]
    with pytest.raises(AccessError):
        read_answer(other, CONTRACT, DEVICE.public)


def _with(token: str, **fields: object) -> str:
    return sign(Kind.ANSWER, {**peek(token, Kind.ANSWER), **fields}, DEVICE)


def test_a_digest_is_written_as_everything_else_of_a_token() -> None:
    said = peek(sign_answer(DEVICE, CONTRACT, SAID), Kind.ANSWER)
    assert said["digest"] == to_base64url(SAID.digest)
    assert said["heads"] == [head.hex() for head in HEADS]
