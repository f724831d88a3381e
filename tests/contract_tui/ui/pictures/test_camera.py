"""What looks otherwise is named, with the rows that differ and how to look at them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from contract_tui.ui.themes import CONTRAST, DARK, LIGHT
from tests.contract_tui.ui.pictures import camera
from tests.contract_tui.ui.pictures.camera import HOW, SMALL, Camera


class Says(App[None]):
    """A program that says something."""

    def __init__(self, words: str) -> None:
        super().__init__()
        for theme in (DARK, LIGHT, CONTRAST):
            self.register_theme(theme)
        self.theme = DARK.name
        self.words = words

    def compose(self) -> ComposeResult:
        yield Static(self.words)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep these pictures away from those of the program."""
    monkeypatch.setattr(camera, "TAKEN", tmp_path)
    monkeypatch.setattr(camera, "ACCEPT", False)
    monkeypatch.setattr(camera, "_TRIES", 5)


async def taken(words: str, *names: str) -> Camera:
    """Take pictures of what a program says."""
    found = Camera("scene")
    async with Says(words).run_test(size=SMALL) as pilot:
        for name in names:
            await found.take(name, pilot, sizes=(SMALL,))
    return found


async def test_what_looks_as_it_did_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(camera, "ACCEPT", True)
        (await taken("goats", "one")).done()
    (await taken("goats", "one")).done()


async def test_what_looks_otherwise_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(camera, "ACCEPT", True)
        (await taken("goats", "one", "two")).done()
    with pytest.raises(AssertionError) as told:
        (await taken("sheep", "one")).done()
    for said in ("scene/one", "-|goats", "+|sheep", "scene/two is no longer taken", HOW):
        assert said in str(told.value)
