"""A question about what may change while it is asked, such as who is here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual.widgets import Static

from contract_tui.session.session import Session
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field, Result
from contract_tui.ui.touch import told


class FollowingDialog(Dialog[Result]):
    """A question that explains itself anew whenever something changes in the contract."""

    def __init__(
        self,
        title: str,
        explain: Callable[[], str],
        fields: Sequence[Field],
        confirm: str,
        attempt: Callable[[Answers], Result | Awaitable[Result]],
        session: Session,
    ) -> None:
        super().__init__(title, explain(), fields, confirm, attempt)
        self._explain = explain
        self._session = session
        self._unsubscribe: Callable[[], None] = lambda: None

    def on_mount(self) -> None:
        """Begin to follow."""
        self._unsubscribe = self._session.listen(self._wake)
        self._follow()

    def on_unmount(self) -> None:
        """Stop following."""
        self._unsubscribe()

    def _wake(self) -> None:
        self.call_later(self._follow)

    def _follow(self) -> None:
        """Say what is so now."""
        if self.is_attached and (said := self._explain()) != self._explanation:
            self._explanation = said
            self.query_one("#explanation", Static).update(told(self.app, said))
