"""The page of promises: who promises whom what, and what became of it by the word of the latter."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from contract_tui.contract.items import paths, terms
from contract_tui.contract.items.tokens import Outcome
from contract_tui.contract.items.values import Item, Promise
from contract_tui.contract.schema import INTERESTS
from contract_tui.exports import dates
from contract_tui.session.session import Session
from contract_tui.ui.haste import Haste
from contract_tui.ui.names import name_of, sentence_start
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.cards import Card
from contract_tui.ui.pages.choice import ChoiceField
from contract_tui.ui.pages.fields import Field
from contract_tui.ui.pages.form import Form
from contract_tui.ui.pages.listing import Listing
from contract_tui.ui.pages.page import PageId
from sync_server.access.proof import SeatId

FIELDS = terms.FIELDS[paths.PROMISES_LIST]


class PromiseCard(Card):
    """What one person promises another."""

    item: Promise

    def __init__(self, form: Form, item: Item) -> None:
        super().__init__(form, item)
        self.add_class("-plain")
        self.group = between(self.item)

    def make_more(self) -> Sequence[Field | ChoiceField]:
        """Return by when, and what became of it."""
        self.when = self._line("when", FIELDS["when"].label, self.item.when)
        self.outcome = self._choice(FIELDS["outcome"].label, terms.OUTCOMES, self._close)
        return [self.when, self.outcome]

    def _close(self, outcome: str) -> object:
        desk = self.form.session.desk
        return self.form.do(lambda: desk.close_promise(self.item.id, Outcome(outcome)))

    def show_more(self) -> None:
        """Show what is said of it; only whom it was made to says what became of it."""
        mine = self.item.to == self.form.circle.me
        self.outcome.seal(not (mine and self.form.session.can_write))
        self.when.show(self.item.when)
        self.outcome.show(self.item.outcome)

    def head(self, sentence: str) -> None:
        """Say who promises whom, above the first of several."""
        super().head(sentence)
        self.set_class(bool(sentence), "-first")

    def summed_up(self) -> Sequence[str]:
        """Return by when, what became of it, and who wrote it down where that is another."""
        item, form = self.item, self.form
        return [dates.when(item.when), self._outcome(), self._writer(form.circle.me)]

    def _outcome(self) -> str:
        outcome = terms.OUTCOMES.get(self.item.outcome)
        if not outcome:
            return ""
        if self.item.to == self.form.circle.me:
            return words.OUTCOME_SAID_BY_YOU.format(outcome=outcome)
        name = name_of(self.form.session.contract, self.item.to)
        return words.OUTCOME_SAID.format(outcome=outcome, name=name)

    def _writer(self, me: SeatId | None) -> str:
        writer, contract = self.item.added_by, self.form.session.contract
        if writer == contract.roster.person(self.item.by).id:
            return ""
        name = name_of(contract, writer)
        mine = writer == me
        return words.WRITTEN_DOWN_BY_YOU if mine else terms.WRITTEN_DOWN_BY.format(name=name)


class Asking(Container):
    """Asks who promises, and to whom."""

    def __init__(self, form: PromisesPage) -> None:
        super().__init__(classes="asking")
        self._form = form
        self.by = ChoiceField(FIELDS["by"].label, {}, self._chosen)
        self.to = ChoiceField(words.PROMISE_TO, {}, self._add)
        self._promising: SeatId | None = None
        self.haste = Haste()

    def compose(self) -> ComposeResult:
        """Ask who promises first; the answer is there already."""
        yield self.by
        yield self.to

    def begin(self) -> None:
        """Ask again from the beginning."""
        self._promising = self._form.circle.me
        self.follow()

    def follow(self) -> None:
        """Offer everybody who is there now."""
        circle = self._form.circle
        self.by.bar.offer(circle.options(words.ME))
        self.to.bar.offer(circle.options(words.MYSELF))
        self.by.show(self._promising or circle.me or "")

    def _chosen(self, seat: str) -> None:
        self._promising = SeatId(seat) if seat else self._form.circle.me
        self.follow()

    def begin_in_haste(self) -> None:
        """Ask again; whoever only held Enter has not seen yet who stands first."""
        self.begin()
        self.haste.begin(next(iter(self._form.circle.options(words.MYSELF)), ""))

    def _add(self, seat: str) -> Awaitable[None] | None:
        is_meant = self.haste.is_meant(seat)
        if not is_meant:
            self.haste.begin(seat)
        return self._form.promise(SeatId(seat), self._promising) if seat and is_meant else None


class PromisesPage(Listing):
    """Promises."""

    MORE: ClassVar[str] = words.NEW_PROMISE
    ADD = words.ADD_PROMISE
    KIND = paths.PROMISES_LIST

    def __init__(self, session: Session, page: PageId) -> None:
        super().__init__(session, page)
        self.asking = Asking(self)
        self.asking.display = False

    def compose(self) -> ComposeResult:
        """Ask to whom in the place of the line that adds one."""
        yield self.top
        yield self._nothing
        yield self.list
        yield self._add
        yield self.asking
        yield self.attic

    def things(self) -> Sequence[Item]:
        """Return all promises, those between the same two people together."""
        found = self.session.contract.items.promises
        groups = list(dict.fromkeys(map(between, found)))
        return sorted(found, key=lambda one: groups.index(between(one)))

    def make_card(self, item: Item) -> Card:
        """Return what shows one of them."""
        return PromiseCard(self, item)

    def set_out(self) -> None:
        """Say who promises whom above the first promise that is shown between the two."""
        super().set_out()
        said: set[str] = set()
        for card in self.cards():
            assert isinstance(card, PromiseCard)
            card.group = between(card.item)
            begins = card.display and card.group not in said
            card.head(self._sentence(card.item) if begins else "")
            if card.display:
                said.add(card.group)
        if self.asking.display:
            self.asking.follow()

    def _sentence(self, promise: Promise) -> str:
        contract, circle = self.session.contract, self.circle
        by, to = sentence_start(name_of(contract, promise.by)), name_of(contract, promise.to)
        match promise.by == circle.me, promise.to == circle.me:
            case True, True:
                return words.YOU_PROMISE_YOURSELF
            case True, False:
                return words.YOU_PROMISE.format(name=to)
            case False, True:
                return words.PROMISES_YOU.format(name=by)
        if promise.by == promise.to:
            return words.PROMISES_SELF.format(name=by)
        return words.PROMISES.format(by=by, to=to)

    def stops(self) -> Sequence[Widget]:
        """Return what takes keys."""
        asked: Iterator[Widget] = iter(())
        if self.asking.display:
            asked = iter((self.asking.by.bar, self.asking.to.bar))
        add = [self._add] if self.session.can_write and not self.asking.display else []
        return [*self.list.stops(), *add, *asked, *self.attic.stops()] or [self.top]

    def add(self) -> Awaitable[object] | None:
        """Ask to whom; a promise is there as soon as that is said."""
        self.asking.begin()
        self.asking.display = True
        self._add.display = False
        self.go_to(self.asking.to.bar)
        return None

    def add_by_enter(self) -> Awaitable[object] | None:
        """Ask to whom; a doubled Enter promises nothing to whoever stands first."""
        made = self.add()
        self.asking.begin_in_haste()
        return made

    async def promise(self, to: SeatId, by: SeatId | None) -> None:
        """Add a promise and go there."""
        self.asking.display = False
        self._add.display = True

        def add() -> Awaitable[object]:
            added = self.session.desk.add_promise(to, by)
            self.insist_on(added)
            return self.go_when_there(self.set_out_list(), added)

        is_anothers = by is not None and by != self.circle.me
        if not (is_anothers and self.wait(INTERESTS, add)):
            await self.do_and_go(add)


def between(promise: Item) -> str:
    """Return who promises whom, as one word."""
    return f"{promise.string('by')} {promise.string('to')}"
