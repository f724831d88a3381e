"""A walk past the screens of a contract, on a terminal of 80 columns and 24 lines.

What stands on each is printed as JSON. Sentences are looked up once, when their modules are
imported: `speak` has to be called before this one is.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen

from contract_tui.library.library import Library
from contract_tui.library.rehearsal import set_stage
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import until

SIZE = (80, 24)
RELAY = "ws://127.0.0.1:1"
"""Where nobody answers."""
OVER_THE_WORKSHOP = (
    *("f1", "ctrl+p", "ctrl+g", "ctrl+t", "ctrl+r", "f7"),
    *("ctrl+u", "f2", "f4", "f5", "ctrl+l"),
)
"""What opens something from everywhere, or says something."""
OVER_THE_PAST = ("c", "k", "w", "f1")
OVER_THE_LIBRARY = ("ctrl+n", "f6", "ctrl+o", "f7", "ctrl+s", "delete", "f1")

Seen = dict[str, list[str]]


class Walk:
    """One person’s program, and what was seen of it."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.seen: Seen = {}

    @property
    def screen(self) -> Screen[Any]:
        return self.pilot.app.screen

    async def look(self, name: str) -> None:
        await self.pilot.pause()
        strips = self.screen._compositor.render_strips()
        self.seen[name] = [strip.text.rstrip() for strip in strips]

    async def over(self, below: type[Screen[Any]], keys: tuple[str, ...]) -> None:
        """Look at what each key opens over a screen, and put it away."""
        for key in keys:
            await self.pilot.press(key)
            await self.look(f"{below.__name__} {key}")
            await self.pilot.press("escape")
            await self.back_to(below)

    async def back_to(self, below: type[Screen[Any]]) -> None:
        while not isinstance(self.screen, below):
            await self.pilot.press("escape")
            await self.pilot.pause()


Walker = TypeVar("Walker", bound=Walk)


def walk(home: Path) -> Seen:
    """Return the rows of every screen that the student of the sample contract came past."""
    contract = set_stage(home, RELAY, ALONE).contract
    with Library(home / Role.STUDENT.value) as library:
        sitting = Sitting(contract, {Role.STUDENT: library})
        return asyncio.run(walk_past(sitting, Walk)).seen


async def walk_past(
    sitting: Sitting, kind: Callable[[Pilot[None]], Walker], theme: str = "evening"
) -> Walker:
    """Go past the screens of the student, in one set of colours."""
    async with sitting.workshop(size=SIZE, theme=theme) as (screen, pilot):
        walk = kind(pilot)
        for place in screen.going.places:
            await screen.going.go_there(place.part)
            await walk.look(place.part)
        await walk.over(WorkshopScreen, OVER_THE_WORKSHOP)
        await pilot.press("f3")
        await until(lambda: isinstance(walk.screen, HistoryScreen))
        await walk.look("past")
        await walk.over(HistoryScreen, OVER_THE_PAST)
        await pilot.press("f3")
        await walk.back_to(WorkshopScreen)
        await _conference(walk)
        await walk.back_to(WorkshopScreen)
        await pilot.press("f9")
        await until(lambda: isinstance(walk.screen, LibraryScreen))
        await walk.look("library")
        await walk.over(LibraryScreen, OVER_THE_LIBRARY)
        return walk


async def _conference(walk: Walk) -> None:
    """Go through a conference with nobody else there, and look at what each phase is like."""
    await walk.pilot.press("f10")
    await walk.look("conference")
    await walk.back_to(WorkshopScreen)
    screen = walk.screen
    assert isinstance(screen, WorkshopScreen)
    screen.session.conferring.begin()
    await until(lambda: screen.table.goes_on)
    await walk.over(WorkshopScreen, ("ctrl+f",))
    conferring, number = screen.session.conferring, 0
    while conferring.following is not None:  # F10 twice in a second would count once
        conferring.go_on()
        await walk.look(f"phase {number}")
        number += 1
    await walk.over(WorkshopScreen, ("alt+r", "f10"))


def main(home: Path) -> None:
    print(json.dumps(walk(home)))
