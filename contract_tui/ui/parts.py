"""A part of an open contract, as an editor sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from contract_tui.contract.errors import ContractError
from contract_tui.contract.membership.authorship import doubting
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.language import told
from contract_tui.library.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.ui.conference.standing import asks_instead
from contract_tui.ui.conference.words import STUDENTS_FLOOR
from contract_tui.ui.names import sentence_start, student_of
from contract_tui.ui.widgets.editor.port import EditRefused

Result = TypeVar("Result")


class SessionPart:
    """One text of a session's contract."""

    def __init__(self, session: Session, part: PartId) -> None:
        self._session = session
        self.part = part

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self._session.contract.text(self.part).text

    @property
    def version(self) -> int:
        """How many splices have made it."""
        return self._session.contract.text(self.part).version

    def since(self, version: int) -> Sequence[Splice] | None:
        """Return the splices behind a version; None if it is too long ago."""
        return self._session.contract.text(self.part).since(version)

    def author_runs(self, start: int, end: int) -> Sequence[tuple[int, int, bytes]]:
        """Return who wrote what between two offsets, as far as it is shown."""
        text = self._session.contract.text(self.part)
        return doubting(text.author_runs(start, end), text.ids, self._session.doubtful)

    def edit(self, splice: Splice) -> None:
        """Change the text; raises EditRefused, also where one only asks for now."""
        if asks_instead(self._session, self.part):
            student = sentence_start(student_of(self._session.contract))
            raise EditRefused(STUDENTS_FLOOR.format(name=student))
        _refusing(lambda: self._session.edit(self.part, splice))

    def undo(self) -> bool:
        """Take back one's own last change; raises EditRefused."""
        return _refusing(lambda: self._session.undo(self.part))

    def redo(self) -> bool:
        """Bring back what was taken back; raises EditRefused."""
        return _refusing(lambda: self._session.redo(self.part))


def _refusing(action: Callable[[], Result]) -> Result:
    """Do something below; whatever it says to the person becomes an EditRefused."""
    try:
        return action()
    except (SessionError, ContractError) as error:
        raise EditRefused(told(error)) from error
