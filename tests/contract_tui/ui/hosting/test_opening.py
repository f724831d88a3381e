"""Making room for the people around from a contract that is open already."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from contract_tui.contract.schema import INTERESTS
from contract_tui.library import seats
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.ui.app import ContractApp
from contract_tui.ui.commands import WorkshopCommands
from contract_tui.ui.hosting import words
from contract_tui.ui.hosting.screen import HostingScreen
from contract_tui.ui.room import Hosting
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from sync_server.access.standby import Standby
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.ui.hosting.stage import Doorway
from tests.contract_tui.ui.stage import press, until

HostHere = Callable[[DocumentId, Collection[Standby] | None, str], Awaitable[Hosting]]


async def make_room(_: DocumentId, back: Collection[Standby] | None, relay: str) -> Hosting:
    assert (back, relay) == (None, "")
    return Hosting("ws://127.0.0.1:1/room", tuple, door=Doorway().door())


async def refuse(_: DocumentId, __: Collection[Standby] | None, ___: str) -> Hosting:
    raise SessionError("there is no network here")


@asynccontextmanager
async def alone(
    folder: Path, host_here: HostHere | None
) -> AsyncIterator[tuple[ContractApp, WorkshopScreen, Pilot[None]]]:
    """Ana's program with her contract open."""
    with Library(folder) as library:
        contract = seats.new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        app = ContractApp(library, contract, world=World(online=False), host_here=host_here)
        async with app.run_test(size=(100, 30)) as pilot:
            await until(lambda: isinstance(app.screen, WorkshopScreen) and bool(app.screen.panes))
            workshop = app.screen
            assert isinstance(workshop, WorkshopScreen)
            await until(lambda: workshop.panes[0].is_mounted)
            yield app, workshop, pilot


def offered(workshop: WorkshopScreen) -> list[str]:
    return [name for name, _, _ in WorkshopCommands(workshop)._commands()]


async def test_one_key_makes_room_and_every_word_is_there_again(tmp_path: Path) -> None:
    async with alone(tmp_path, make_room) as (app, workshop, pilot):
        assert words.HOST_HERE in offered(workshop)
        await press(workshop.panes[0].editor, "H", "i", "left")
        await pilot.press("f6")
        await until(lambda: isinstance(app.screen, HostingScreen))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, WorkshopScreen))
        again = app.screen
        assert isinstance(again, WorkshopScreen)
        assert again.session.contract.text(INTERESTS).text == "Hi"
        part, editor = again.stops.place()
        assert (part, editor and editor.caret) == (INTERESTS, 1), "the caret is where it was"
        assert words.HOST_HERE not in offered(again)
        assert "The room" in offered(again)


async def test_where_no_room_can_be_made_it_says_why_and_the_contract_stays_open(
    tmp_path: Path,
) -> None:
    async with alone(tmp_path, refuse) as (app, workshop, pilot):
        await pilot.press("f6")
        await until(lambda: "no network here" in str(workshop.notice.content))
        assert app.screen is workshop


async def test_a_program_that_cannot_host_offers_nothing(tmp_path: Path) -> None:
    async with alone(tmp_path, None) as (app, workshop, pilot):
        assert words.HOST_HERE not in offered(workshop)
        assert workshop.check_action("room", ()) is False
        await pilot.press("f6")
        assert app.screen is workshop
