"""Crockford's base32: letters and digits that people read aloud, write down and type in again.

There is no I, L, O or U; a reader takes i and l for 1 and o for 0. A check character finds every
single mistyped character and every pair of exchanged ones, in words of up to 30 characters.
"""

from __future__ import annotations

from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUES = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
BITS = 5
FIELD = 0b100101
"""x^5 + x^2 + 1, which makes the 32 values a field in which x generates all but zero."""


class NotCrockford(ValueError):
    """A character that is neither a letter nor a digit of base32."""

    def __init__(self, character: str) -> None:
        super().__init__(f"“{character}” does not occur in it")
        self.character = character


def encode(data: bytes) -> str:
    """Bytes as letters, the last of which is filled up with zero bits."""
    count = -(-len(data) * 8 // BITS)
    number = int.from_bytes(data) << (count * BITS - len(data) * 8)
    return "".join(ALPHABET[number >> BITS * i & 31] for i in reversed(range(count)))


def decode(letters: str) -> bytes:
    """The bytes that `encode` wrote; ValueError where bits are left over that are not zero."""
    number = 0
    for letter in letters:
        number = number << BITS | VALUES[letter]
    size = len(letters) * BITS // 8
    spare = len(letters) * BITS - size * 8
    if number & (1 << spare) - 1:
        raise ValueError("bits are left over")
    return (number >> spare).to_bytes(size)


def letters_of(text: str) -> str:
    """What somebody typed, in the letters of `encode`; raises NotCrockford.

    White space and hyphens of all kinds are left out, and small letters are as good as large.
    """
    return "".join(_letter(c) for c in text if not (c.isspace() or c in "-‐‑‒–—−·."))


def check_letter(letters: str, number: int = 0) -> str:
    """The check character of a word, which also tells the word's number among several (0 to 31)."""
    return ALPHABET[_weighted([number, *(VALUES[letter] for letter in letters)])]


def _letter(character: str) -> str:
    value = VALUES.get(character.upper())
    if value is None:
        raise NotCrockford(character)
    return ALPHABET[value]


def _weighted(values: Sequence[int]) -> int:
    """The values as a polynomial at x, times x: so that the check itself has another weight."""
    total = 0
    for value in values:
        total = _times_x(total) ^ value
    return _times_x(total)


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ FIELD if value & 32 else value
