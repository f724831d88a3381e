"""A page of fields: what it follows, how it scrolls, how things on it are taken away and moved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import AwaitMount, Widget

from contract_tui.contract.errors import ContractError
from contract_tui.contract.items.paths import ItemId, main_part
from contract_tui.contract.items.values import Items
from contract_tui.contract.membership.seats import Roster
from contract_tui.contract.schema import PartId
from contract_tui.language import _, told
from contract_tui.library.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.ui.conference.holding import NEW, hold
from contract_tui.ui.pages.cards import Card
from contract_tui.ui.pages.circle import Circle, circle
from contract_tui.ui.pages.fields import Field
from contract_tui.ui.pages.page import PageId
from contract_tui.ui.pages.revealing import Revealing
from contract_tui.ui.people import Company
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.notice import Notice

NOWHERE = ItemId("")
"""Where something is the first or the last of its list already."""


def neighbour(things: Sequence[ItemId], thing: ItemId, by: int) -> ItemId | None:
    """Return before which of these a thing comes that goes up (-1) or down (1); None: the end."""
    at = things.index(thing) + by if thing in things else -1
    if not 0 <= at < len(things):
        return NOWHERE
    behind = at + 1 if by > 0 else at
    return things[behind] if behind < len(things) else None


class Form(Revealing):
    """A page on which one writes; subclasses say what is on it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before any widget sees them: what is typed behind them goes where they lead.
        # At most 16 columns.
        Binding("ctrl+k", "take_away", _("Take away"), priority=True),
        Binding("alt+shift+up", "move(-1)", _("Move up"), show=False, priority=True),
        Binding("alt+shift+down", "move(1)", _("Move down"), show=False, priority=True),
    ]

    def __init__(self, session: Session, page: PageId) -> None:
        super().__init__(session, page)
        self.circle: Circle = circle(session)
        self.offered_back: frozenset[ItemId] = frozenset()
        """What was taken away by somebody who had not seen all that others wrote in it."""
        self._shown: tuple[Items, Roster] | None = None

    # What subclasses say

    def fields(self) -> Iterator[Field]:
        """Yield every text and line of the page."""
        for card in self.cards():
            yield from card.fields()

    def cards(self) -> Iterator[Card]:
        """Yield every thing that is listed on the page."""
        return iter(())

    def set_out(self) -> None:
        """Show the things there are now, and what is said of them."""
        raise NotImplementedError

    # Following

    def on_mount(self) -> None:
        """Show what there is."""
        self.set_out_again()

    def follow(self, company: Company) -> None:  # noqa: ARG002 - people come with the contract
        """Show the latest words, and what is said of things where that has changed."""
        for field in self.fields():
            field.follow()
        contract = self.session.contract
        if self._shown is None:
            return
        items, roster = self._shown
        if items is not contract.items or roster is not contract.roster:
            self.set_out_again()
        for card in self.cards():
            card.sum_up()

    def set_out_again(self) -> None:
        """Show everything as it is said now."""
        contract = self.session.contract
        self._shown = contract.items, contract.roster
        self.circle = circle(self.session)
        self.offered_back = frozenset(one.id for one in self.session.desk.offered_back)
        self.set_out()
        if self.is_attached:
            self.screen.refresh_bindings()

    def editors(self) -> Iterator[tuple[PartId, Editor]]:
        """Yield every editor of a shared text with its part."""
        for field in self.fields():
            if field.editor.part is not None:
                yield field.editor.part, field.editor

    def stop_of(self, part: PartId) -> Widget | None:
        """Return the editor of a part; the thing that it belongs to opens first."""
        for card in self.cards():
            if card.display and part in card.item.parts:
                card.open()
        return dict(self.editors()).get(part)

    # Doing

    def say(self, sentence: str) -> None:
        """Say something above the page."""
        for notice in self.screen.query(Notice) if self.is_attached else ():
            notice.say(sentence)

    def unsay(self, sentence: str) -> None:
        """Say it no longer above the page."""
        for notice in self.screen.query(Notice) if self.is_attached else ():
            notice.unsay(sentence)

    def do(self, action: Callable[[], object]) -> bool:
        """Do something in the contract and show it; say why, where it cannot be done."""
        try:
            action()
        except (SessionError, ContractError) as error:
            self.say(told(error))
            return False
        finally:
            self.set_out_again()
        return True

    def decide(self, part: PartId, action: Callable[[], object]) -> bool:
        """Choose or move something; where one only asks for now, ask what they wonder about.

        `part` is the text of the thing that it counts as a change of.
        """
        if hold(self, self.session, part, lambda: self.do(action), self.say):
            self.set_out_again()
            return False
        return self.do(action)

    def wait(self, part: PartId, add: Callable[[], Awaitable[object] | None]) -> bool:
        """Whether something new waits; beside `part` they are asked what they wonder about."""

        def insist() -> None:
            self.call_later(self.do_and_go, add)

        return hold(self, self.session, NEW, insist, self.say, about=part)

    def insist_on(self, added: ItemId) -> None:
        """Let whoever was asked to add something write in it, too."""
        self.session.conferring.insisting.insist(main_part(added))

    async def do_and_go(self, action: Callable[[], Awaitable[object] | None]) -> None:
        """Do something that leads somewhere, and go there; say why, where it cannot be done."""
        try:
            there = action()
        except (SessionError, ContractError) as error:
            self.say(told(error))
        else:
            if there is not None:
                await there

    async def go_when_there(self, mounted: AwaitMount | None, added: ItemId) -> None:
        """Go to what was just added as soon as it takes keys."""
        if mounted is not None:
            await mounted
        for card in self.cards():
            if card.item.id == added:
                self.go_to(card.main.editor)

    @property
    def card_in_use(self) -> Card | None:
        """The thing that somebody is in."""
        focused = self.screen.focused
        if focused is None:
            return None
        return next((one for one in focused.ancestors_with_self if isinstance(one, Card)), None)

    def kept(self) -> list[tuple[ItemId, str]]:
        """Return what was taken away and is not shown in its place, with its first words."""
        gone = [card for card in self.cards() if not card.is_standing and not card.display]
        return [(card.item.id, card.first_words) for card in gone]

    async def restore(self, thing: ItemId) -> None:
        """Bring a thing back that was taken away."""
        if (there := self.fill()) is not None:
            await there
        for card in self.cards():
            if card.item.id == thing:
                card.bring_back()

    def action_take_away(self) -> None:
        """Take the thing away that one is in, or bring it back."""
        if card := self.card_in_use:
            card.take_away_or_bring_back()

    def action_move(self, by: int) -> None:
        """Put the thing that one is in before or behind its neighbour."""
        if card := self.card_in_use:
            self.move_card(card, by)

    def move_card(self, card: Card, by: int) -> None:
        """Put a thing before or behind its neighbour."""
        others = [one for one in self.cards() if one.is_standing and one.group == card.group]
        before = neighbour([one.item.id for one in others], card.item.id, by)
        if before is NOWHERE:
            return
        self.decide(main_part(card.item.id), lambda: self.session.desk.move(card.item.id, before))
        self.reveal_soon()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done."""
        match action:
            case "take_away":
                return self.session.can_write and self.card_in_use is not None
            case "move":
                card = self.card_in_use
                return self.session.can_write and card is not None and card.can_move
        return True

    def go_to(self, stop: Widget) -> None:
        """Give the keys to one of the stops; the thing that it belongs to opens at once."""
        super().go_to(stop)
        for card in self.cards():
            card.open_or_close()
