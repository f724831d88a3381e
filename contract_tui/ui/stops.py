"""Where one can go with Tab: everything on the page that is shown; the title, from the sections."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from contract_tui.contract.schema import TITLE, PartId
from contract_tui.ui.pages.ground import Ground
from contract_tui.ui.whereabouts import Place
from contract_tui.ui.widgets.editor import Editor


class Stops:
    """Everything shown that takes keys, in the order in which Tab goes through it."""

    def __init__(self, title: Editor, ground: Ground) -> None:
        self.title = title
        self._ground = ground

    def editors(self) -> Iterator[tuple[PartId, Editor]]:
        """Yield every editor with its part, the title first."""
        yield TITLE, self.title
        yield from self._ground.editors()

    def beside(self, stop: Widget | None, by: int) -> Widget:
        """Return the stop that is `by` places behind another, in a ring.

        The title stands above the sections. Nobody comes from a page into it unawares.
        """
        stops = self._ground.stops()
        if self._ground.shown is None or stop is self.title:
            stops = [self.title, *stops]
        at = stops.index(stop) if stop in stops else -1
        return stops[(at + by) % len(stops)]

    def place(self) -> Place:
        """Return the part somebody is in, and its editor if that has the keys."""
        for part, editor in self.editors():
            if editor.has_focus:
                return part, editor
        return self._ground.part, None

    def editor_in_use(self) -> Editor:
        """Return the editor one is in, or that of the open section."""
        part, editor = self.place()
        return editor or dict(self.editors()).get(part or TITLE, self.title)
