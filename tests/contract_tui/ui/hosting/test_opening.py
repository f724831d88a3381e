"""Making room for the people around from a contract that is open already."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Button, Static

from contract_tui.contract.schema import INTERESTS
from contract_tui.library import seats
from contract_tui.library.errors import SessionError
from contract_tui.library.hosting import UnfitCertificate
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.ui.app import ContractApp
from contract_tui.ui.commands import WorkshopCommands
from contract_tui.ui.hosting import words
from contract_tui.ui.hosting.screen import HostingScreen
from contract_tui.ui.room import Hosting
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.key_bar import KeyBar
from sync_server.access.proof import Role
from sync_server.access.standby import Standby
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.ui.hosting.stage import Doorway
from tests.contract_tui.ui.stage import press, until

ROOM = "ws://127.0.0.1:1/room"
HostHere = Callable[[DocumentId, Collection[Standby] | None, str, bool], Awaitable[Hosting]]


async def make_room(
    _: DocumentId, back: Collection[Standby] | None, relay: str, plain: bool
) -> Hosting:
    assert (back, relay, plain) == (None, "", False)
    return Hosting(ROOM, tuple, door=Doorway().door())


async def refuse(*_: object) -> Hosting:
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


async def test_one_key_makes_room_and_everything_stays_as_it_was(tmp_path: Path) -> None:
    async with alone(tmp_path, make_room) as (app, workshop, pilot):
        assert words.HOST_HERE in offered(workshop)
        await press(workshop.panes[0].editor, "H", "i", "left")
        await pilot.press("f6")
        await until(lambda: isinstance(app.screen, HostingScreen))
        await pilot.press("enter")
        await until(lambda: app.screen is workshop)
        part, editor = workshop.stops.place()
        assert (part, editor and editor.caret) == (INTERESTS, 1), "the caret is where it was"
        assert [link.url for link in workshop.session.links] == [ROOM]
        assert words.OPENING not in str(workshop.notice.content)
        assert words.HOST_HERE not in offered(workshop)
        assert "The room" in offered(workshop)
        keys = workshop.query_one(KeyBar)
        await until(lambda: str(keys.content).startswith("F10 Conference  "))
        await pilot.press("ctrl+z")
        await until(lambda: workshop.session.contract.text(INTERESTS).text == "")


async def test_without_a_good_certificate_it_asks_before_it_goes_without(tmp_path: Path) -> None:
    ways: list[bool] = []

    async def make(_: DocumentId, __: object, ___: str, plain: bool) -> Hosting:
        ways.append(plain)
        if not plain:
            raise UnfitCertificate("the certificate in cert.pem ran out on 3 May 2026")
        return Hosting(ROOM, tuple, door=Doorway().door())

    async with alone(tmp_path, make) as (app, workshop, pilot):
        for answer in ("#cancel", "#confirm"):
            await pilot.press("f6")
            await until(lambda: isinstance(app.screen, Dialog) and app.focused is not None)
            said = str(app.screen.query_one("#explanation", Static).content)
            assert said.startswith("The certificate in cert.pem ran out on 3 May 2026.\n")
            assert workshop.room is None
            app.screen.query_one(answer, Button).press()
            await until(lambda: not isinstance(app.screen, Dialog))
        await until(lambda: isinstance(app.screen, HostingScreen) and app.screen.is_current)
        assert ways == [False, False, True]
        await pilot.press("enter")
        await until(lambda: app.screen is workshop)


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
