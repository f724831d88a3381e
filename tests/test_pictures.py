"""The pictures in the documentation are taken of the real program, and show it as it is today.

`make screenshots` takes them again.
"""

import asyncio
import html
import os
import random
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.library import Library
from contract_tui.library.rehearsal import Stage, set_stage
from contract_tui.library.world import World
from contract_tui.session.session import Session
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import DARK, LIGHT
from sync_server.access.proof import Role
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "images"
TAKE = os.environ.get("PICTURES") == "take"
NOW = 1_790_000_000.0
SEED = 2
PATIENCE = 60.0
PICKED = "Little Swan and Little Bear"


def world() -> World:
    """A world in which nothing is different from one run to the next."""
    return World(clock=lambda: NOW, entropy=random.Random(SEED).randbytes)


@asynccontextmanager
async def at_work(
    folder: Path, theme: str, *, typing: bool = True
) -> AsyncIterator[tuple[ContractApp, Stage]]:
    """The student's program, with the teacher and the parent at the same contract.

    That the teacher is typing shows for three seconds only.
    """
    async with Relay.serve(Settings(port=0, open=True)) as relay:
        same = world()
        stage = set_stage(folder, relay.url, same)
        with (
            Library(stage.homes[Role.TEACHER]) as teachers,
            Library(stage.homes[Role.PARENT]) as parents,
            Library(stage.homes[Role.STUDENT]) as mine,
        ):
            teacher = await Session.open(teachers, stage.contract, world=same)
            parent = await Session.open(parents, stage.contract, world=same)
            at = len(teacher.contract.text(SUPPORTS).text)
            teacher.edit(SUPPORTS, Splice(at, at, "\nShall we try it with Peter first?"))
            at = len(teacher.contract.text(SUPPORTS).text)
            teacher.look(SUPPORTS, at, at, typing=typing)
            at = parent.contract.text(INTERESTS).text.index(PICKED)
            parent.look(INTERESTS, at, at + len(PICKED))
            yield ContractApp(mine, stage.contract, world=same, theme=theme), stage
            await asyncio.gather(teacher.close(), parent.close())


def words(picture: str) -> list[str]:
    """Return the text of a picture, line by line."""
    lines: dict[str, list[tuple[float, str]]] = {}
    for x, y, text in re.findall(
        r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', picture
    ):
        lines.setdefault(y, []).append((float(x), html.unescape(text).replace("\xa0", " ")))
    return ["".join(text for _, text in sorted(parts)).rstrip() for parts in lines.values()]


def on_screen(app: ContractApp) -> str:
    return "\n".join(words(picture_of(app)))


def picture_of(app: ContractApp) -> str:
    """Return the screen as SVG that needs no font from elsewhere."""
    svg = app.export_screenshot(title="contract-tui")
    svg = re.sub(r"@font-face\s*{.*?}|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = svg.replace("<text ", '<text xml:space="preserve" ')
    return svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, monospace")


def everybody_is_here(app: ContractApp) -> bool:
    screen = app.screen
    if not isinstance(screen, WorkshopScreen):
        return False
    return all(person.me or person.part for person in screen.session.people)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await pilot.pause(0.05)


@pytest.mark.parametrize(
    ("name", "size", "theme"),
    [
        ("workshop", (120, 40), DARK.name),
        ("workshop-light", (120, 40), LIGHT.name),
        ("workshop-small", (80, 24), DARK.name),
    ],
)
async def test_a_picture_shows_the_program_of_today(
    tmp_path: Path, name: str, size: tuple[int, int], theme: str
) -> None:
    async with at_work(tmp_path, theme) as (app, _), app.run_test(size=size) as pilot:
        await until(pilot, lambda: everybody_is_here(app))
        await until(pilot, lambda: "shared with everyone" in on_screen(app))
        await until(pilot, lambda: "F1 Help" in on_screen(app))
        await pilot.pause()
        picture = picture_of(app)
    compare(name, picture)


async def test_a_picture_shows_how_somebody_looks_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        async with (
            at_work(tmp_path, DARK.name, typing=False) as (app, _),
            app.run_test(size=(120, 40)) as pilot,
        ):
            await until(pilot, lambda: everybody_is_here(app))
            await until(pilot, lambda: "shared with everyone" in on_screen(app))
            await pilot.press("f3")
            await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
            await pilot.press(*["left"] * 8)
            screen = app.screen
            assert isinstance(screen, HistoryScreen)
            screen.notice.put_away()
            await until(pilot, lambda: "taken out" in on_screen(app))
            await pilot.pause()
            picture = picture_of(app)
    time.tzset()
    compare("looking-back", picture)


def compare(name: str, picture: str) -> None:
    """Compare a picture with the one in the documentation, or take that anew."""
    target = PICTURES / f"{name}.svg"
    if TAKE:
        target.parent.mkdir(exist_ok=True)
        target.write_text(picture)
    assert words(target.read_text()) == words(picture), "make screenshots takes it again"
