"""The steps from A to B of a goal, where somebody wants them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contract_tui.contract.items import paths, terms
from contract_tui.contract.items.values import Item, Step
from contract_tui.exports import dates
from contract_tui.ui.names import name_of
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.cards import Card
from contract_tui.ui.pages.choice import ChoiceField
from contract_tui.ui.pages.fields import Field

if TYPE_CHECKING:
    from contract_tui.ui.pages.form import Form

DONE, AHEAD = "done", "ahead"
FIELDS = terms.FIELDS[paths.STEPS_LIST]


class StepCard(Card):
    """One step on the way to a goal."""

    item: Step

    def __init__(self, form: Form, item: Item) -> None:
        super().__init__(form, item)
        self.add_class("-plain", "-step")

    def make_more(self) -> Sequence[Field | ChoiceField]:
        """Return who does it, by when, and whether it is done."""
        people = self.form.circle.options(words.ME)
        self.by = self._choice(FIELDS["by"].label, people, self.choose("by"))
        self.when = self._line("when", FIELDS["when"].label, self.item.when)
        self.done = self._choice(FIELDS["done"].label, words.DONE, self._finish)
        return [self.by, self.when, self.done]

    def _finish(self, done: str) -> object:
        return self.decide(lambda: self.said("done", done == DONE))

    def show_more(self) -> None:
        """Show what is said of it."""
        self.by.bar.offer(self.form.circle.options(words.ME))
        self.by.show(self.item.by)
        self.when.show(self.item.when)
        self.done.show(DONE if self.item.done else AHEAD)

    def summed_up(self) -> Sequence[str]:
        """Return who does it, by when, and whether it is done."""
        form, by = self.form, ""
        if self.item.by:
            name = name_of(form.session.contract, self.item.by)
            by = words.YOUR_OWN if self.item.by == form.circle.me else name
        return [by, dates.when(self.item.when), terms.DONE if self.item.done else ""]
