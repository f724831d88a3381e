"""An input of several lines in which all keys mean the same as in the contract."""

from __future__ import annotations

from textual import events

from contract_tui.ui.widgets.editor.line import Line
from contract_tui.ui.widgets.growing import GrowingEditor


class LongInput(GrowingEditor):
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
