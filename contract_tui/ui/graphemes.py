"""What a person calls one character: grapheme clusters, their width and how they are painted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    import regex

TAB_CELLS = 4
LONGEST_PAINTED = 32
"""Code points of one cluster that reach the terminal; a family emoji has 11."""

JOINER = "\u200d"
"""With nothing to join, it would make a terminal paint the next character into the same cell."""

_NARROW = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff‐-—‘-‟…·●]*")
"""Texts of which every code point is a cluster of one cell: most of what people here write."""
_FORMAT_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MARK_CATEGORIES = frozenset({"Mn", "Me", "Mc"})


def clusters(line: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each cluster of `line[start:end]`; `start` is a boundary."""
    for match in _cluster().finditer(line, start, len(line) if end is None else end):
        yield match.span()


@cache
def _cluster() -> regex.Pattern[str]:
    """What finds clusters: loading it takes time, which a list of plain titles does without."""
    import regex

    return regex.compile(r"\X")


def is_narrow(text: str) -> bool:
    """Whether every code point is a cluster of one cell, as far as that is quickly told."""
    return is_plain(text) or _NARROW.fullmatch(text) is not None


def is_plain(text: str) -> bool:
    """Whether every code point is a cluster of one cell that is painted as it is."""
    return text.isascii() and text.isprintable()


@lru_cache(maxsize=4096)
def glyph(cluster: str) -> tuple[str, int]:
    """Return what is painted for a cluster, and its width: always at least one cell.

    What has no width or would command the terminal (control characters, bidirectional overrides,
    line separators) is painted as a visible mark: the caret can stand on it, and nothing is hidden.
    """
    if cluster == "\t":
        return " " * TAB_CELLS, TAB_CELLS
    first = cluster[0]
    category = unicodedata.category(first)
    if category in _FORMAT_CATEGORIES:
        return (chr(0x2400 + ord(first)) if first < " " else "·"), 1
    if category in _MARK_CATEGORIES:
        cluster = "◌" + cluster
    painted = cluster[:LONGEST_PAINTED].rstrip(JOINER)
    width = cell_len(painted)
    return (painted, width) if width else ("·", 1)


def width(text: str) -> int:
    """Return how many cells a text that starts at a boundary takes."""
    if is_narrow(text):
        return len(text)
    return sum(glyph(text[start:end])[1] for start, end in clusters(text))
