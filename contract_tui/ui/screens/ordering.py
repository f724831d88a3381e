"""Things in an order that can be changed, whatever they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from contract_tui.contract.errors import ContractError
from contract_tui.language import _, told
from contract_tui.library.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.ui.screens.page import PageScreen

Thing = TypeVar("Thing")


class OrderScreen(PageScreen, Generic[Thing]):
    """All things in their order; what is done is done at once, and everybody sees it."""

    DEFAULT_CSS = """
    OrderScreen .problem { color: $error; height: auto; }
    """

    # The list scrolls by itself; its arrows are for choosing.
    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 14 columns.
        Binding("escape,q", "close", _("Back")),
        Binding("up", "step(-1)", priority=True),
        Binding("down", "step(1)", priority=True),
        Binding("shift+up,alt+up,minus", "move(-1)", priority=True),
        Binding("shift+down,alt+down,plus", "move(1)", priority=True),
    ]

    def __init__(self, session: Session, chosen: str | None = None) -> None:
        """Begin at the thing with this id, else at the first."""
        super().__init__()
        self.session = session
        self.chosen = chosen
        """The id of the thing that the keys are about; the first one where it is gone."""
        self.listed = Static("", markup=False)
        self.problem = Static("", markup=False, classes="problem")
        self._unsubscribe: Callable[[], None] = lambda: None

    @property
    def things(self) -> Sequence[Thing]:
        """Everything that has a place in the order."""
        raise NotImplementedError

    def id_of(self, thing: Thing) -> str:
        """Return what tells a thing from the others."""
        raise NotImplementedError

    def put_before(self, thing: Thing, before: Thing | None) -> None:
        """Move a thing in front of another, or to the end."""
        raise NotImplementedError

    def show_things(self) -> None:
        """Write the list."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show them as they are, and as they become."""
        self.problem.display = False
        self._unsubscribe = self.session.listen(self.show_things)
        self.show_things()

    def on_unmount(self) -> None:
        """Stop following."""
        self._unsubscribe()

    @property
    def at(self) -> int:
        """Where the chosen thing is in the order."""
        ids = [self.id_of(one) for one in self.things]
        return ids.index(self.chosen) if self.chosen in ids else 0

    @property
    def thing(self) -> Thing:
        """What is chosen."""
        return self.things[self.at]

    def attempt(self, action: Callable[[], object]) -> None:
        """Do something; say why, where it cannot be done."""
        try:
            action()
        except (SessionError, ContractError) as error:
            self.problem.update(told(error))
        else:
            self.problem.update("")
        self.problem.display = bool(self.problem.content)
        self.show_things()

    def action_step(self, by: int) -> None:
        """Choose another thing, in a ring."""
        things = self.things
        self.chosen = self.id_of(things[(self.at + by) % len(things)])
        self.show_things()

    def action_move(self, by: int) -> None:
        """Put the chosen thing before or behind its neighbour."""
        things, thing, at = self.things, self.thing, self.at + by
        self.chosen = self.id_of(thing)
        if 0 <= at < len(things):
            behind = at + 1 if by > 0 else at
            before = things[behind] if behind < len(things) else None
            self.attempt(lambda: self.put_before(thing, before))
