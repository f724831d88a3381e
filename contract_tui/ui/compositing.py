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
    """A compositor that, of a few changed places, asks only those widgets that lie there."""

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
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and any(map(seen.overlaps, self._changed)):
                yield region, clip, widget.render_lines(seen.translate(-region.offset))


def paint_together(nodes: Iterable[DOMNode]) -> None:
    """Have some widgets painted in one frame, as far as they have changed.

    Each would ask for it when its turn came, which is another frame for the last ones.
    """
    for widget in nodes:
        if isinstance(widget, Widget):
            widget._check_refresh()  # noqa: SLF001 - Textual has no other way
