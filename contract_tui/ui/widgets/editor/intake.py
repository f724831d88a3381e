"""What becomes of a text before it enters a contract."""

from __future__ import annotations

import unicodedata

import regex

from contract_tui.ui.graphemes import clusters

_LINE_ENDS = regex.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED_CATEGORIES = frozenset({"Cc", "Cs"})
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Bidirectional controls that can make words appear in another order than they are read."""


def clean(text: str, *, single_line: bool = False) -> str:
    """Return a typed or pasted text with line feeds for line ends, without hidden commands."""
    text = _LINE_ENDS.sub("\n", text)
    if single_line:
        text = " ".join(text.split("\n")).replace("\t", " ")
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or not _is_unwanted(c))


def _is_unwanted(character: str) -> bool:
    """Whether a character commands a terminal, cannot be encoded, or hides the order of words."""
    return unicodedata.category(character) in _UNWANTED_CATEGORIES or character in _OVERRIDES


def fit(text: str, room: int) -> str:
    """Return the start of a text that fits in `room` code points, without tearing a cluster."""
    if len(text) <= room:
        return text
    end = 0
    for _, boundary in clusters(text, 0, min(len(text), room + 64)):
        if boundary > room:
            break
        end = boundary
    return text[:end]
