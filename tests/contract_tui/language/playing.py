"""Plays the scenes of the pictures on a terminal of 80 columns and 24 lines, in any language.

What stands on each screen, and what should and does not, is printed as JSON. Sentences are looked
up once, when their modules are imported: `speak` has to be called before this one is.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from textual.pilot import Pilot

from contract_tui.library.rehearsal import set_stage
from contract_tui.library.world import World
from contract_tui.ui.drafts import screen as drafts
from contract_tui.ui.widgets import notice
from tests.contract_tui.language.fitting import missing
from tests.contract_tui.ui.conftest import RELAY, entropy
from tests.contract_tui.ui.pictures.camera import SIZES, SMALL, Camera
from tests.contract_tui.ui.pictures.conftest import LONG
from tests.contract_tui.ui.pictures.picture import Size
from tests.contract_tui.ui.pictures.studio import Studio
from tests.contract_tui.ui.sitting import NOW

Screens = dict[str, list[list[str]]]
"""Of each screen its rows, and what cannot be read on it."""


@dataclass
class Reader(Camera):
    """Reads what a camera would take a picture of."""

    screens: Screens = field(default_factory=dict)

    async def walk(
        self,
        ways: Mapping[str, Callable[[], Awaitable[object]]],
        pilot: Pilot[None],
        *,
        sizes: Sequence[Size] = SIZES,
        contrast: bool = False,
    ) -> None:
        """Read several things in turn."""
        await pilot.resize_terminal(*SMALL)
        for name, go in ways.items():
            await go()
            await pilot.pause()
            await pilot.pause()
            screen = pilot.app.screen
            rows = [strip.text.rstrip() for strip in screen._compositor.render_strips()]
            self.screens[f"{self.scene}/{name}"] = [rows, sorted(set(missing(screen)))]


async def _play(home: Path, room: str) -> Screens:
    world = World(clock=lambda: NOW, entropy=entropy(), online=False)
    studio = Studio(home, home / "written", set_stage(home / "written", RELAY, world).contract)
    found: Screens = {}
    for name, scene in import_module(room).SCENES.items():
        reader = Reader(name)
        await scene(studio, reader)
        found |= reader.screens
    for library in studio.opened:
        library.close()
    return found


def main(home: Path, room: str) -> None:
    """Play the scenes of one module."""
    for module in (notice, drafts):
        module.SECONDS = LONG  # type: ignore[attr-defined]  # nothing goes by itself
    print(json.dumps(asyncio.run(_play(home, room))))
