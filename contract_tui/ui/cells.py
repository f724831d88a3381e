"""Text in a terminal's cells: painted, cut, filled up, and broken into lines."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tui.ui.graphemes import clusters, glyph, is_narrow, width

ELLIPSIS = "…"


def painted(text: str) -> str:
    """Return a text in one line, with visible marks for whatever would command a terminal."""
    line = " ".join(text.split())
    if is_narrow(line):
        return line
    return "".join(glyph(line[start:end])[0] for start, end in clusters(line))


def clipped(text: str, cells: int) -> str:
    """Return as much of a painted text as so many cells hold, with an ellipsis for the rest."""
    if width(text) <= cells:
        return text
    if is_narrow(text):
        return text[: max(0, cells - 1)].rstrip() + ELLIPSIS
    end = used = 0
    for start, stop in clusters(text):
        used += width(text[start:stop])
        if used > cells - 1:
            break
        end = stop
    return text[:end].rstrip() + ELLIPSIS


def padded(text: str, cells: int) -> str:
    """Return a painted text that takes exactly so many cells."""
    short = clipped(text, cells)
    return short + " " * (cells - width(short))


def wrapped(text: str, cells: int) -> Iterator[str]:
    """Yield a painted text in lines of at most so many cells, broken between words."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > cells:
            yield line
            longer = word
        line = clipped(longer, cells)
    yield line
