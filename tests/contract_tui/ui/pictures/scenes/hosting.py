"""The table around which guests are let in, the room, and what is said when a host is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from contract_tui.library import seats
from contract_tui.ui.app import ContractApp
from contract_tui.ui.hosting.screen import HostingScreen
from contract_tui.ui.room import Hosting
from contract_tui.ui.screens.room import RoomScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import DARK
from sync_server.access.proof import Role
from tests.contract_tui.session.table import Clocks
from tests.contract_tui.ui.hosting import test_takeover as standing_by
from tests.contract_tui.ui.hosting.stage import Doorway
from tests.contract_tui.ui.pictures.camera import EVERYWHERE, USUAL, Camera
from tests.contract_tui.ui.pictures.studio import Studio, world
from tests.contract_tui.ui.stage import until

ROOM = "ws://192.0.2.7:3030/room"


@asynccontextmanager
async def hosted(studio: Studio) -> AsyncIterator[tuple[Pilot[None], Doorway]]:
    """Ana's program with a door in it."""
    library, doorway = studio.empty(), Doorway()
    contract = seats.new_contract(library, "Tidepools", "Ana", Role.STUDENT, world=world())
    hosting = Hosting(ROOM, tuple, door=doorway.door())
    app = ContractApp(library, contract, world=world(), hosting=hosting, theme=DARK.name)
    async with app.run_test(size=USUAL) as pilot:
        await until(lambda: isinstance(app.screen, HostingScreen))
        await until(lambda: bool(app.screen.query("#people")))
        yield pilot, doorway


async def table(studio: Studio, camera: Camera) -> None:
    """Nobody has come yet; one is there and one has gone; all are there."""
    async with hosted(studio) as (pilot, doorway):
        await camera.take("nobody-yet", pilot, contrast=True)
        await pilot.press("f1")
        await camera.take("help", pilot)
        await pilot.press("escape")
        doorway.come_in(Role.PARENT, "Cleo")
        doorway.go("Cleo")
        await camera.take("one-has-gone", pilot)
        doorway.come_in(Role.TEACHER, "Ben")
        await pilot.press("p")
        await until(lambda: isinstance(pilot.app.screen, RoomScreen))
        await camera.take("with-programs", pilot)
    async with hosted(studio) as (pilot, doorway):
        doorway.come_in(Role.TEACHER, "Ben")
        doorway.come_in(Role.PARENT, "Cleo")
        await camera.take("everybody", pilot)


async def host_gone(studio: Studio, camera: Camera) -> None:
    """The host's computer cannot be reached any more."""
    clocks = Clocks()
    folder = studio.folder / "gone"
    contract = await standing_by.begun(folder, clocks)
    async with standing_by.alone(folder, contract, clocks, standing_by.nobody) as (app, _, pilot):
        assert isinstance(app.screen, WorkshopScreen)
        app.theme = DARK.name
        await camera.take("standing-by", pilot, sizes=EVERYWHERE)


SCENES = {"table": table, "host-gone": host_gone}
