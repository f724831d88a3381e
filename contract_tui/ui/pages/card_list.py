"""Things of a page in their order: those in view at once, the others a few at a time behind them.

A page of forty things would hold up the keys for a second if all of them were laid out at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.containers import Vertical
from textual.widget import AwaitMount, Widget

from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item
from contract_tui.session.slices import BREATH
from contract_tui.ui.pages.cards import Card

ROWS = 3
"""Rows of the window for each of those that are there at once: two of the thing, and one below."""
AT_A_TIME = 12
"""Cards that come between two keys, later on: the whole page is laid out anew for each lot."""


class CardList(Vertical):
    """Things in their order, and below them those that were taken away."""

    def __init__(
        self, make: Callable[[Item], Card], grows: Callable[[Widget], object] = lambda _: None
    ) -> None:
        """`grows` hears each time before more of them come, and when they are there."""
        super().__init__(classes="cards")
        self._make = make
        self._grows = grows
        self._is_filling = False
        self._mounted: AwaitMount | None = None
        self.cards: dict[ItemId, Card] = {}

    def set_out(self, items: Sequence[Item]) -> None:
        """Show these, in this order; where there are many, those further down come soon."""
        for gone in self.cards.keys() - {one.id for one in items}:
            self.cards.pop(gone).remove()
        new = [self._make(one) for one in items if one.id not in self.cards]
        self.cards.update({card.item.id: card for card in new})
        self.cards = {one.id: self.cards[one.id] for one in items}
        if not self._is_filling:
            self._put(self.screen.size.height // ROWS)
            self._fill_soon()
        self._sort()
        for item in items:
            self.cards[item.id].show(item)

    def fill(self) -> AwaitMount | None:
        """Have all of them there; returns what to await before they take keys."""
        mounted = self._put(len(self.cards))
        if mounted is None and not all(card.is_mounted for card in self.cards.values()):
            return self._mounted
        return mounted

    def _put(self, most: int) -> AwaitMount | None:
        """Put the next ones there."""
        next_ones = [card for card in self.cards.values() if card.parent is None][:most]
        if not next_ones:
            return None
        self._grows(self)
        self._mounted = self.mount(*next_ones)
        self._sort()
        return self._mounted

    def _sort(self) -> None:
        order = [card for card in self.cards.values() if card.parent is not None]
        if list(self.children) != order:
            self.sort_children(key=lambda child: order.index(child) if child in order else -1)

    def _fill_soon(self) -> None:
        """Go on after whatever keys there are."""
        self._is_filling = any(card.parent is None for card in self.cards.values())
        if self._is_filling:
            self.set_timer(BREATH, self._fill_on)

    async def _fill_on(self) -> None:
        mounted = self._put(AT_A_TIME)
        if mounted is not None:
            await mounted
            self._grows(self)
            self.call_after_refresh(self._grows, self)
        self._fill_soon()

    def stops(self) -> Iterator[Widget]:
        """Yield what takes keys now, or as soon as it is there."""
        for card in self.cards.values():
            if card.display:
                yield from card.stops()
