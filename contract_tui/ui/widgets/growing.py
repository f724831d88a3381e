"""An editor that is as high as what stands in it."""

from __future__ import annotations

from textual.geometry import Size

from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.editor.layout import Layout
from contract_tui.ui.widgets.editor.painting import MARGIN
from contract_tui.ui.widgets.editor.view import CARET_CELLS


class GrowingEditor(Editor):
    """An editor as high as its text, or as the hint or question that stands where none is."""

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002 - Textual's signature
        viewport: Size,  # noqa: ARG002
        width: int,
    ) -> int:
        """Return how many rows the text or the hint takes at a width."""
        room = max(1, width - MARGIN - CARET_CELLS)
        self.page.resize(room)
        if not self.text and self.prompt:
            return Layout(self.prompt, room).height + self.page.height_beside
        return self.page.height
