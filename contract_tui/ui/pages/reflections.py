"""The page of looking back: what somebody thought on a day, the newest first, each its author's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from contract_tui.contract.items import paths
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item, Reflection
from contract_tui.ui.days import day_here
from contract_tui.ui.names import name_of
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.cards import Card
from contract_tui.ui.pages.listing import Listing


class ReflectionCard(Card):
    """What somebody thought on one day."""

    MAIN: ClassVar[str] = "text"
    can_move: ClassVar[bool] = False
    item: Reflection

    def __init__(self, form: ReflectionsPage, item: Item) -> None:
        super().__init__(form, item)
        self.add_class("-dated", "-plain")
        self.main.editor.single_line = False

    def show_above(self) -> None:
        """Say whose it is, and of which day."""
        form = self.form
        name = name_of(form.session.contract, self.item.added_by)
        who = words.YOUR_OWN if self.item.added_by == form.circle.me else name
        day = (self.item.at and day_here(self.item.at)) or words.NO_DAY
        self.head(words.DAY.format(day=day, name=who))


class ReflectionsPage(Listing):
    """Looking back on it."""

    MORE: ClassVar[str] = words.NEW_REFLECTION
    ADD = words.ADD_REFLECTION
    KIND = paths.REFLECTIONS_LIST

    def things(self) -> Sequence[Item]:
        """Return all reflections, the newest first."""
        found = self.session.contract.items.reflections
        return sorted(found, key=lambda one: (-one.at, one.id))

    def make_card(self, item: Item) -> Card:
        """Return what shows one of them."""
        return ReflectionCard(self, item)

    def add_one(self) -> ItemId:
        """Begin a reflection of today."""
        return self.session.desk.add_reflection()
