"""The things that a page lists: each a line or two, and all of it while somebody is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.contract.errors import ContractError
from contract_tui.contract.headings import beginning
from contract_tui.contract.items import paths
from contract_tui.contract.items.values import Item, Removal
from contract_tui.ui.conference.standing import asks_instead
from contract_tui.ui.conference.words import DAY_WAITS
from contract_tui.ui.messages import Woken
from contract_tui.ui.names import name_of, sentence_start, student_of
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.choice import ChoiceField
from contract_tui.ui.pages.fields import Field, Shape, text_field
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.pages.said import SaidField
from contract_tui.ui.prompts_of_lines import DAYS
from contract_tui.ui.prompts_of_others import OF_OTHERS, of_other

if TYPE_CHECKING:
    from contract_tui.ui.pages.form import Form

LONGEST = 48
"""Characters by which a thing is named that was taken away."""


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
        self.gone = PressLine("", self.bring_back, classes="press gone")
        self.more: Sequence[Field | ChoiceField] = ()
        """Everything but the main text, from when somebody first comes here."""

    # What subclasses say

    def make_more(self) -> Sequence[Field | ChoiceField]:
        """Return everything but the main text."""
        return ()

    def show_more(self) -> None:
        """Show what is said of the thing in everything but the main text."""

    def show_above(self) -> None:
        """Show what stands above the main text."""

    def head(self, said: str) -> None:
        """Write what stands above the main text."""
        self._write(self.above, said, self.banner if self.banner.parent else self.main)

    def summed_up(self) -> Sequence[str]:
        """Return in a few words each what is said of the thing."""
        return ()

    # How it stands on the page

    def compose(self) -> ComposeResult:
        """Put the main text between those of its lines that say something."""
        if self.above.content:
            yield self.above
        if self.banner.content:
            yield self.banner
        yield self.main
        if self.summary.content:
            yield self.summary
        if self.gone.content or self.has_class("-open"):
            yield self.gone

    def _write(self, line: Static, said: str, before: Widget | None = None) -> None:
        """Write one of its lines, and put it there by then: most cards need few of them."""
        if str(line.content) == said:
            return
        line.update(said)
        if line.parent is None and self.main.parent is not None:  # else it comes with the others
            self.mount(line, before=before)

    def _text(self, name: str, label: str, shape: Shape) -> Field:
        return text_field(self.form.session, self.item, name, label, shape)

    def _line(self, name: str, label: str, said: str) -> SaidField:
        field = SaidField(label, said, partial(self._say_day, name), self.form.say)
        field.seal(not self.form.session.can_write)
        field.editor.ask(self._asked(name))
        return field

    def _asked(self, name: str) -> str:
        """What is asked in a line that is said as a whole, of the one who reads it."""
        contract, me = self.form.session.contract, self.form.session.me
        key = paths.kind(self.item.id), name
        other = of_other(contract, self.item, me.id if me else None)
        asked = DAYS[key] if other is None else OF_OTHERS.get(key, DAYS[key])
        return asked.said(me.role if me else None, student_of(contract), other or "")

    def _say_day(self, name: str, day: str) -> object:
        """Say a day, as soon as it is one's turn; raises as the desk does."""
        if asks_instead(self.form.session, self.item.part(self.MAIN)):
            student = sentence_start(student_of(self.form.session.contract))
            raise ContractError(DAY_WAITS.format(name=student))
        return self.said(name, day)

    def _choice(
        self, label: str, labels: Mapping[str, str], choose: Callable[[str], object]
    ) -> ChoiceField:
        field = ChoiceField(label, labels, choose)
        field.seal(not self.form.session.can_write)
        return field

    def text(self, name: str) -> str:
        """The words of one of its texts; "" where it has none."""
        part = self.item.part(name)
        return self.form.session.contract.text(part).text if name in self.item.texts else ""

    def said(self, name: str, value: str | bool) -> object:
        """Say something of the thing; raises as the desk does."""
        return self.form.session.desk.say(self.item.id, name, value)

    def choose(self, name: str) -> Callable[[str], object]:
        """Return what says a choice of the thing."""
        return lambda value: self.decide(lambda: self.said(name, value))

    def decide(self, action: Callable[[], object]) -> bool:
        """Choose something of the thing, or ask beside it."""
        return self.form.decide(self.item.part(self.MAIN), action)

    @property
    def first_words(self) -> str:
        """Its first words."""
        return beginning(self.main.editor.port.text, LONGEST) or words.NOTHING_WRITTEN

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
            stop = field.editor if isinstance(field, Field) else field.bar
            if field.display and stop.parent is not None:  # else it is only just being made
                yield stop

    def show(self, item: Item) -> None:
        """Show the thing as it is said to be now."""
        self.item = item
        self.show_above()
        self._show_said()
        self.sum_up()
        if item.removal is None:
            self._be_there()
        else:
            self._show_taken(item.removal)
        is_offered = item.id in self.form.offered_back
        self.display = self.is_standing or self.is_here or is_offered

    def _show_said(self) -> None:
        """Show what is said of it, as far as it was ever opened."""
        if self.more:
            self.show_more()
        for field in self.more:
            field.settle()

    def _show_taken(self, removal: Removal) -> None:
        """Say who took it away: beside the words of who is in it, else in place of them."""
        name = sentence_start(name_of(self.form.session.contract, removal.by))
        if self.has_class("-gone"):
            return
        if self.is_here:
            self._write(self.banner, words.GONE_WHILE_HERE.format(name=name), self.main)
            self.add_class("-taken")
        elif self.item.id in self.form.offered_back:
            self._be_gone(words.TAKEN_AWAY_UNSEEN.format(name=name, words=self.first_words))

    def _be_gone(self, said: str) -> None:
        self._write(self.gone, f"{said}  ({words.BRING_BACK_HINT})")
        self.add_class("-gone")
        self.remove_class("-taken")

    def _be_there(self) -> None:
        """Offer no longer to bring it back by Enter, and say so no longer."""
        if self.has_class("-gone"):
            self.form.unsay(words.BRINGS_BACK)
        self.remove_class("-gone", "-taken")

    def sum_up(self) -> None:
        """Say in one line what is said of the thing."""
        said = " · ".join(one for one in self.summed_up() if one)
        self._write(self.summary, said)
        self.set_class(not said, "-bare")

    def take_away_or_bring_back(self) -> None:
        """Take it away, or bring it back; one stays where one is."""
        if not self.is_standing:
            self.bring_back()
        elif self.form.do(lambda: self.form.session.desk.remove(self.item.id)):
            self._be_gone(words.TAKEN_AWAY_JUST_NOW.format(words=self.first_words))
            self.form.go_to(self.gone)
            self.form.say(words.BRINGS_BACK)

    def bring_back(self) -> None:
        """Have it in the contract again, and go there."""
        form = self.form
        if form.do(lambda: form.session.desk.bring_back(self.item.id)):
            stops = form.stops()
            form.go_to(self.main.editor if self.is_standing else stops[0])
            form.say(words.BROUGHT_BACK)

    def open(self) -> None:
        """Show all of it; most of it is made only now, since most cards are only read."""
        self.add_class("-open")
        if self.main.parent is not None and self.gone.parent is None:
            self.mount(self.gone)  # takes the keys as soon as the thing is taken away
        if not self.more and (made := self.make_more()):
            self.more = made
            self.mount(Container(*made, classes="more"))
            self._show_said()
            self.screen.post_message(Woken())  # who wrote what is shown by the screen

    def open_or_close(self) -> None:
        """Be all there while somebody is here, else a line or two."""
        if self.is_here:
            self.open()
        else:
            self.remove_class("-open")

    def on_mouse_down(self) -> None:
        """Open where the mouse points at what is said of it."""
        if not self.is_here and self.is_standing:
            self.form.go_to(self.main.editor)

    def on_descendant_focus(self) -> None:
        """Show all of it."""
        self.open_or_close()

    def on_descendant_blur(self) -> None:
        """Be a line or two again; what was taken away goes to the others."""
        if self.is_here or not self.app.app_focus:
            return
        self.open_or_close()
        if not self.is_standing:
            self._be_there()
            self.form.set_out_again()
