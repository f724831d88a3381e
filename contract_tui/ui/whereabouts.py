"""What the others are told of this person: where they are, and that they write."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.timer import Timer

from contract_tui.contract.schema import PartId
from contract_tui.session.session import Session
from contract_tui.ui.widgets.editor import Editor

TYPING_SECONDS = 2.0
"""How long somebody counts as typing after a key."""

Place = tuple[PartId | None, Editor | None]
"""The part somebody is in, and the editor, if that is where their keys go."""


class Whereabouts:
    """Tells the others where this person is, and for a while after each key that they write."""

    def __init__(
        self,
        session: Session,
        place: Callable[[], Place],
        set_timer: Callable[[float, Callable[[], None]], Timer],
    ) -> None:
        self._session = session
        self._place = place
        self._set_timer = set_timer
        self._typing: Timer | None = None
        self._until = 0.0
        """When this person no longer counts as typing, by the clock of this computer."""

    def tell(self) -> None:
        """Tell the others where this person is now."""
        part, editor = self._place()
        if part is None or editor is None:
            self._session.look(part)
        else:
            self._session.look(part, editor.pivot, editor.caret, self._typing is not None)

    def tell_of_key(self) -> None:
        """Tell the others that this person is writing."""
        self._until = monotonic() + TYPING_SECONDS
        if self._typing is None:
            self._typing = self._set_timer(TYPING_SECONDS, self._look)
        self.tell()

    def _look(self) -> None:
        """Tell the others that this person has stopped, unless there was another key."""
        left = self._until - monotonic()
        self._typing = self._set_timer(left, self._look) if left > 0 else None
        if self._typing is None:
            self.tell()
