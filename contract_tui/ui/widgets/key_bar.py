"""The keys of the screen in one line.

Textual's footer makes a widget for every key, and makes all of them again whenever the focus moves:
a third of the time to the first screen, and a pause at every step from part to part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.style import Style
from rich.text import Text
from textual import events
from textual.screen import Screen
from textual.widgets import Static

from contract_tui.language import _
from contract_tui.ui.touch import KEPT, is_phone

GAP = 2
NAMES = {
    "ctrl": "Ctrl",
    "alt": "Alt",
    "shift": _("Shift"),
    "delete": _("Del"),
    "tab": "Tab",
    "enter": "Enter",
    "escape": "Esc",
    "down": "↓",
    "left": "←",
    "right": "→",
    "space": _("Space"),
    "slash": "/",
}


class KeyHint(NamedTuple):
    """One key and what it does."""

    key: str
    label: str
    is_kept: bool = False
    """Whether it leads on: such a key is never left out."""
    is_bare: bool = False
    """Whether the key is not named: it can be tapped, but there is none on a phone."""

    @property
    def name(self) -> str:
        """The key as people call it; what it does where it is not named."""
        if self.is_bare:
            return self.label
        return "+".join(NAMES.get(part, part.upper()) for part in self.key.split("+"))

    @property
    def text(self) -> str:
        """The key, and its label."""
        return self.label if self.is_bare else f"{self.name} {self.label}"


class KeyBar(Static):
    """The last line of a screen; a click on a key is a press of it.

    Where not all keys fit, the last of those that are not kept are left out: the help names them.
    """

    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; padding: 0 1; background: $background; }"

    def __init__(
        self,
        first: Sequence[str] = (),
        kept: Sequence[str] = (),
        name: Callable[[str], str] = lambda _action: "",
    ) -> None:
        """The actions that matter most come `first`, in this order, and before all others.

        Those that are `kept` are never left out; where none are named, what leads on everywhere is.
        `name` says what an action does at the moment; "" what its binding says.
        """
        super().__init__("", markup=False)
        self._first = first
        self._kept = kept
        self._call = name
        self._hints: list[KeyHint] = []

    def on_mount(self) -> None:
        """Follow the screen's keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._draw())
        self._follow(self.screen)

    def lead(self, first: Sequence[str]) -> None:
        """Have other actions matter most from now on."""
        self._first = first
        self._follow(self.screen)

    def on_resize(self) -> None:
        """Show as many keys as fit now."""
        self._draw()

    def _follow(self, screen: Screen[object]) -> None:
        """Show the keys there are now."""
        hints: dict[str, KeyHint] = {}
        for owner, binding, enabled, _tooltip in screen.active_bindings.values():
            if binding.show and enabled:
                kept = binding.action in self._kept if self._kept else owner is self.app
                label = self._call(binding.action) or binding.description
                hint = KeyHint(binding.key, label, kept)
                hints.setdefault(binding.action, hint)
        foremost = [hints.pop(action) for action in self._first if action in hints]
        ordered = [*foremost, *hints.values()]
        if ordered != self._hints:
            self._hints = ordered
            self._draw()

    def _draw(self) -> None:
        """Write the keys bolder than what they do."""
        color = self.app.theme_variables["primary"]
        pieces = []
        for hint in self._fitting():
            key, label = hint.name, hint.text[len(hint.name) :]
            pieces.append(Text.assemble((key, Style(color=color, bold=True)), label))
        self.update(Text(" " * GAP).join(pieces))

    def _fitting(self) -> list[KeyHint]:
        """Return the hints there is room for: those that are kept, then as many others as fit."""
        room = self.content_size.width + GAP
        hints, fitting = self._hints, set()
        if is_phone(self.app):
            hints = [one._replace(is_bare=one.key not in KEPT) for one in hints]
        for hint in sorted(hints, key=lambda one: not one.is_kept):
            if len(hint.text) + GAP <= room:
                fitting.add(hint)
                room -= len(hint.text) + GAP
        return [hint for hint in hints if hint in fitting]

    async def _on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        x, _y = event.get_content_offset_capture(self)
        for hint in self._fitting():
            if 0 <= x < len(hint.text):
                self.app.simulate_key(hint.key)
                return
            x -= len(hint.text) + GAP
