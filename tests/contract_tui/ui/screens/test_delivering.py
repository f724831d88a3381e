"""Taking a contract away through a browser: no folder of the host's computer is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest
from textual.widgets import Button

from contract_tui.library.papers import WHOLE, Form
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.delivering import hand_over
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.exporting import GOAL
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.line_input import LineInput
from tests.contract_tui.ui.screens.listed import problem, said
from tests.contract_tui.ui.screens.test_exporting import is_asked
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


def choose(app: ContractApp, way: str, which: str = "") -> Dialog[object]:
    dialog = app.screen
    assert isinstance(dialog, Dialog)
    dialog.query_one("#way", ChoiceBar).chosen = way
    dialog.query_one("#which", LineInput).value = which
    dialog.query_one("#confirm", Button).press()
    return dialog


@pytest.mark.parametrize(
    ("way", "ending", "begins"),
    [
        (Form.PAPER, ".pdf", b"%PDF-"),
        (Form.PAGE, ".html", b"<!doctype html>"),
        (WHOLE, ".automerge", b"\x85o"),
    ],
)
async def test_the_browser_gets_the_file_and_no_place_is_asked_for(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, way: str, ending: str, begins: bytes
) -> None:
    delivered: dict[str, bytes] = {}

    def deliver(file: BinaryIO, *, save_directory: Path, save_filename: str) -> None:
        delivered[str(save_directory / save_filename)] = file.read()

    async with sitting.workshop() as (screen, _):
        app = screen.app
        assert isinstance(app, ContractApp)
        # Without a browser Textual can deliver text alone.
        monkeypatch.setattr(app, "deliver_binary", deliver)
        hand_over(app, screen.session, screen.library)
        await until(lambda: is_asked(app))
        assert not app.screen.query("#path")
        choose(app, way)
        await until(lambda: said(app, "Your browser has “"))
    ((name, data),) = delivered.items()
    assert name.endswith(ending)
    assert "/" not in name
    assert data.startswith(begins)


async def test_a_goal_that_is_not_there_is_said_and_asked_again(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        app = screen.app
        assert isinstance(app, ContractApp)
        hand_over(app, screen.session, screen.library)
        await until(lambda: is_asked(app))
        dialog = choose(app, GOAL, "no such goal")
        await until(lambda: "goal" in problem(dialog))
