"""Nothing on a screen moves by itself, and what is scrolled is there at once."""

from __future__ import annotations

import re
from pathlib import Path

from textual.containers import VerticalScroll

import contract_tui
from contract_tui.library.library import Library
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.help import HelpScreen
from tests.contract_tui.ui.stage import until

ROOM = Path(contract_tui.__file__).parent
MOVING = re.compile(r"\btransition|\banimation\b|@keyframes|text-style:[^;]*blink|scroll-behavior")


async def test_a_page_that_is_turned_stands_there_at_once(empty: Library) -> None:
    app = ContractApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_help()
        await until(
            lambda: isinstance(app.screen, HelpScreen) and bool(app.screen.query(VerticalScroll))
        )
        page = app.screen.query(VerticalScroll).first()
        await until(lambda: page.max_scroll_y > 0)
        stood: list[float] = []

        def note(y: float) -> None:
            stood.append(y)

        app.watch(page, "scroll_y", note, init=False)
        await pilot.press("pagedown")
        await until(lambda: bool(stood))
        await pilot.wait_for_animation()
    assert len(stood) == 1


def test_no_style_of_a_screen_or_a_page_moves_anything() -> None:
    sheets = [one for kind in ("tcss", "css", "py") for one in ROOM.rglob(f"*.{kind}")]
    found = {one.name: MOVING.findall(one.read_text()) for one in sheets}
    assert {name: moving for name, moving in found.items() if moving} == {}


def test_what_would_move_is_found() -> None:
    for style in ("a { transition: all 1s }", "@keyframes pulse {}", "text-style: bold blink;"):
        assert MOVING.search(style)
