"""An input of several lines in which all keys mean the same as in the contract."""

from __future__ import annotations

from textual import events
from textual.geometry import Size

from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.editor.layout import Layout
from contract_tui.ui.widgets.editor.line import Line
from contract_tui.ui.widgets.editor.painting import MARGIN
from contract_tui.ui.widgets.editor.view import CARET_CELLS


class LongInput(Editor):
    """An editor of words that are nowhere yet; it grows with them, as far as there is room."""

    DEFAULT_CSS = """
    LongInput { height: auto; min-height: 2; max-height: 6; scrollbar-size: 0 1; }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(Line(value), prompt=placeholder, id=id)
        self.place(len(value))

    @property
    def value(self) -> str:
        """What is written."""
        return self.text

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002 - Textual's signature
        viewport: Size,  # noqa: ARG002
        width: int,
    ) -> int:
        """Return how many rows the text or the hint takes at a width."""
        room = max(1, width - MARGIN - CARET_CELLS)
        self.page.resize(room)
        return self.page.height if self.text else Layout(self.prompt, room).height

    def _measure(self) -> None:
        """Say how high the text is, and grow where that has changed."""
        before = self.virtual_size.height
        super()._measure()
        if self.virtual_size.height != before:
            self.refresh(layout=True)
            self.call_after_refresh(self.show_caret)

    def _on_resize(self, event: events.Resize) -> None:
        """Show the caret where the room has changed."""
        super()._on_resize(event)
        self.show_caret()
