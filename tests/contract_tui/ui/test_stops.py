"""Where one can go in an open contract."""

from __future__ import annotations

from contract_tui.contract.schema import SUPPORTS, TITLE
from contract_tui.ui.pages.page import PROMISES, address
from contract_tui.ui.widgets.choices import ChoiceBar
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


async def test_whatever_has_no_place_in_the_ring_comes_before_its_first(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        stops = screen.stops
        ring = [stops.beside(None, 1)]
        for _ in range(4):
            ring.append(stops.beside(ring[-1], 1))
        assert ring[0] is screen.title_editor
        assert isinstance(ring[4], ChoiceBar)
        assert stops.beside(ring[4], 1) is ring[0]
        assert [stops.beside(stop, -1) for stop in ring[1:]] == ring[:-1]


async def test_on_a_page_nobody_comes_into_the_title_with_tab(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        await screen.going.go_there(address(PROMISES))
        stops, page = screen.stops, screen.ground.stops()
        assert stops.beside(page[0], -1) is page[-1]
        assert stops.beside(page[-1], 1) is page[0]
        assert stops.beside(screen.title_editor, 1) is page[0]
        assert stops.beside(screen.title_editor, -1) is page[-1]


async def test_the_open_section_is_in_use_where_no_text_has_the_keys(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        screen.open_part(SUPPORTS)
        await until(lambda: screen.panes[1].editor.has_focus)
        assert screen.stops.place() == (SUPPORTS, screen.panes[1].editor)
        screen.set_focus(None)
        await until(lambda: screen.stops.place() == (SUPPORTS, None))
        assert screen.stops.editor_in_use() is screen.panes[1].editor
        screen.open_part(TITLE)
        await until(lambda: screen.title_editor.has_focus)
        assert screen.stops.editor_in_use() is screen.title_editor
