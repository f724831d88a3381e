"""The page of a goal: what it is, why it matters, what success is, and whatever else is wanted."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import AwaitMount, Widget
from textual.widgets import Static

from contract_tui.contract.errors import ContractError
from contract_tui.contract.items import paths, terms
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.rights import may_say
from contract_tui.contract.items.tokens import Origin
from contract_tui.contract.items.values import Goal, Said, standing
from contract_tui.contract.schema import StructureChoice
from contract_tui.language import _
from contract_tui.session.session import Session
from contract_tui.ui import touch
from contract_tui.ui.names import name_of, sentence_start, student_of
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.attic import Attic
from contract_tui.ui.pages.card_list import CardList
from contract_tui.ui.pages.cards import Card
from contract_tui.ui.pages.choice import ChoiceField
from contract_tui.ui.pages.fields import Field, Shape, text_field
from contract_tui.ui.pages.form import NOWHERE, Form, neighbour
from contract_tui.ui.pages.page import PageId, page_of_goal
from contract_tui.ui.pages.places import heading_of
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.pages.steps import StepCard

FIELDS = terms.FIELDS[paths.GOALS_LIST]


class GoalPage(Form):
    """One goal."""

    MORE: ClassVar[str] = words.NEW_STEP
    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 16 columns.
        Binding("ctrl+k", "take_away", _("Take away"), priority=True),
        Binding("ctrl+k", "say_whose", show=False, priority=True),
    ]

    def __init__(self, session: Session, page: PageId) -> None:
        super().__init__(session, page)
        self.goal = self._found()
        self.banner = Static("", classes="banner", markup=False)
        self.what = text_field(session, self.goal, "what", "", Shape.HEADING)
        self.matters = self._text("matters", Shape.PASSAGE)
        self.success = self._text("success", Shape.PASSAGE)
        self.evidence = self._text("evidence", Shape.QUIET)
        self.together_with = self._text("together_with", Shape.LINE)
        self.origin = self._choice("origin")
        self.origin_note = self._text("origin_note", Shape.LINE)
        self.structure = self._choice("structure_choice")
        self.structure_note = self._text("structure_note", Shape.QUIET)
        self.structure_note.call_it(terms.BECAUSE)
        self.structure_note.add_class("-beside")
        self.stretch = self._choice("stretch")
        self.state = self._choice("state")
        self.steps = CardList(lambda item: StepCard(self, item), self.keep_in_view)
        self._steps_caption = Static(words.STEPS, classes="steps", markup=False)
        self._add = PressLine(
            f"+ {words.ADD_STEP}", partial(self.do_and_go, self.add), classes="press add"
        )
        self._add.display = session.can_write
        self.attic = Attic(words.STEPS_TAKEN_AWAY, self.restore)
        self.goals = Attic(words.GOALS_TAKEN_AWAY, self._restore_goal)

    def _found(self) -> Goal:
        found = self.session.contract.items.find(ItemId(self.page))
        if not isinstance(found, Goal):
            raise ContractError(words.NO_SUCH_GOAL)
        return found

    def _text(self, name: str, shape: Shape) -> Field:
        return text_field(self.session, self.goal, name, FIELDS[name].label, shape)

    def _choice(self, name: str) -> ChoiceField:
        def choose(value: str) -> object:
            say = partial(self.session.desk.say, self.goal.id, name, value)
            return self.decide(self.goal.part("what"), say)

        labels = terms.VALUES[paths.GOALS_LIST, name]
        field = ChoiceField(FIELDS[name].label, labels, choose)
        field.seal(not self.session.can_write)
        return field

    @property
    def heading(self) -> str:
        """What the page is called."""
        return heading_of(self.session.contract, self.page)

    @property
    def _all(self) -> Sequence[Field | ChoiceField]:
        return (
            self.what,
            self.matters,
            self.success,
            self.evidence,
            self.together_with,
            self.origin,
            self.origin_note,
            self.structure,
            self.structure_note,
            self.stretch,
            self.state,
        )

    def compose(self) -> ComposeResult:
        """Put what it is first."""
        yield self.banner
        yield from self._all
        yield self._steps_caption
        yield self.steps
        yield self._add
        yield self.attic
        yield self.goals

    def fields(self) -> Iterator[Field]:
        """Yield every text and line of the page."""
        yield from (field for field in self._all if isinstance(field, Field))
        yield from super().fields()

    def cards(self) -> Iterator[Card]:
        """Yield the steps."""
        yield from self.steps.cards.values()

    # Showing

    def set_out(self) -> None:
        """Show what is said of the goal now."""
        self._list_steps()
        goal, circle = self.goal, self.circle
        origins = self._may_say("origin", self._origins, goal.origin)
        self.origin.seal(not (self.session.can_write and origins.keys() - {goal.origin}))
        self.origin.bar.offer(origins)
        self.origin.show(goal.origin)
        self.origin_note.call_it(words.ORIGIN_NOTES[goal.origin])
        self.origin_note.want(goal.origin in (Origin.NEGOTIATED, Origin.REQUIRED))
        self.structure.show(goal.structure)
        self.structure_note.want(bool(goal.structure))
        self.stretch.seal(not (circle.is_student and self.session.can_write))
        self.stretch.show(goal.stretch)
        states = self._may_say("state", terms.GOAL_STATES, goal.state)
        self.state.seal(not states.keys() - {goal.state})
        self.state.bar.offer(states)
        self.state.show(goal.state)
        whose = (
            ""
            if circle.is_student
            else words.THEIR_OWN_WORDS.format(name=student_of(self.session.contract))
        )
        self.matters.say_whose(whose)
        self.success.say_whose(whose)
        self._announce_removal()
        self._list_goals()

    @property
    def _origins(self) -> Mapping[str, str]:
        """Where a goal may come from, in the words of who reads it."""
        if self.circle.is_student:
            return terms.ORIGINS
        theirs = words.ORIGIN_THEIRS.format(name=student_of(self.session.contract))
        return {**terms.ORIGINS, Origin.MINE: theirs}

    def _may_say(self, name: str, labels: Mapping[str, str], said: str) -> Mapping[str, str]:
        """Return what this person may say of the goal, and what is said of it already."""
        goal, me, pupils = self.goal, self.circle.me, self.circle.pupils
        return {
            value: label
            for value, label in labels.items()
            if value == said or (me and may_say(goal, name, Said(value, me), pupils))
        }

    def fill(self) -> AwaitMount | None:
        """Have all steps there."""
        return self.steps.fill()

    def _list_steps(self) -> None:
        """Show the steps there are now."""
        self.goal = self._found()
        self.steps.set_out(self.goal.steps)
        has_steps = any(card.display for card in self.cards())
        self._steps_caption.display = has_steps
        self._add.set_class(not has_steps, "-apart")
        self.attic.show(self.kept())

    def _announce_removal(self) -> None:
        """Say that the goal was taken away, and how it comes back."""
        removal, circle = self.goal.removal, self.circle
        self.set_class(removal is not None, "-taken")
        if removal is None:
            return
        if removal.by == circle.me:
            self.banner.update(touch.told(self.app, words.GOAL_GONE_BY_YOU))
            return
        contract = self.session.contract
        name = sentence_start(name_of(contract, removal.by))
        may = circle.is_student or not circle.pupils
        said = words.GOAL_GONE if may else words.GOAL_GONE_FOR_OTHERS
        told = said.format(name=name, student=student_of(contract))
        self.banner.update(touch.told(self.app, told))

    def _list_goals(self) -> None:
        """List the other goals that were taken away."""
        contract = self.session.contract
        gone = [one for one in contract.items.goals if one.removal and one.id != self.goal.id]
        self.goals.show([(one.id, heading_of(contract, page_of_goal(one.id))) for one in gone])

    def _restore_goal(self, goal: ItemId) -> None:
        if self.do(lambda: self.session.desk.bring_back(goal)):
            self.go_to(self.what.editor)
            self.say(words.BROUGHT_BACK)

    # Going about

    def stops(self) -> Sequence[Widget]:
        """Return what takes keys."""
        stops: list[Widget] = []
        for field in self._all:
            if not field.display:
                continue
            if isinstance(field, Field):
                stops.append(field.editor)
            elif not field.bar.locked:
                stops.append(field.bar)
        add = [self._add] if self.session.can_write else []
        return [*stops, *self.steps.stops(), *add, *self.attic.stops(), *self.goals.stops()]

    @property
    def is_listing(self) -> bool:
        """Whether steps are wanted: there are some, or to be shown them is what was chosen."""
        return bool(standing(self.goal.steps)) or self.goal.structure is StructureChoice.STEPS

    def add(self) -> Awaitable[object] | None:
        """Add a step and go there; raises as the desk does."""
        if self.wait(self.goal.part("what"), self._add_now):
            return None
        return self._add_now()

    def _add_now(self) -> Awaitable[object] | None:
        added = self.session.desk.add_step(self.goal.id)
        self.insist_on(added)
        self._list_steps()
        return self.go_when_there(self.fill(), added)

    # Taking the goal away, and its place among the goals

    def action_take_away(self) -> None:
        """Take away the step that one is in, else the goal; or bring it back."""
        if self.card_in_use:
            super().action_take_away()
            return
        desk, goal = self.session.desk, self.goal
        if goal.removal is not None:
            if self.do(lambda: desk.bring_back(goal.id)):
                self.say(words.BROUGHT_BACK)
        elif self.do(lambda: desk.remove(goal.id)):
            self.scroll_to(y=0, animate=False)

    def action_say_whose(self) -> None:
        """Tell an adult who can take a goal away, and what they can do instead."""
        self.say(words.NOT_YOURS_TO_TAKE.format(name=student_of(self.session.contract)))

    def action_move(self, by: int) -> None:
        """Move the step that one is in, else the goal among the goals."""
        if self.card_in_use:
            super().action_move(by)
            return
        goals = [one.id for one in standing(self.session.contract.items.goals)]
        if (before := neighbour(goals, self.goal.id, by)) is not NOWHERE:
            move = partial(self.session.desk.move, self.goal.id, before)
            self.decide(self.goal.part("what"), move)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done: a goal is the student's to take away."""
        if action == "say_whose":
            return self.session.can_write and not self.check_action("take_away", ())
        if self.card_in_use or action not in ("take_away", "move"):
            return super().check_action(action, parameters)
        if not self.session.can_write:
            return False
        if action == "take_away":
            return self.circle.is_student or not self.circle.pupils
        return len(standing(self.session.contract.items.goals)) > 1
