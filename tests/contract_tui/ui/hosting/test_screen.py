"""The table on the screen: who is missing, by which code, and who is here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Static

from contract_tui.library import seats
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.ui.app import ContractApp
from contract_tui.ui.hosting.screen import HostingScreen
from contract_tui.ui.room import Hosting
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.help import HelpScreen
from contract_tui.ui.screens.room import RoomScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.line_input import LineInput
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.ui.hosting.stage import CODES, URL, Doorway
from tests.contract_tui.ui.stage import until

ROOM = "ws://192.0.2.7:3030/room"


@dataclass
class Scene:
    """Ana's program with a door in it."""

    app: ContractApp
    pilot: Pilot[None]
    doorway: Doorway

    @property
    def screen(self) -> HostingScreen:
        assert isinstance(self.app.screen, HostingScreen)
        return self.app.screen

    def says(self, selector: str) -> str:
        shown = self.app.screen.query_one(selector, Static)
        return str(shown.content) if shown.display else ""

    @property
    def code(self) -> str:
        """What is to be typed: beside the words where it stands large below them."""
        return self.says("#type").rpartition(" ")[2]

    async def comes_to(self, kind: type[object]) -> None:
        await until(lambda: isinstance(self.app.screen, kind))

    async def answer(self, name: str = "") -> None:
        """Say yes to what is asked."""
        await until(lambda: isinstance(self.app.screen, Dialog) and self.app.focused is not None)
        if name:
            self.app.screen.query_one("#name", LineInput).value = name
        self.app.screen.query_one("#confirm", Button).press()
        await self.comes_to(HostingScreen)


@asynccontextmanager
async def table(
    folder: Path,
    prepare: Callable[[Library, DocumentId], None] = lambda *_: None,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Scene]:
    with Library(folder) as library:
        contract = seats.new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        prepare(library, contract)
        doorway = Doorway()
        hosting = Hosting(ROOM, tuple, door=doorway.door())
        app = ContractApp(library, contract, world=World(online=False), hosting=hosting)
        async with app.run_test(size=size) as pilot:
            await until(lambda: isinstance(app.screen, HostingScreen))
            await until(lambda: bool(app.screen.query("#people")))
            await until(lambda: app.screen.query_one("#people").region.area > 0)
            yield Scene(app, pilot, doorway)


async def test_a_seat_is_ready_for_each_of_the_three_who_is_missing(tmp_path: Path) -> None:
    async with table(tmp_path) as scene:
        assert scene.says("#heading") == "Around one table: “Tidepools”"
        lines = [line.split() for line in scene.says("#people").split("\n")]
        assert [" ".join(line) for line in lines] == [
            "● Ana, the student (you) here",
            "▸ ○ A teacher not here yet",
            "○ A parent not here yet",
        ]
        assert scene.says("#who") == "A teacher"
        assert scene.says("#open") == "Open in a browser: 192.0.2.7:8080"
        assert scene.says("#note") == "Not encrypted: use a network you trust."


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 18), (200, 50)])
async def test_everything_is_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with table(tmp_path, size=size) as scene:
        page = scene.screen.query_one("#page").region
        names = ("heading", "who", "address", "code", "note", "people")
        shown = [scene.screen.query_one(f"#{name}") for name in names]
        await until(lambda: all(one.region.area > 0 for one in shown))
        assert all(page.contains_region(one.region) for one in shown)
        assert len(scene.says("#people").split("\n")) == 3
        code = scene.screen.query_one("#code", Static)
        rows = str(code.content).split("\n")
        assert max(map(len, rows)) <= code.region.width
        if size >= (80, 24):
            assert len(rows) >= 7
            assert scene.says("#address").count("\n") >= 3
            assert scene.says("#qr").count("\n") >= 14
            assert page.contains_region(scene.screen.query_one("#qr").region)


async def test_the_arrows_show_the_code_for_the_next_seat(tmp_path: Path) -> None:
    async with table(tmp_path, size=(60, 18)) as scene:
        assert scene.code == CODES[0]
        await scene.pilot.press("right")
        assert (scene.says("#who"), scene.code) == ("A parent", CODES[1])
        await scene.pilot.press("down")
        assert scene.code == CODES[0]
        await scene.pilot.press("up")
        assert scene.code == CODES[1]


async def test_a_seat_says_that_its_person_is_there_and_the_next_code_is_shown(
    tmp_path: Path,
) -> None:
    async with table(tmp_path) as scene:
        scene.doorway.come_in(Role.TEACHER, "Ben")
        await until(lambda: "● Ben, a teacher" in scene.says("#people"))
        assert scene.says("#who") == "A parent"
        scene.doorway.come_in(Role.PARENT, "Cleo")
        await until(lambda: "● Cleo, a parent" in scene.says("#people"))
        assert scene.says("#open").startswith("Cleo is here. Enter opens the contract")
        assert scene.says("#code") == scene.says("#qr") == ""


