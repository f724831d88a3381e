"""The page of what helps: each thing in a line or two, with all of it while somebody is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from contract_tui.contract.items import paths, terms
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item, Support
from contract_tui.contract.schema import SUPPORTS
from contract_tui.exports import dates
from contract_tui.ui.names import name_of
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.cards import Card
from contract_tui.ui.pages.choice import ChoiceField
from contract_tui.ui.pages.fields import Field, Shape
from contract_tui.ui.pages.listing import Listing

FIELDS = terms.FIELDS[paths.SUPPORTS_LIST]


class SupportCard(Card):
    """One thing that helps, or might."""

    item: Support

    def make_more(self) -> Sequence[Field | ChoiceField]:
        """Return when, who, how it is, and when to look again."""
        self.when = self._text("when", FIELDS["when"].label, Shape.LINE)
        people, offer = self.form.circle.options(words.ME), self.choose("offered_by")
        self.offered_by = self._choice(FIELDS["offered_by"].label, people, offer)
        self.state = self._choice(FIELDS["state"].label, terms.SUPPORT_STATES, self.choose("state"))
        self.check_on = self._line("check_on", FIELDS["check_on"].label, self.item.check_on)
        return [self.when, self.offered_by, self.state, self.check_on]

    def show_more(self) -> None:
        """Show what is said of it."""
        self.offered_by.bar.offer(self.form.circle.options(words.ME))
        self.offered_by.show(self.item.offered_by)
        self.state.show(self.item.state)
        self.check_on.show(self.item.check_on)

    def summed_up(self) -> Sequence[str]:
        """Return when, who, how it is, and when to look again."""
        item, circle = self.item, self.form.circle
        offered = ""
        if item.offered_by:
            name = name_of(self.form.session.contract, item.offered_by)
            mine = item.offered_by == circle.me
            offered = words.OFFERED_BY_YOU if mine else terms.OFFERED_BY.format(name=name)
        look = terms.LOOK_AGAIN.format(when=dates.when(item.check_on)) if item.check_on else ""
        return [self.text("when"), offered, terms.SUPPORT_STATES.get(item.state, ""), look]


class SupportsPage(Listing):
    """What helps."""

    MORE: ClassVar[str] = words.NEW_SUPPORT
    ADD = words.ADD_SUPPORT
    KIND = paths.SUPPORTS_LIST
    ABOUT = SUPPORTS

    def things(self) -> Sequence[Item]:
        """Return all supports."""
        return self.session.contract.items.supports

    def make_card(self, item: Item) -> Card:
        """Return what shows one of them."""
        return SupportCard(self, item)

    def add_one(self) -> ItemId:
        """Add something that may help."""
        return self.session.desk.add_support()
