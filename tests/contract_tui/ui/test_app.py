"""Which screen is shown."""

from __future__ import annotations

from contract_tui.library.library import Library
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.help import HelpScreen
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.notice import NoticeScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import DARK, following
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import until


async def test_without_a_contract_the_library_is_shown(empty: Library) -> None:
    app = ContractApp(empty)
    async with app.run_test(size=(80, 24)):
        await until(lambda: isinstance(app.screen, LibraryScreen))


async def test_a_notice_is_shown_in_front_and_its_lines_can_be_copied(sitting: Sitting) -> None:
    library = sitting.libraries[Role.STUDENT]
    app = ContractApp(library, sitting.contract, "Paste these:\none --flag\ntwo", world=ALONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: isinstance(app.screen, NoticeScreen))
        await pilot.press("1")
        assert app.clipboard == "one --flag"
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, WorkshopScreen))


async def test_a_contract_that_is_not_there_is_said_and_the_library_shown(empty: Library) -> None:
    app = ContractApp(empty, DocumentId(bytes(16)))
    async with app.run_test(size=(80, 24)):
        await until(lambda: isinstance(app.screen, LibraryScreen))
        await until(lambda: any("There is no contract" in n.message for n in app._notifications))


async def test_what_can_wait_is_done_once_when_the_contract_is_on_the_screen(
    sitting: Sitting,
) -> None:
    painted: list[bool] = []

    def note() -> None:
        shown = app.screen
        assert isinstance(shown, WorkshopScreen)
        painted.append(shown.panes[0].editor.size.height > 0)

    library = sitting.libraries[Role.STUDENT]
    app = ContractApp(library, sitting.contract, on_shown=note, world=ALONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: painted == [True])
        app.open_contract(sitting.contract)
        before = app.screen
        await until(lambda: isinstance(app.screen, WorkshopScreen) and app.screen is not before)
        await pilot.pause()
    assert painted == [True]


async def test_help_asked_for_while_a_contract_opens_does_not_get_in_the_way(
    sitting: Sitting,
) -> None:
    app = ContractApp(sitting.libraries[Role.STUDENT], sitting.contract, world=ALONE)
    async with app.run_test(size=(80, 24)):
        app.action_help()
        await until(lambda: isinstance(app.screen, WorkshopScreen | HelpScreen))
        await until(lambda: isinstance(app.screen, WorkshopScreen))
        assert len(app.screen_stack) == 2


async def test_quitting_closes_the_contract(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        await pilot.press("ctrl+q")
    pulse = screen.session._pulse
    assert pulse is not None
    assert pulse.done()


async def test_words_that_are_not_saved_are_not_left_without_a_question(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):

        def is_asking() -> bool:
            return isinstance(pilot.app.screen, Dialog)

        sitting.libraries[Role.STUDENT].erase(sitting.contract)
        await pilot.press("x", "ctrl+q")
        assert is_asking()
        await pilot.press("ctrl+q", "escape")
        assert screen.is_current
        await pilot.press("f9")
        assert is_asking()
        await pilot.press("escape", "ctrl+q")
        await pilot.click("#confirm")
        await until(lambda: not pilot.app.is_running)


def test_looks_go_round_and_come_back_from_others() -> None:
    seen = [following(DARK.name)]
    while seen[-1] != DARK.name:
        seen.append(following(seen[-1]))
    assert len(seen) == 3
    assert following("nord") == DARK.name