async def test_who_has_gone_is_told_how_to_come_back_and_can_have_a_new_code(
    tmp_path: Path,
) -> None:
    async with table(tmp_path, size=(60, 20)) as scene:
        scene.doorway.come_in(Role.PARENT, "Cleo")
        scene.doorway.go("Cleo")
        await until(lambda: "○ Cleo, a parent" in scene.says("#people"))
        assert "was here before" in scene.says("#people")
        await scene.pilot.press("down")
        assert f"192.0.2.7:8080/j/{CODES[1]}" in scene.says("#open")
        await scene.pilot.press("r")
        await until(lambda: scene.code == CODES[2])
        assert scene.says("#who") == "Cleo, a parent"


async def test_somebody_else_gets_a_seat(tmp_path: Path) -> None:
    async with table(tmp_path, size=(60, 20)) as scene:
        await scene.pilot.press("a")
        await scene.answer("Grandma Rosa")
        await until(lambda: scene.says("#who") == "Grandma Rosa, a parent")
        assert scene.code == CODES[2]


async def test_a_seat_that_nobody_has_taken_goes_at_once(tmp_path: Path) -> None:
    async with table(tmp_path) as scene:
        await scene.pilot.press("d")
        await until(lambda: "A teacher" not in scene.says("#people"))
        assert scene.says("#who") == "A parent"
        await scene.pilot.press("d")
        await until(lambda: "Nobody else is expected" in scene.says("#open"))


async def test_a_guests_seat_goes_only_after_asking(tmp_path: Path) -> None:
    async with table(tmp_path) as scene:
        scene.doorway.come_in(Role.PARENT, "Cleo")
        await scene.pilot.press("down", "d")
        await scene.comes_to(Dialog)
        await scene.pilot.press("escape")
        await scene.comes_to(HostingScreen)
        assert "Cleo" in scene.says("#people")
        await scene.pilot.press("d")
        await scene.answer()
        await until(lambda: "Cleo" not in scene.says("#people"))


async def test_the_whole_address_is_copied(tmp_path: Path) -> None:
    async with table(tmp_path) as scene:
        await scene.pilot.press("c")
        assert scene.app.clipboard == f"{URL}/j/{CODES[0]}"


async def test_the_table_stays_reachable_while_people_write(tmp_path: Path) -> None:
    async with table(tmp_path) as scene:
        await scene.pilot.press("enter")
        await scene.comes_to(WorkshopScreen)
        await scene.pilot.press("f6")
        await scene.comes_to(HostingScreen)
        await scene.pilot.press("f6")
        await scene.comes_to(WorkshopScreen)
        assert not scene.doorway.listeners


async def test_those_who_have_the_program_are_one_key_away_and_back(tmp_path: Path) -> None:
    async with table(tmp_path) as scene:
        await scene.pilot.press("p")
        await scene.comes_to(RoomScreen)
        await scene.pilot.press("b")
        await scene.comes_to(HostingScreen)
        await scene.pilot.press("p")
        await scene.comes_to(RoomScreen)
        await scene.pilot.press("enter")
        await scene.comes_to(WorkshopScreen)


async def test_a_table_with_a_guest_is_not_closed_by_mistake(tmp_path: Path) -> None:
    async with table(tmp_path) as scene:
        scene.doorway.come_in(Role.PARENT, "Cleo")
        await scene.pilot.press("escape")
        await scene.comes_to(Dialog)
        await until(lambda: "Cleo is here from a browser" in scene.says("#explanation"))
        await scene.pilot.press("escape")
        await scene.comes_to(HostingScreen)
        scene.doorway.go("Cleo")
        await scene.pilot.press("escape")
        await until(lambda: not scene.app.is_running)


async def test_the_help_is_about_the_table(tmp_path: Path) -> None:
    async with table(tmp_path) as scene:
        await scene.pilot.press("f1")
        await scene.comes_to(HelpScreen)


async def test_without_the_contracts_key_nobody_new_is_expected(tmp_path: Path) -> None:
    def hand_over(library: Library, contract: DocumentId) -> None:
        library.keep_contract_key(contract, None)

    async with table(tmp_path, hand_over) as scene:
        assert scene.doorway.seats == {}
        assert "which is on another computer" in scene.says("#open")
        assert scene.screen.check_action("add", ()) is False
