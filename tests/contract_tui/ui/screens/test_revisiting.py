"""When a contract is to be taken up again."""

from __future__ import annotations

from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.revisiting import looked_at_again
from contract_tui.ui.widgets.line_input import LineInput
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


def test_what_was_said_is_said_back() -> None:
    assert looked_at_again("2027-03-04") == "You look at it again on 4 March 2027."
    assert looked_at_again("after the hay") == "You look at it again: after the hay."
    assert looked_at_again("") == "When you look at it again is left open."


async def test_when_to_look_at_it_again_is_a_day_or_words(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        screen.action_revisit()
        await until(
            lambda: isinstance(screen.app.screen, Dialog) and screen.app.focused is not None
        )
        line = screen.app.screen.query_one(LineInput)
        line.value = "2027-2-30"
        await pilot.press("enter")
        await until(lambda: screen.app.screen.query_one("#problem").display)
        line.value = "2027-3-14"
        await pilot.press("enter")
        await until(lambda: screen.is_current)
        assert screen.session.contract.items.revisit == "2027-03-14"
        assert "on 14 March 2027" in str(screen.notice.content)
        screen.action_revisit()
        await until(
            lambda: isinstance(screen.app.screen, Dialog) and screen.app.focused is not None
        )
        screen.app.screen.query_one(LineInput).value = "after the hay"
        await pilot.press("enter")
        await until(lambda: screen.session.contract.items.revisit == "after the hay")
