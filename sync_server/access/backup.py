"""A key on paper: letters to print, and to type in again when the computer is lost.

The 52 letters of the key stand in groups of four, and each line ends with a check character of
its own, so that a mistyped line is named.
"""

from __future__ import annotations

from itertools import pairwise

from sync_server.access.crockford import (
    NotCrockford,
    check_letter,
    decode,
    encode,
    letters_of,
)
from sync_server.access.errors import BadPaper
from sync_server.access.keys import SigningKey

GROUP = 4
LINE = 16
"""Letters of the key in a line; the last line has four."""
LINES = (16, 16, 16, 4)


def paper(key: SigningKey) -> str:
    """The key in four lines; whoever reads them has the key."""
    letters = encode(key.seed)
    return "\n".join(
        _line(letters[i : i + LINE], number)
        for number, i in enumerate(range(0, len(letters), LINE), 1)
    )


def read_paper(text: str) -> SigningKey:
    """The key that somebody typed in from paper; raises BadPaper, which names the line.

    Small letters, o for 0, i and l for 1 are forgiven, as is any spacing.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) != len(LINES):
        lines = _cut(text)
    checked = [_checked(line, number) for number, line in enumerate(lines, 1)]
    try:
        return SigningKey(decode("".join(checked)))
    except ValueError as error:
        raise BadPaper("line 4 is mistyped: compare it with the paper", len(LINES)) from error


def _line(letters: str, number: int) -> str:
    groups = [letters[i : i + GROUP] for i in range(0, len(letters), GROUP)]
    return f"{' '.join(groups)}  {check_letter(letters, number)}"


def _cut(text: str) -> list[str]:
    """The lines of a text that was typed in without them."""
    try:
        letters = letters_of(text)
    except NotCrockford as error:
        raise BadPaper(
            "a key on paper has four lines, and “{character}” in none", character=error.character
        ) from error
    if len(letters) != sum(LINES) + len(LINES):
        raise BadPaper("a key on paper has four lines: type in all of them")
    starts = [sum(LINES[:i]) + i for i in range(len(LINES) + 1)]
    return [letters[a:b] for a, b in pairwise(starts)]


def _checked(line: str, number: int) -> str:
    """The letters of the key in a line."""
    try:
        letters = letters_of(line)
    except NotCrockford as error:
        raise BadPaper(
            "line {number} is mistyped: there is no “{character}” in it",
            number,
            number=number,
            character=error.character,
        ) from error
    size = LINES[number - 1] + 1
    if len(letters) != size:
        raise BadPaper(
            "line {number} has {size} letters and digits, and not {count}",
            number,
            number=number,
            size=size,
            count=len(letters),
        )
    if check_letter(letters[:-1], number) != letters[-1]:
        raise BadPaper(
            "line {number} is mistyped: compare it with the paper", number, number=number
        )
    return letters[:-1]
