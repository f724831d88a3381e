"""Things of a page in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.containers import Vertical
from textual.widget import AwaitMount, Widget

from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item
from contract_tui.ui.pages.cards import Card


class CardList(Vertical):
    """Things in their order, and below them those that were taken away."""

    def __init__(self, make: Callable[[Item], Card]) -> None:
        super().__init__(classes="cards")
        self._make = make
        self.cards: dict[ItemId, Card] = {}

    def set_out(self, items: Sequence[Item]) -> AwaitMount | None:
        """Show these, in this order; returns what to await before new ones take keys."""
        for gone in self.cards.keys() - {one.id for one in items}:
            self.cards.pop(gone).remove()
        new = [self._make(one) for one in items if one.id not in self.cards]
        self.cards.update({card.item.id: card for card in new})
        self.cards = {one.id: self.cards[one.id] for one in items}
        mounted = self.mount(*new) if new else None
        order = list(self.cards.values())
        if list(self.children) != order:
            self.sort_children(key=lambda child: order.index(child) if child in order else -1)
        for item in items:
            self.cards[item.id].show(item)
        return mounted

    def stops(self) -> Iterator[Widget]:
        """Yield what takes keys now."""
        for card in self.cards.values():
            if card.display:
                yield from card.stops()
