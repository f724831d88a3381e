"""Finds what a screen was to show and does not: what is cut, or wrapped away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.table import Table
from rich.text import Text
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.visual import RichVisual
from textual.widget import Widget
from textual.widgets import Input


def missing(screen: Screen[Any]) -> Iterator[str]:
    """Yield every text on a screen that cannot be read to its end, however one scrolls."""
    for widget in screen.walk_children(Widget):
        if not widget.display or not widget.region.area or not _is_shown(widget):
            continue
        rows = _rows(widget)
        yield from (text for text in _texts(widget) if not _holds(rows, text))
        if (name := str(widget.css_identifier)) in rows:
            yield name  # what Textual shows of a widget that paints nothing
        if _is_out_of_reach(widget, screen):
            yield from (text for text in _texts(widget) if text.strip())


def _is_shown(widget: Widget) -> bool:
    return all(one.display for one in widget.ancestors if isinstance(one, Widget))


def _rows(widget: Widget) -> str:
    """Return all that a widget paints, also what lies above or below what is seen of it."""
    strips = widget.render_lines(Region(0, 0, *widget.outer_size))
    return "".join(strip.text for strip in strips)


def _holds(rows: str, text: str) -> bool:
    """Whether a text is there, wherever its lines are broken."""
    return _letters(text) in _letters(rows)


def _letters(text: str) -> str:
    """Return what can be read of a text: no gaps, and nothing of a frame."""
    return "".join(one for one in text if not one.isspace() and not "─" <= one <= "▟")


def _texts(widget: Widget) -> Iterator[str]:
    """Yield what a widget is there to show."""
    for title in (widget.border_title, widget.border_subtitle):
        yield Text.from_markup(str(title or "")).plain
    if isinstance(widget, Input):
        if not widget.value:
            yield widget.placeholder
        return
    if type(widget).render is Widget.render:  # what paints its rows itself, or holds others
        return
    yield from _plain(widget.render())


def _plain(shown: object) -> Iterator[str]:
    match shown:
        case Content() | Text():
            yield shown.plain
        case str():
            yield shown
        case RichVisual():
            yield from _plain(shown._renderable)
        case Table():
            for column in shown.columns:
                for cell in column._cells:
                    yield from _plain(cell)


def _is_out_of_reach(widget: Widget, screen: Screen[Any]) -> bool:
    """Whether some of a widget lies where no scrolling brings it to the screen."""
    above = [one for one in widget.ancestors if isinstance(one, Widget)]
    found = screen.find_widget(widget)
    seen = found.region.intersection(found.clip)
    hidden_across = seen.width < found.region.width or not seen
    hidden_down = seen.height < found.region.height or not seen
    if any(one.allow_vertical_scroll for one in above):
        hidden_down = False
        hidden_across = hidden_across and bool(seen)
    return hidden_down or (hidden_across and not any(one.allow_horizontal_scroll for one in above))
