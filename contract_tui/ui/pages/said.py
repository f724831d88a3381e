"""A line of a thing that is said as a whole, as a date is: shared when one leaves it.

It stands in an editor like everything else, so that all keys mean the same; but it is no text, and
of what two people say at once one stands. A date is shown in words, and may be written so.
"""

from __future__ import annotations

from collections.abc import Callable

from contract_tui.contract.errors import ContractError
from contract_tui.exports import dates
from contract_tui.language import told
from contract_tui.library.errors import SessionError
from contract_tui.ui.days import day_in
from contract_tui.ui.pages.fields import Field, Shape
from contract_tui.ui.widgets.editor.line import Line

Say = Callable[[str], object]
"""Says it in the contract; raises SessionError or ContractError."""


class SaidField(Field):
    """A label and a line that is said when one leaves it."""

    def __init__(self, label: str, said: str, say: Say, tell: Callable[[str], None]) -> None:
        """`tell` hears why it could not be said."""
        self._line = Line(dates.when(said))
        super().__init__(self._line, None, label, Shape.LINE)
        self._say = say
        self._tell = tell

    def show(self, said: str) -> None:
        """Show what is said in the contract."""
        if (shown := dates.when(said)) != self._line.said:
            self._line.follow(shown)
        self.follow()

    def on_descendant_blur(self) -> None:
        """Say it."""
        self.finish()

    def on_unmount(self) -> None:
        """Say what somebody had begun."""
        self.finish()

    def finish(self) -> None:
        """Say what stands here, if that is something else than what was said."""
        if not self._line.is_open:
            return
        try:
            said = day_in(self._line.text)
            self._say(said)
        except (SessionError, ContractError) as error:
            self._tell(told(error))
        else:
            self._line.close()
            self._line.follow(dates.when(said))
        self.follow()
