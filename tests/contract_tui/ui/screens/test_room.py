"""A room with a closed relay in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Static

from contract_tui.contract.schema import INTERESTS
from contract_tui.library import seats
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.session.link.redeeming import redeem
from contract_tui.session.session import Session
from contract_tui.ui.app import ContractApp
from contract_tui.ui.room import Hosting
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.room import RoomScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.line_input import LineInput
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.ui.stage import press, until


@dataclass
class Scene:
    """Ana's program with the room in it, and a place for the others' libraries."""

    folder: Path
    contract: DocumentId
    url: str
    app: ContractApp
    pilot: Pilot[None]
    libraries: list[Library] = field(default_factory=list)

    @property
    def screen(self) -> RoomScreen:
        assert isinstance(self.app.screen, RoomScreen)
        return self.app.screen

    def says(self, selector: str) -> str:
        return str(self.app.screen.query_one(selector, Static).content)

    async def invite(self, name: str) -> str:
        """Invite somebody as Ana does; returns the code."""
        await self.pilot.press("a")
        question = await self.asked()
        question.query_one("#name", LineInput).value = name
        question.query_one("#confirm", Button).press()
        await until(lambda: isinstance(self.app.screen, RoomScreen))
        await until(lambda: name in self.says("#for-whom") and bool(self.screen._code.code))
        return self.screen._code.code

    async def come_in(self, name: str, code: str) -> Session:
        """Open the contract on somebody's own computer, with a code."""
        library = Library(self.folder / name)
        self.libraries.append(library)
        seats.join(library, await redeem(self.url, code))
        return await Session.open(library, self.contract)

    async def asked(self) -> Dialog[object]:
        """The question in front of everything, once it can be answered."""
        await until(lambda: isinstance(self.app.screen, Dialog) and self.app.focused is not None)
        assert isinstance(self.app.screen, Dialog)
        return self.app.screen


@asynccontextmanager
async def hosted(
    folder: Path, prepare: Callable[[Library, DocumentId], None] = lambda *_: None
) -> AsyncIterator[Scene]:
    with Library(folder / "Ana") as library:
        contract = seats.new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        async with Relay.serve(Settings(port=0, power_safe=False)) as relay:
            library.add_relays(contract, [relay.url])
            prepare(library, contract)
            hosting = Hosting(relay.url, lambda: relay.unheard(contract))
            app = ContractApp(library, contract, world=World(), hosting=hosting)
            async with app.run_test(size=(100, 30)) as pilot:
                await until(lambda: isinstance(app.screen, RoomScreen))
                await until(lambda: bool(app.screen.query("#note")))
                await until(lambda: app.screen.query_one("#note").region.area > 0)
                scene = Scene(folder, contract, relay.url, app, pilot)
                yield scene
        for other in scene.libraries:
            other.close()


async def test_whoever_is_invited_gets_a_code_with_the_command_it_stands_in(
    tmp_path: Path,
) -> None:
    async with hosted(tmp_path) as scene:
        assert "Press A" in scene.says("#for-whom")
        code = await scene.invite("Ben")
        assert scene.says("#command") == f"contract-tui join {code} --relay {scene.url}"
        assert "Expected   Ben" in scene.says("#people")
        await scene.pilot.press("c")
        assert scene.app.clipboard == scene.says("#command")


async def test_whoever_comes_in_is_here_and_expected_no_more(tmp_path: Path) -> None:
    async with hosted(tmp_path) as scene:
        ben = await scene.come_in("Ben", await scene.invite("Ben"))
        await until(lambda: "Here       Ana (you), Ben" in scene.says("#people"))
        assert "Expected" not in scene.says("#people")
        await ben.close()
        await until(lambda: "Not here   Ben" in scene.says("#people"))
        assert f"contract-tui open {scene.screen.room.session.entry.text_id[:8]} " in scene.says(
            "#command"
        )


async def test_the_codes_of_several_are_shown_one_after_the_other(tmp_path: Path) -> None:
    async with hosted(tmp_path) as scene:
        codes = [await scene.invite(name) for name in ("Ben", "Cleo")]
        assert "2 of 2" in scene.says("#for-whom")
        shown = []
        for _ in codes:
            await scene.pilot.press("down")
            shown.append(scene.screen._code.code)
        assert shown == codes


async def test_enter_opens_the_contract_and_escape_comes_back(tmp_path: Path) -> None:
    async with hosted(tmp_path) as scene:
        await scene.pilot.press("enter")
        await until(lambda: isinstance(scene.app.screen, WorkshopScreen))
        workshop = scene.app.screen
        assert isinstance(workshop, WorkshopScreen)
        await press(workshop.panes[0].editor, "H", "i")
        await scene.pilot.press("escape")
        await until(lambda: isinstance(scene.app.screen, RoomScreen))
        assert workshop.session.contract.text(INTERESTS).text == "Hi"


async def test_closing_says_whose_words_may_be_missing_and_begins_at_staying(
    tmp_path: Path,
) -> None:
    async with hosted(tmp_path) as scene:
        ben = await scene.come_in("Ben", await scene.invite("Ben"))
        await until(lambda: "Here       Ana (you), Ben" in scene.says("#people"))
        await ben.close()
        await until(lambda: "Not here   Ben" in scene.says("#people"))
        await scene.pilot.press("escape")
        await scene.asked()
        assert "Ben is not connected now, and may have words" in scene.says("#explanation")
        await until(lambda: scene.app.focused is scene.app.screen.query_one("#cancel"))
        scene.app.screen.query_one("#cancel", Button).press()
        await until(lambda: isinstance(scene.app.screen, RoomScreen))
        await scene.pilot.press("ctrl+q")
        (await scene.asked()).query_one("#confirm", Button).press()
        await until(lambda: not scene.app.is_running)


async def test_whoever_is_connected_and_has_said_everything_is_not_missed(tmp_path: Path) -> None:
    async with hosted(tmp_path) as scene:
        ben = await scene.come_in("Ben", await scene.invite("Ben"))
        await until(lambda: "Here       Ana (you), Ben" in scene.says("#people"))
        await until(lambda: not scene.screen.room.behind)
        await scene.pilot.press("escape")
        await scene.asked()
        assert "Everybody’s words are here." in scene.says("#explanation")
        await ben.close()


async def test_a_room_where_somebody_is_expected_is_not_closed_by_mistake(tmp_path: Path) -> None:
    async with hosted(tmp_path) as scene:
        await scene.invite("Ben")
        await scene.pilot.press("escape")
        await scene.asked()
        assert "Ben has not come in yet" in scene.says("#explanation")


async def test_a_room_with_nobody_else_is_left_without_a_question(tmp_path: Path) -> None:
    async with hosted(tmp_path) as scene:
        await scene.pilot.press("escape")
        await until(lambda: not scene.app.is_running)


async def test_without_the_contracts_key_nobody_is_invited(tmp_path: Path) -> None:
    def hand_over(library: Library, contract: DocumentId) -> None:
        library.keep_contract_key(contract, None)

    async with hosted(tmp_path, hand_over) as scene:
        assert "you need the contract’s key" in scene.says("#for-whom")
        assert scene.screen.check_action("add", ()) is False


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (200, 50)])
async def test_the_whole_command_is_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with hosted(tmp_path) as scene:
        await scene.invite("Ben")
        await scene.pilot.resize_terminal(*size)
        page = scene.screen.query_one("#page")
        await until(lambda: page.region.width <= size[0] and page.region.height == size[1] - 1)
        await until(lambda: page.region.contains_region(scene.screen.query_one("#command").region))
