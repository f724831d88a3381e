"""A line that does one thing when somebody presses Enter on it, or clicks."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from contract_tui.language import _


class PressLine(Static, can_focus=True):
    """A line that does one thing: Enter or the mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Done before anything else is heard: what is typed behind it goes where it leads.
        Binding("enter,space", "press", _("Do it"), show=False, priority=True)
    ]

    class Pressed(Message):
        """Somebody wants what the line says."""

        def __init__(self, line: PressLine) -> None:
            super().__init__()
            self.line = line

        @property
        def control(self) -> PressLine:
            """The line."""
            return self.line

    def __init__(
        self, text: str, press: Callable[[], object] | None = None, *, classes: str = "press"
    ) -> None:
        """`press` does what the line says, and may have to be awaited; else the page is told."""
        super().__init__(text, markup=False, classes=classes)
        self._press = press

    async def action_press(self) -> None:
        """Do it."""
        if self._press is None:
            self.post_message(self.Pressed(self))
            return
        done = self._press()
        if isawaitable(done):
            await done

    async def _on_mouse_down(self, _event: events.MouseDown) -> None:
        """Do it now: what closes elsewhere would take the line from under the mouse."""
        await self.action_press()
