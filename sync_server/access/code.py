"""Short codes: an invitation in nine letters, for people in one room.

The relay keeps the invitation under its code for a while. 40 bits are chance; the ninth letter
tells a typing mistake without asking anybody, and without a wrong try being counted.
"""

from __future__ import annotations

from sync_server.access.crockford import NotCrockford, check_letter, encode, letters_of
from sync_server.access.errors import NotACode

RANDOM_SIZE = 5
"""Bytes of chance in a code."""
CODE_SIZE = 9
"""Letters, of which the last is the check."""
GROUP = 3


def make_code(random: bytes) -> str:
    """A code such as `ABC-DEF-GHJ` from 5 fresh random bytes."""
    if len(random) != RANDOM_SIZE:
        raise ValueError("a code needs 5 random bytes")
    letters = encode(random)
    return _written(letters + check_letter(letters))


def normal_code(text: str) -> str:
    """The code as `make_code` writes it, from what somebody typed; raises NotACode.

    Small letters, o for 0, i and l for 1 are forgiven, as are spaces and hyphens.
    """
    try:
        letters = letters_of(text)
    except NotCrockford as error:
        raise NotACode(
            "a code has no “{character}” in it: read it again", character=error.character
        ) from error
    if len(letters) != CODE_SIZE:
        raise NotACode(
            "a code has {size} letters and digits, and not {count}",
            size=CODE_SIZE,
            count=len(letters),
        )
    if check_letter(letters[:-1]) != letters[-1]:
        raise NotACode("this code is mistyped: read it again")
    return _written(letters)


def _written(letters: str) -> str:
    return "-".join(letters[i : i + GROUP] for i in range(0, CODE_SIZE, GROUP))
