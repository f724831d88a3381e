"""A page that lists things: its heading, the things, a line to add one, what was taken away."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import AwaitMount, Widget
from textual.widgets import Static

from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item
from contract_tui.contract.schema import PartId
from contract_tui.session.session import Session
from contract_tui.ui.names import student_of
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.attic import Attic
from contract_tui.ui.pages.card_list import CardList
from contract_tui.ui.pages.cards import Card
from contract_tui.ui.pages.form import Form
from contract_tui.ui.pages.page import PageId
from contract_tui.ui.pages.places import heading_of
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.prompts_of_lines import EMPTY


class Heading(Static, can_focus=True):
    """What a page is called; it has the keys where nothing else could."""

    def __init__(self, text: str) -> None:
        super().__init__(text, classes="heading", markup=False)


class Listing(Form):
    """The things of one list."""

    ADD: str
    """What the line says that adds one."""
    KIND: ClassVar[str]
    """Which list."""
    ABOUT: ClassVar[PartId | None] = None
    """Beside what adults ask before they add one on the student's floor; None: they need not."""

    def __init__(self, session: Session, page: PageId) -> None:
        super().__init__(session, page)
        self.top = Heading(self.heading)
        self.list = CardList(self.make_card, self.keep_in_view)
        self.attic = Attic(words.TAKEN_AWAY, self.restore)
        self._nothing = Static("", classes="nothing", markup=False)
        self._add = PressLine(
            f"+ {self.ADD}", partial(self.do_and_go, self.add_by_enter), classes="press add"
        )
        self._add.display = session.can_write

    @property
    def heading(self) -> str:
        """What the page is called."""
        return heading_of(self.session.contract, self.page)

    def compose(self) -> ComposeResult:
        """Put the things below the heading."""
        yield self.top
        yield self._nothing
        yield self.list
        yield self._add
        yield self.attic

    def things(self) -> Sequence[Item]:
        """Return all there are, in the order in which they are shown."""
        raise NotImplementedError

    def make_card(self, item: Item) -> Card:
        """Return what shows one of them."""
        raise NotImplementedError

    def add_one(self) -> ItemId:
        """Add one more; raises as the desk does."""
        raise NotImplementedError

    def cards(self) -> Iterator[Card]:
        """Yield all that are listed."""
        yield from self.list.cards.values()

    def set_out(self) -> None:
        """Show the things there are now."""
        things = self.things()
        self.list.set_out(things)
        me = self.session.me
        asked = EMPTY[self.KIND].said(me.role if me else None, student_of(self.session.contract))
        self._nothing.update(asked)
        self._nothing.display = all(one.removal for one in things)
        self.attic.show(self.kept())

    def set_out_list(self) -> AwaitMount | None:
        """Show the things there are now; returns what to await before new ones take keys."""
        Listing.set_out(self)
        return self.fill()

    def fill(self) -> AwaitMount | None:
        """Have all things there."""
        return self.list.fill()

    def stops(self) -> Sequence[Widget]:
        """Return what takes keys."""
        add = [self._add] if self.session.can_write else []
        return [*self.list.stops(), *add, *self.attic.stops()] or [self.top]

    def add(self) -> Awaitable[object] | None:
        """Add one more and go there; raises as the desk does."""
        if self.ABOUT and self.wait(self.ABOUT, self._add_now):
            return None
        return self._add_now()

    def _add_now(self) -> Awaitable[object] | None:
        added = self.add_one()
        self.insist_on(added)
        return self.go_when_there(self.set_out_list(), added)

    def add_by_enter(self) -> Awaitable[object] | None:
        """Add one more as the line says on which somebody pressed Enter."""
        return self.add()
