"""Looking back: what can be asked of a contract's past, and how to get about in it.

Nothing can be changed here. The screen routes: what is asked goes to the walk through the past, and
what is shown follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.command import Provider

from contract_tui.language import _
from contract_tui.ui.screens.history import asking, words
from contract_tui.ui.screens.history.page import PastScreen
from contract_tui.ui.widgets.editor import messages as told
from contract_tui.ui.widgets.past_view import Asked, PastView

if TYPE_CHECKING:
    from contract_tui.ui.screens.history.bringing import Landing


def commands() -> type[Provider]:
    """Return the commands of this screen, which are imported when the palette is."""
    from contract_tui.ui.screens.history.commands import HistoryCommands

    return HistoryCommands


class HistoryScreen(PastScreen):
    """A contract's past, with all that can be asked of it."""

    COMMANDS = {commands}  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 14 columns.
        Binding("f3,escape", "leave", _("Today"), key_display="f3"),
        # At most 14 columns.
        Binding("f1", "app.help", _("Help")),
        # At most 14 columns.
        Binding("tab,alt+down", "go(1)", _("Text"), key_display="tab", priority=True),
        Binding("shift+tab,alt+up", "go(-1)", _("Before"), show=False, priority=True),
        # At most 14 columns.
        Binding("c", "compare", _("Compare")),
        # At most 14 columns.
        Binding("b", "bring_back", _("Bring back")),
        # At most 14 columns.
        Binding("w", "only_person", _("One person")),
        # At most 14 columns.
        Binding("s", "only_part", _("One part")),
        # At most 14 columns.
        Binding("k", "keep", _("Keep")),
        # At most 14 columns.
        Binding("m", "mark", _("Mark")),
        # At most 14 columns.
        Binding("f4", "toggle_authors", _("Who wrote")),
        Binding("f5", "cover", _("Cover"), show=False),
        # At most 14 columns.
        Binding("f8", "app.next_theme", _("Colours")),
        Binding("space", "play", _("Play"), show=False),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what writes only to those who can write."""
        return action not in ("bring_back", "keep", "cover") or self.session.can_write

    def action_compare(self) -> None:
        """Choose what the shown version is compared with."""
        asking.ask_what_to_compare(self)

    def action_only_person(self) -> None:
        """Follow one person's words only, or everybody's again."""
        asking.ask_whose_words(self)

    def action_only_part(self) -> None:
        """Follow the open part only, or all again."""
        asking.only_open_part(self)

    def action_mark(self) -> None:
        """Remember the shown place as one to compare with."""
        asking.mark(self)

    def action_bring_back(self) -> None:
        """Bring words back, as one's own new ones."""
        from contract_tui.ui.screens.history.bringing import bring_back

        bring_back(self)

    def action_keep(self) -> None:
        """Keep the shown version under a name."""
        from contract_tui.ui.screens.history.keeping import keep

        keep(self)

    def action_cover(self) -> None:
        """Cover the selected words, as far as they are one's own."""
        from contract_tui.ui.screens.covering import Passage, cover

        passage = None
        if found := self.selection:
            view, start, end = found
            elements = tuple(self.looking.elements(view.part, start, end))
            passage = Passage(view.part, elements, view.text[start:end])
        cover(self.app, self.session, passage, self.notice.say)

    def say_who_looked(self) -> None:
        """Say who looked back, and when, where there is no room to show it."""
        self.notice.say(self.looking.who_looked() or words.NOBODY_LOOKED)

    def land(self, landing: Landing) -> None:
        """Go to the workshop, to where words were brought back."""
        from contract_tui.ui.screens.workshop import WorkshopScreen

        found = [one for one in self.app.screen_stack if isinstance(one, WorkshopScreen)]
        self.app.pop_screen()
        for workshop in found:
            workshop.land(landing.part, landing.caret, landing.said)

    @on(told.Moved)
    def _moved(self) -> None:
        """Say whose words the caret is in now."""
        self._speak()

    @on(Asked)
    def _asked(self, event: Asked) -> None:
        """Go to the turn that wrote the word at the caret."""
        view = event.editor
        if isinstance(view, PastView) and view.text:
            self.looking.visit(view.part, min(view.caret, len(view.text) - 1))
            self.show()

    @on(told.Locked)
    def _locked(self) -> None:
        """Say kindly why nothing was written."""
        self.notice.say(words.CANNOT_TYPE)
