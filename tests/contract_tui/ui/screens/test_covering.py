"""Covering a slip: exactly the letters that somebody selected."""

from __future__ import annotations

from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.ui.screens.covering import selected_in
from tests.contract_tui.ui.sitting import Sitting


async def test_what_is_selected_is_what_is_covered_while_letters_arrive_before_it(
    sitting: Sitting,
) -> None:
    async with sitting.workshop() as (screen, _):
        editor, session = screen.panes[0].editor, screen.session
        words = editor.text[2:5]
        chosen = session.contract.text(INTERESTS).ids[2:5]
        editor.pivot, editor.caret = 2, 5
        session.edit(INTERESTS, Splice(0, 0, "new "))  # nothing has been shown of it yet
        passage = selected_in(editor, INTERESTS, session)
        assert (passage.text, tuple(passage.elements)) == (words, tuple(chosen))
