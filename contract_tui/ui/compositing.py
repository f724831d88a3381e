"""Painting only what has to be painted: what Textual's compositor leaves to be wished for.

When several widgets change at once, Textual goes through all that lie in the rectangle around them,
which is nearly the whole screen where one is at the top and one at the bottom.
"""

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.dom import DOMNode
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Rendered = tuple[Region, Region, list[Strip]]
"""Where a widget is, what can be seen of it, and its rows."""


class SparingCompositor(Compositor):
    """A compositor that, of a few changed places, asks only who is seen there, for those rows."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: set[Region] = set()
        """Where something is painted now; empty where all of it is."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render what has changed."""
        self._changed = self._dirty_regions.copy()
        try:
            return super().render_partial_update()
        finally:
            self._changed = set()

    def _get_renders(self, crop: Region | None = None) -> Iterable[Rendered]:
        """Render the widgets that lie in a region, those in front first."""
        if crop is None or not self._changed:
            yield from super()._get_renders(crop)
            return
        left = self._changed.copy()
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            here = [place for place in left if seen and seen.overlaps(place)]
            if not here:
                continue
            rows = _rows(seen, here)
            yield region, rows, widget.render_lines(rows.translate(-region.offset))
            # What lies behind is not seen there.
            left.difference_update(filter(seen.contains_region, here))
            if not left:
                return


def _rows(seen: Region, places: Iterable[Region]) -> Region:
    """Return those rows of what is seen that reach from the first of some places to the last."""
    x, y, width, height = seen
    first = max(y, min(place.y for place in places))
    end = min(y + height, max(place.bottom for place in places))
    return Region(x, first, width, end - first)


def paint_together(nodes: Iterable[DOMNode]) -> None:
    """Have some widgets painted in one frame, as far as they have changed.

    Each would ask for it when its turn came, which is another frame for the last ones.
    """
    for widget in nodes:
        if isinstance(widget, Widget):
            widget._check_refresh()  # noqa: SLF001 - Textual has no other way
