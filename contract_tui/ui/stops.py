"""Where one can go in an open contract: the title, the sections, the choice."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from contract_tui.contract.schema import TITLE, PartId
from contract_tui.ui.whereabouts import Place
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.section import Sections


class Stops:
    """Everything that takes keys, in the order in which Tab goes through it."""

    def __init__(self, title: Editor, sections: Sections) -> None:
        self._title = title
        self._sections = sections

    def editors(self) -> Iterator[tuple[PartId, Editor]]:
        """Yield every editor with its part, the title first."""
        yield TITLE, self._title
        for pane in self._sections.panes:
            yield pane.part, pane.editor

    def beside(self, stop: Widget | None, by: int) -> Widget:
        """Return the stop that is `by` places behind another, in a ring."""
        stops: list[Widget] = [self._title]
        for pane in self._sections.panes:
            stops += [pane.editor, pane.choices] if pane.choices else [pane.editor]
        at = stops.index(stop) if stop in stops else -1
        return stops[(at + by) % len(stops)]

    def place(self) -> Place:
        """Return the part somebody is in, and its editor if that has the keys."""
        for part, editor in self.editors():
            if editor.has_focus:
                return part, editor
        return self._sections.current, None

    def editor_in_use(self) -> Editor:
        """Return the editor one is in, or that of the open section."""
        part, editor = self.place()
        return editor or dict(self.editors()).get(part or TITLE, self._title)
