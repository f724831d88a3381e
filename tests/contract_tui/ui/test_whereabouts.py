"""What the others are told of where somebody is."""

from __future__ import annotations

import pytest

from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.ui import whereabouts
from contract_tui.ui.whereabouts import Place, Whereabouts
from contract_tui.ui.widgets.choices import ChoiceBar
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import press, until


async def test_somebody_types_for_a_while_after_a_key_and_is_still_somewhere_afterwards(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whereabouts, "TYPING_SECONDS", 0.05)
    async with sitting.workshop() as (screen, _):
        told: list[tuple[object, ...]] = []
        look = screen.session.look

        def note(part: object, *place: object) -> None:
            told.append((part, *place))
            look(part, *place)  # type: ignore[arg-type]

        monkeypatch.setattr(screen.session, "look", note)
        editor = screen.panes[0].editor
        await press(editor, "x", "y")
        await until(lambda: (INTERESTS, editor.pivot, editor.caret, True) in told)
        await until(lambda: told[-1] == (INTERESTS, editor.pivot, editor.caret, False))


async def test_whoever_is_at_no_text_is_only_in_its_part(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        place: Place = (SUPPORTS, None)
        Whereabouts(screen.session, lambda: place, screen.set_timer).tell()
        (me,) = [one for one in screen.session.people if one.me]
        assert (me.part, me.head) == (SUPPORTS, None)
        await pilot.press("shift+tab", "shift+tab")
        await until(lambda: isinstance(screen.focused, ChoiceBar))
        assert screen.stops.place() == (screen.panes[2].part, None)
