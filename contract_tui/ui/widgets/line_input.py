"""A one-line input whose keys keep their order and whose pastes keep their end.

Textual's own handles letters at once and lets every other key bubble to the application, so that in
one burst `abc⌫d` becomes `abc`; and of a paste it takes the first line only, which cuts an
invitation that a terminal has broken into several lines.
"""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from contract_tui.ui.widgets.editor.keys import typed


class LineInput(Input):
    """A line of text."""

    def on_mount(self) -> None:
        """Let nothing on the screen move by itself, the caret neither."""
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        """Do what the key means here and now."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)
            return
        character = typed(event)
        if character is not None and not event.is_printable:
            event.stop()
            event.prevent_default()
            self.insert_text_at_cursor(character)
            return
        if event.key.startswith("alt+"):
            event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        """Take all lines of a paste as one."""
        event.stop()
        event.prevent_default()
        line = "".join(event.text.splitlines())
        start, end = sorted(self.selection)
        self.replace(line, start, end)
