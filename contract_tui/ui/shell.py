"""What is there on every screen: colours, language, the palette, and the end after a fault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen

from contract_tui.language import _
from contract_tui.library.library import Library
from contract_tui.ui import themes
from contract_tui.ui.palette import show_commands, show_themes

_LANGUAGE, _LANGUAGE_HELP = _("Language"), _("In which language this program speaks to you")


class Shell(App[None]):
    """A program for one person's contracts, before it shows any."""

    TITLE = _("Learning contracts")
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", _("Help"), show=False),
        Binding("f8", "next_theme", _("Colours"), show=False),
        # At most 14 columns.
        Binding("ctrl+q", "quit", _("Quit"), priority=True),
        # At most 14 columns.
        Binding("ctrl+p", "command_palette", _("More"), priority=True),
    ]

    def __init__(self, library: Library, styles: Sequence[str | PurePath], theme: str) -> None:
        super().__init__(css_path=list(styles))
        self.library = library
        for known in themes.THEMES:
            self.register_theme(known)
        self.theme = theme
        self.animation_level = "none"  # what glides is hard to follow, and for some to look at

    def get_driver_class(self) -> type[Driver]:
        """Return what paints and listens: in a terminal, what sleeps until a key is pressed."""
        usual = super().get_driver_class()
        if usual.__name__ == "LinuxDriver":
            from contract_tui.ui.listening import Listener

            return Listener
        return usual

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the colours; style sheets are read anew only once there is a screen that has any.

        The first theme is set before that, and would make Textual read every sheet twice.
        """
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())
            self.stylesheet.update(self, animate=animate)

    @on(Driver.SignalResume)
    def _paint_again(self) -> None:
        """Paint everything: others have used the terminal meanwhile."""
        self.refresh(layout=True)

    def _fatal_error(self) -> None:
        """End after a fault of this program, and show where it was without what was written.

        Textual would show what variables held: words of people, drafts among them, which then stand
        in whatever the person copies to ask for help.
        """
        from contract_tui.ui.faults import trace

        self.bell()
        self._exit_renderables.append(trace(self.console))
        self._close_messages_no_wait()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let our style sheets work with every theme."""
        return themes.OWN_VARIABLES

    def action_help(self) -> None:
        """Explain the screen."""
        from contract_tui.ui.explaining import explain

        explain(self)

    def action_next_theme(self) -> None:
        """Change between dark, light and high contrast."""
        self.theme = themes.following(self.theme)

    def action_command_palette(self) -> None:
        """Show what can be done here."""
        show_commands(self)

    def search_themes(self) -> None:
        """Show every set of colours."""
        show_themes(self)

    def action_language(self) -> None:
        """Ask in which language the program is to speak from its next start on."""
        from contract_tui.ui.screens.speaking import ask_language

        def say(told: str | None) -> None:
            if told:
                self.notify(told, markup=False)

        self.push_screen(ask_language(self.library.path.parent), say)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Return what the palette offers on every screen."""
        yield SystemCommand(
            _("Dark, light, high contrast"), _("Change the colours (F8)"), self.action_next_theme
        )
        yield SystemCommand(
            _("More colours"), _("Choose among all themes"), self.action_change_theme
        )
        yield SystemCommand(_LANGUAGE, _LANGUAGE_HELP, self.action_language)
        yield SystemCommand(_("Help"), _("What is on this screen? (F1)"), self.action_help)
        yield SystemCommand(_("Quit"), _("Everything is saved already"), self.action_quit)
