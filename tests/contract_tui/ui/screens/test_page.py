"""Pages to read, in a small window too."""

from __future__ import annotations

import pytest
from textual.app import App

from contract_tui.ui import themes
from contract_tui.ui.screens.help import HISTORY, LIBRARY, ROOM, WORKSHOP, HelpScreen
from contract_tui.ui.screens.notice import NoticeScreen
from contract_tui.ui.screens.page import PageScreen
from tests.contract_tui.ui.stage import until

COLUMNS = 70
"""Of a page, in a window of eighty."""


class Reading(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.OWN_VARIABLES


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
@pytest.mark.parametrize("explanation", [LIBRARY, WORKSHOP, ROOM])
async def test_a_page_is_read_to_its_end_with_the_keys(
    explanation: str, size: tuple[int, int]
) -> None:
    app, screen = Reading(), HelpScreen(explanation)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(screen)
        page = screen.query_one("#page")
        await until(lambda: page.has_focus and page.max_scroll_y > 0)
        await pilot.press("end")
        await until(lambda: page.scroll_offset.y == page.max_scroll_y)
        assert screen.query_one("#way-back").region.bottom <= size[1]


@pytest.mark.parametrize("explanation", [LIBRARY, WORKSHOP, HISTORY])
def test_what_a_key_does_stands_beside_it_in_eighty_columns(explanation: str) -> None:
    rows = [row for row in explanation.splitlines() if "   " in row]
    assert rows
    assert [row for row in rows if len(row) > COLUMNS] == []


@pytest.mark.parametrize("screen", [HelpScreen("Help."), NoticeScreen("Look.\nrun this")])
async def test_the_way_back_can_be_clicked(screen: PageScreen) -> None:
    app = Reading()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen)
        back = screen.query_one("#way-back")
        await until(lambda: back.region.area > 0 and screen.WAY_BACK in str(back.render()))
        await pilot.pause()
        await pilot.click(back, offset=(back.size.width - 3, 0))
        await until(lambda: app.screen is not screen)
