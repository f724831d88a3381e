"""A dialog whose words are kept when it is left: whoever comes back goes on with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from contract_tui.session.session import Session
from contract_tui.ui.notes import words
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.widgets.long_input import LongInput


class Resumable(Dialog[str]):
    """Asks for words; leaving it keeps them for the place, saying something lets go of them."""

    def __init__(
        self,
        session: Session,
        place: str,
        title: str,
        explanation: str,
        fields: Sequence[Field],
        confirm: str,
        attempt: Callable[[Answers], str],
    ) -> None:
        """`place` is what the words are for, in this dialog: another one keeps its own."""
        self._unsaid = session.unsaid
        self._place = place

        def said(answers: Answers) -> str:
            result = attempt(answers)
            self.let_go()
            return result

        known = self._unsaid.of(place)
        self._began_with = next(known or one.value for one in fields if one.is_long)
        fields = [replace(one, value=self._began_with) if one.is_long else one for one in fields]
        super().__init__(title, explanation, fields, confirm, said)

    def go_on_with(self, typed: str) -> None:
        """Write behind what is there what was typed before this dialog stood."""
        field = self.query_one(LongInput)
        is_parted = not field.text or field.text[-1].isspace() or typed[:1].isspace()
        field.write(typed if is_parted or not typed else f" {typed}")

    def let_go(self) -> None:
        """Keep nothing: it is said."""
        self._unsaid.keep(self._place, "")

    def leave(self) -> None:
        """Keep what was typed, and say so once; nothing is kept of what was there before."""
        text = self.query_one(LongInput).text
        if text.strip() == self._began_with.strip():
            self.dismiss(None)
            return
        self._unsaid.keep(self._place, text)
        self.dismiss(words.KEPT if text.strip() else None)

    def action_cancel(self) -> None:
        """Leave everything as it is."""
        self.leave()
