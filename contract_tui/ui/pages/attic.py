"""What was taken away from a page: one quiet line at its end, from which everything comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from contract_tui.contract.items.paths import ItemId
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.cards import Card, PressLine

if TYPE_CHECKING:
    from contract_tui.ui.pages.form import Form


class KeptLine(PressLine):
    """One thing that was taken away."""

    def __init__(self, card: Card) -> None:
        super().__init__(words.COMES_BACK.format(words=card.first_words), classes="press kept")
        self.card = card


class Attic(Vertical):
    """Everything that was taken away, listed while somebody is there."""

    def __init__(self, form: Form) -> None:
        super().__init__(classes="attic")
        self._form = form
        self._caption = PressLine(words.TAKEN_AWAY, classes="press")
        self._held: list[tuple[ItemId, str]] = []

    def compose(self) -> ComposeResult:
        """Begin with one line."""
        yield self._caption

    def show(self, cards: Sequence[Card]) -> None:
        """List what was taken away and is not shown in its place."""
        gone = [card for card in cards if not card.is_standing and not card.display]
        held = [(card.item.id, card.first_words) for card in gone]
        self.display = bool(gone)
        if held == self._held:
            return
        self._held = held
        for line in self.query(KeptLine):
            line.remove()
        self.mount(*(KeptLine(card) for card in gone))

    def stops(self) -> Iterator[Widget]:
        """Yield what takes keys now."""
        if self.display:
            yield self._caption
            if self.has_class("-open"):
                yield from self.query(KeptLine)

    def on_press_line_pressed(self, event: PressLine.Pressed) -> None:
        """Bring back what was chosen; the line above leads to the first that can be."""
        event.stop()
        if isinstance(event.line, KeptLine):
            event.line.card.take_away_or_bring_back()
        elif kept := list(self.query(KeptLine)):
            self._form.go_to(kept[0])

    def on_descendant_focus(self) -> None:
        """List everything."""
        self.add_class("-open")

    def on_descendant_blur(self) -> None:
        """Be one line again."""
        focused = self.screen.focused
        if self.app.app_focus and (focused is None or self not in focused.ancestors):
            self.remove_class("-open")
