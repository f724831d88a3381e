"""Taking a contract away, from the list and from its own screen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual.widgets import Button

from contract_tui.library.papers import WHOLE, Form
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.exporting import GOAL, PROMISES, take_open_away
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.line_input import LineInput
from sync_server.access.proof import Role
from tests.contract_tui.ui.screens.listed import opened, problem, said
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


@pytest.mark.parametrize(
    ("way", "ending", "begins"),
    [
        (Form.PAPER, ".pdf", b"%PDF-"),
        (Form.PAGE, ".html", b"<!doctype html>"),
        (WHOLE, ".automerge", b"\x85o"),
    ],
)
async def test_a_contract_is_taken_away_from_the_list(
    sitting: Sitting, tmp_path: Path, way: str, ending: str, begins: bytes
) -> None:
    async with opened(sitting.libraries[Role.STUDENT]) as (app, pilot):
        await pilot.press("ctrl+s")
        await until(lambda: is_asked(app))
        fill(app, way, tmp_path / "mine")
        await until(lambda: said(app, f"Written to {tmp_path / 'mine'}{ending}"))
    assert (tmp_path / f"mine{ending}").read_bytes().startswith(begins)


async def test_an_open_contract_is_printed_with_words_that_were_just_typed(
    sitting: Sitting, tmp_path: Path
) -> None:
    async with sitting.workshop() as (screen, _):
        app = screen.app
        assert isinstance(app, ContractApp)
        take_open_away(app, screen.session, screen.library)
        await until(lambda: is_asked(app))
        dialog = fill(app, GOAL, tmp_path, "no such goal")
        await until(lambda: "goal" in problem(dialog))
        fill(app, GOAL, tmp_path / "mine.txt", "1")
        await until(lambda: "end the file’s name in .pdf" in problem(dialog))
        fill(app, Form.PAPER, tmp_path / "mine.txt")
        await until(lambda: said(app, f"Written to {tmp_path / 'mine.txt'}"))
    assert (tmp_path / "mine.txt").read_text().startswith(screen.session.contract.title)


async def test_without_what_sets_pages_one_learns_which_package_that_is(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    async with sitting.workshop() as (screen, _):
        app = screen.app
        assert isinstance(app, ContractApp)
        take_open_away(app, screen.session, screen.library)
        await until(lambda: is_asked(app))
        dialog = fill(app, Form.PAPER, tmp_path / "mine")
        await until(lambda: "one more package" in problem(dialog))
        assert "pip install typst" in problem(dialog)
    assert not (tmp_path / "mine.pdf").exists()


async def test_promises_are_taken_home_by_everybody_or_by_one(
    sitting: Sitting, tmp_path: Path
) -> None:
    async with opened(sitting.libraries[Role.STUDENT]) as (app, pilot):
        await pilot.press("ctrl+s")
        await until(lambda: is_asked(app))
        dialog = fill(app, PROMISES, tmp_path / "mine", "nobody at all")
        await until(lambda: "Nobody here is called “nobody at all”" in problem(dialog))
        fill(app, PROMISES, tmp_path / "mine.html", "he")
        await until(lambda: said(app, f"Written to {tmp_path / 'mine.html'}"))
        await pilot.press("ctrl+s")
        await until(lambda: is_asked(app))
        fill(app, PROMISES, tmp_path / "mine")
        await until(lambda: said(app, f"Written to {tmp_path / 'mine-promises.pdf'}"))
    assert "Heidi: what I promise" in (tmp_path / "mine.html").read_text()
    assert (tmp_path / "mine-promises.pdf").read_bytes().startswith(b"%PDF-")


async def test_a_folder_is_given_a_file_and_no_place_is_asked_for(
    sitting: Sitting, tmp_path: Path
) -> None:
    async with opened(sitting.libraries[Role.STUDENT]) as (app, pilot):
        await pilot.press("ctrl+s")
        await until(lambda: is_asked(app))
        dialog = fill(app, Form.PAGE, "")
        await until(lambda: "where the file should go" in problem(dialog))
        fill(app, Form.PAGE, tmp_path)
        await until(lambda: said(app, "Written to"))
    assert holds(tmp_path, "*.html")


def holds(folder: Path, pattern: str) -> bool:
    return any(folder.glob(pattern))


def is_asked(app: ContractApp) -> bool:
    """Whether a dialog is there and has chosen what it proposes."""
    return any(bar.chosen and isinstance(app.screen, Dialog) for bar in app.screen.query(ChoiceBar))


def fill(app: ContractApp, way: str, path: Path | str, which: str = "") -> Dialog[object]:
    dialog = app.screen
    assert isinstance(dialog, Dialog)
    dialog.query_one("#way", ChoiceBar).chosen = way
    dialog.query_one("#which", LineInput).value = which
    dialog.query_one("#path", LineInput).value = str(path)
    dialog.query_one("#confirm", Button).press()
    return dialog
