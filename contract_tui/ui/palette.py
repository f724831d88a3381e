"""The list of everything that can be done, in the person's language where Textual knows English."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.app import App
from textual.command import CommandList, CommandPalette
from textual.theme import ThemeProvider
from textual.widgets import Input
from textual.widgets.option_list import Option

from contract_tui.language import _


class Palette(CommandPalette):
    """Everything that can be done, to be found by typing."""

    def on_mount(self) -> None:
        """Let nothing on the screen move by itself, the caret neither."""
        self.query_one(Input).cursor_blink = False

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Say soon that nothing was found, unless something is; Textual would say it in English."""
        self._stop_no_matches_countdown()
        say = partial(self._say_nothing_found, search_value)
        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)

    def _say_nothing_found(self, wanted: str) -> None:
        if wanted:
            said = Option(_("No matches found"), disabled=True, id=self._NO_MATCHES)
            self.query_one(CommandList).add_option(said)
        self._list_visible = bool(wanted)


def show_commands(app: App[Any]) -> None:
    """Show what can be done here."""
    if app.use_command_palette and not CommandPalette.is_open(app):
        app.push_screen(Palette(placeholder=_("Search for commands…"), id="--command-palette"))


def show_themes(app: App[Any]) -> None:
    """Show every set of colours."""
    app.push_screen(Palette([ThemeProvider], placeholder=_("Search for themes…")))
