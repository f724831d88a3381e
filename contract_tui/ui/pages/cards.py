"""The things that a page lists: each a line or two, and all of it while somebody is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widget import AwaitMount, Widget
from textual.widgets import Static

from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.choice import ChoiceField
from contract_tui.ui.pages.fields import Field, Shape, text_field
from contract_tui.ui.pages.said import SaidField

if TYPE_CHECKING:
    from contract_tui.ui.pages.form import Form

LONGEST = 48
"""Characters by which a thing is named that was taken away."""


class PressLine(Static, can_focus=True):
    """A line that does one thing: Enter or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "press", "Do it", show=False)]

    class Pressed(Message):
        """Somebody wants what the line says."""

        def __init__(self, line: PressLine) -> None:
            super().__init__()
            self.line = line

        @property
        def control(self) -> PressLine:
            """The line."""
            return self.line

    def __init__(self, text: str, *, classes: str = "press") -> None:
        super().__init__(text, markup=False, classes=classes)

    def action_press(self) -> None:
        """Tell the page."""
        self.post_message(self.Pressed(self))

    async def _on_click(self, _event: events.Click) -> None:
        """Tell the page."""
        self.action_press()


class Card(Container):
    """One thing of a list."""

    MAIN: ClassVar[str] = "what"
    """The text by which it is known."""
    can_move: ClassVar[bool] = True

    def __init__(self, form: Form, item: Item) -> None:
        super().__init__(classes="card")
        self.form = form
        self.item = item
        self.group = ""
        """Things are moved among those of the same group only."""
        self.main = self._text(self.MAIN, "", Shape.HEADING)
        self.above = Static("", classes="above", markup=False)
        self.banner = Static("", classes="banner", markup=False)
        self.summary = Static("", classes="summary", markup=False)
        self.gone = PressLine("", classes="gone")
        self.more: Sequence[Field | ChoiceField] = self.make_more()

    # What subclasses say

    def make_more(self) -> Sequence[Field | ChoiceField]:
        """Return everything but the main text."""
        return ()

    def show_more(self) -> None:
        """Show what is said of the thing."""

    def summed_up(self) -> Sequence[str]:
        """Return in a few words each what is said of the thing."""
        return ()

    # How it stands on the page

    def compose(self) -> ComposeResult:
        """Put the main text first."""
        yield self.above
        yield self.banner
        yield self.main
        yield self.summary
        with Container(classes="more"):
            yield from self.more
        yield self.gone

    def _text(self, name: str, label: str, shape: Shape) -> Field:
        return text_field(self.form.session, self.item, name, label, shape)

    def _line(self, name: str, label: str, said: str) -> SaidField:
        field = SaidField(label, said, lambda text: self.said(name, text), self.form.say)
        field.seal(not self.form.session.can_write)
        field.editor.ask(words.DATE_PROMPT)
        return field

    def _choice(
        self, label: str, labels: Mapping[str, str], choose: Callable[[str], object]
    ) -> ChoiceField:
        field = ChoiceField(label, labels, choose)
        field.seal(not self.form.session.can_write)
        return field

    def said(self, name: str, value: str | bool) -> object:
        """Say something of the thing; raises as the desk does."""
        return self.form.session.desk.say(self.item.id, name, value)

    def choose(self, name: str) -> Callable[[str], object]:
        """Return what says a choice of the thing."""
        return lambda value: self.form.do(lambda: self.said(name, value))

    @property
    def first_words(self) -> str:
        """Its first words."""
        text = " ".join(self.main.editor.port.text.split())
        if not text:
            return words.NOTHING_WRITTEN
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"

    @property
    def is_standing(self) -> bool:
        """Whether it is in the contract, as far as it was not taken away."""
        return self.item.removal is None

    @property
    def is_here(self) -> bool:
        """Whether somebody is in it."""
        focused = self.screen.focused if self.is_attached else None
        return focused is not None and self in focused.ancestors

    def fields(self) -> Iterator[Field]:
        """Yield all its texts and lines."""
        yield self.main
        yield from (field for field in self.more if isinstance(field, Field))

    def stops(self) -> Iterator[Widget]:
        """Yield what takes keys now."""
        if self.has_class("-gone"):
            yield self.gone
            return
        yield self.main.editor
        if not self.has_class("-open"):
            return
        for field in self.more:
            if field.display:
                yield field.editor if isinstance(field, Field) else field.bar

    def show(self, item: Item) -> None:
        """Show the thing as it is said to be now."""
        self.item = item
        self.show_more()
        for field in self.more:
            field.settle()
        self.sum_up()
        by_another = not self.is_standing and not self.has_class("-gone")
        if item.removal is not None and by_another:
            name = self.form.circle.name(item.removal.by, self.form.session.contract)
            self.banner.update(words.GONE_WHILE_HERE.format(name=name))
        self.set_class(by_another, "-taken")
        self.display = self.is_standing or self.is_here
        if self.is_standing:
            self.remove_class("-gone")

    def sum_up(self) -> None:
        """Say in one line what is said of the thing."""
        said = " · ".join(one for one in self.summed_up() if one)
        if str(self.summary.content) != said:
            self.summary.update(said)
        self.set_class(not said, "-bare")

    def take_away_or_bring_back(self) -> None:
        """Take it away, or bring it back; one stays where one is."""
        desk, form = self.form.session.desk, self.form
        if not self.is_standing:
            if form.do(lambda: desk.bring_back(self.item.id)):
                form.go_to(self.main.editor)
                form.say(words.BROUGHT_BACK)
            return
        if not self.form.do(lambda: desk.remove(self.item.id)):
            return
        self.gone.update(
            f"{words.TAKEN_AWAY_JUST_NOW.format(words=self.first_words)}  ({words.BRING_BACK_HINT})"
        )
        self.add_class("-gone")
        self.remove_class("-taken")
        form.go_to(self.gone)
        form.say(words.BRINGS_BACK)

    def on_press_line_pressed(self, event: PressLine.Pressed) -> None:
        """Bring it back."""
        event.stop()
        self.take_away_or_bring_back()

    def open_or_close(self) -> None:
        """Be all there while somebody is here, else a line or two."""
        self.set_class(self.is_here, "-open")

    def on_descendant_focus(self) -> None:
        """Show all of it."""
        self.open_or_close()

    def on_descendant_blur(self) -> None:
        """Be a line or two again; what was taken away goes to the others."""
        if self.is_here or not self.app.app_focus:
            return
        self.open_or_close()
        if not self.is_standing:
            self.remove_class("-gone", "-taken")
            self.form.set_out_again()


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
