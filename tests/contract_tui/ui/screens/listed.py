"""The list of contracts in an app of its own, and what is done there with a dialog."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Button, OptionList, Static

from contract_tui.library.library import Library
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.widgets.key_bar import KeyBar
from contract_tui.ui.widgets.line_input import LineInput
from tests.contract_tui.ui.sitting import ALONE
from tests.contract_tui.ui.stage import until


@asynccontextmanager
async def opened(library: Library) -> AsyncIterator[tuple[ContractApp, Pilot[None]]]:
    app = ContractApp(library, world=ALONE)
    async with app.run_test(size=(100, 32)) as pilot:
        await until(lambda: isinstance(app.screen, LibraryScreen) and app.screen.size.width > 0)
        await until(lambda: app.screen.query_one("#heading").region.area > 0)
        yield app, pilot


async def answer(app: ContractApp, pilot: Pilot[None], key: str, **answers: str) -> Dialog[object]:
    """Open a dialog with a key, fill it in, and press its button."""
    await pilot.press(key)
    await until(lambda: isinstance(app.screen, Dialog))
    dialog = app.screen
    assert isinstance(dialog, Dialog)
    for name, text in answers.items():
        dialog.query_one(f"#{name}", LineInput).value = text
    dialog.query_one("#confirm", Button).press()
    return dialog


def said(app: ContractApp, words: str) -> bool:
    return any(words in notification.message for notification in app._notifications)


def keys(app: ContractApp) -> str:
    return str(app.screen.query_one(KeyBar).content)


def problem(dialog: Dialog[object]) -> str:
    return str(dialog.query_one("#problem").render())


def foot(app: ContractApp) -> str:
    """What is said below the list of the contract that the mark is at."""
    return str(app.screen.query_one("#foot", Static).content)


def rows(app: ContractApp) -> list[str]:
    """What the list shows, one text for each contract."""
    shown = app.screen.query_one(OptionList)
    return [str(shown.get_option_at_index(n).prompt) for n in range(shown.option_count)]
