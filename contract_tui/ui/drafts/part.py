"""A draft, as an editor sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from contract_tui.contract.text.splice import Splice
from contract_tui.library.errors import SessionError
from contract_tui.session.writing.drafting import DraftText
from contract_tui.ui.drafts import words
from contract_tui.ui.widgets.editor.port import EditRefused

Result = TypeVar("Result")


class DraftPart:
    """One draft of this person's; there is nobody else in it."""

    def __init__(self, draft: DraftText) -> None:
        self._draft = draft

    @property
    def text(self) -> str:
        """The draft as it stands."""
        return self._draft.text

    @property
    def version(self) -> int:
        """How many splices have made it."""
        return self._draft.version

    def since(self, version: int) -> Sequence[Splice] | None:
        """Return the splices behind a version; None if it is too long ago."""
        return self._draft.since(version)

    def author_runs(self, start: int, end: int) -> Sequence[tuple[int, int, bytes]]:
        """Return that all of it is by one person, who needs no mark here."""
        return [(start, end, b"")] if start < end else []

    def edit(self, splice: Splice) -> None:
        """Change the draft; raises EditRefused."""
        _refusing(lambda: self._draft.edit(splice))

    def undo(self) -> bool:
        """Take back the last step; raises EditRefused."""
        return _refusing(self._draft.undo)

    def redo(self) -> bool:
        """Bring back what was taken back; raises EditRefused."""
        return _refusing(self._draft.redo)


def _refusing(action: Callable[[], Result]) -> Result:
    try:
        return action()
    except SessionError as error:
        raise EditRefused(words.NOT_KEPT.format(why=error)) from error
