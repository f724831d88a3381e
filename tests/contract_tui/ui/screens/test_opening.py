"""While a contract is read."""

from __future__ import annotations

from textual.widgets import ProgressBar, Static

from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.opening import OpeningScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import ALONE, Sitting, is_ready
from tests.contract_tui.ui.stage import until


async def test_how_much_has_been_read_is_shown_and_one_need_not_wait(sitting: Sitting) -> None:
    app = ContractApp(sitting.libraries[Role.STUDENT], world=ALONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: isinstance(app.screen, LibraryScreen))
        screen = OpeningScreen(app.library, sitting.contract, ALONE)
        screen._open = lambda: None  # type: ignore[method-assign,assignment,return-value]
        app._show(screen)
        await until(lambda: screen.is_mounted and len(screen.query(Static)) == 1)
        screen._show(200, 200)
        await pilot.pause()
        assert not screen.query(ProgressBar)
        screen._show(100, 2000)
        screen._show(500, 2000)
        await until(lambda: len(screen.query(ProgressBar)) == 1)
        bar = screen.query_one(ProgressBar)
        await until(lambda: bar.size.height == 1 and bar.percentage == 0.25)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, LibraryScreen))


async def test_a_contract_is_shown_when_it_has_been_read(sitting: Sitting) -> None:
    app = ContractApp(sitting.libraries[Role.STUDENT], sitting.contract, world=ALONE)
    async with app.run_test(size=(80, 24)):
        await until(lambda: isinstance(app.screen, OpeningScreen))
        await until(lambda: is_ready(app.screen))
