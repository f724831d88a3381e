"""Screens that are laid out for the window from their first frame on.

Textual names the breakpoints of a screen when it hears of its size, and that is after the first
frame: what is shown moves then, under the finger of whoever taps at once.
"""

from __future__ import annotations

from typing import Any

from textual.geometry import Size
from textual.screen import Screen


def fit(screen: Screen[Any]) -> None:
    """Give a screen the classes of its breakpoints; to be called while it is composed."""
    screen.add_class(*classes_for(screen, screen.app.size))


def classes_for(screen: Screen[Any], size: Size) -> list[str]:
    """Return the names of the breakpoints that a screen has at a size."""
    found = []
    for cells, points in (
        (size.width, screen.HORIZONTAL_BREAKPOINTS),
        (size.height, screen.VERTICAL_BREAKPOINTS),
    ):
        reached = [point for point in points or () if point[0] <= cells]
        if reached:
            found.append(max(reached)[1])
    return found
