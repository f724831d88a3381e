"""Draws a text so that a camera can read it off a terminal."""

from __future__ import annotations

from itertools import zip_longest

QUIET = 2
"""Modules of light around the code: half of what the standard asks for, and enough on a screen."""


def draw(text: str) -> tuple[str, ...]:
    """The QR code of a text, two modules above each other in one character: dark is set.

    It has to stand dark on light, whatever the other colours are.
    """
    import segno

    code = segno.make(text, error="l", boost_error=False, micro=False)
    rows = [list(map(bool, row)) for row in code.matrix_iter(border=QUIET)]
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=[False] * len(rows[0]))
    return tuple(_halves(upper, lower) for upper, lower in pairs)


def _halves(upper: list[bool], lower: list[bool]) -> str:
    return "".join(" ▄▀█"[2 * above + below] for above, below in zip(upper, lower, strict=True))
