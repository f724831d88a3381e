"""A line that does one thing when somebody presses Enter on it, or clicks."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static


class PressLine(Static, can_focus=True):
    """A line that does one thing: Enter or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "press", "Do it", show=False)]

    class Pressed(Message):
        """Somebody wants what the line says."""

        def __init__(self, line: PressLine) -> None:
            super().__init__()
            self.line = line

        @property
        def control(self) -> PressLine:
            """The line."""
            return self.line

    def __init__(self, text: str, *, classes: str = "press") -> None:
        super().__init__(text, markup=False, classes=classes)

    def action_press(self) -> None:
        """Tell the page."""
        self.post_message(self.Pressed(self))

    async def _on_click(self, _event: events.Click) -> None:
        """Tell the page."""
        self.action_press()
