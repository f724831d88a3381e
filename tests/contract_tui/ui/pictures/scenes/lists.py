"""The list of contracts, and a contract on its way to the screen."""

from __future__ import annotations

from textual.widgets import OptionList

from contract_tui.session.copies.summing import rebuild
from contract_tui.ui.screens.opening import OpeningScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.pictures.camera import EVERYWHERE, Camera
from tests.contract_tui.ui.pictures.scenes.questions import Show, ways
from tests.contract_tui.ui.pictures.studio import Studio, world
from tests.contract_tui.ui.shelf.shelves import fill
from tests.contract_tui.ui.stage import until


async def contracts(studio: Studio, camera: Camera) -> None:
    """A teacher has thirty contracts, looks for some of them, and sorts them."""
    async with studio.sitting() as sitting:
        library = sitting.libraries[Role.TEACHER]
        fill(library)
        await rebuild(library, sitting.contract)  # else the list does, sooner or later
        async with studio.listing(library) as pilot:
            await until(lambda: pilot.app.screen.query_one(OptionList).option_count == 30)
            await pilot.press("down")
            await camera.take("thirty", pilot, contrast=True)
            await pilot.press("f4", "f4")
            await camera.take("by-the-day", pilot)
            await pilot.press("slash", *"zoe year")
            await camera.take("looked-for", pilot)


async def few_contracts(studio: Studio, camera: Camera) -> None:
    """Nobody has begun anything; somebody has one contract; the help, and all colours."""
    async with studio.listing(studio.empty()) as pilot:
        await camera.take("none", pilot)
        await pilot.press("f1")
        await camera.take("help", pilot)
        colours: dict[str, Show] = {"colours": lambda app: app.search_themes()}
        await camera.walk(ways(pilot, colours), pilot)
    async with studio.sitting() as sitting:
        library = sitting.libraries[Role.STUDENT]
        await rebuild(library, sitting.contract)
        async with studio.listing(library) as pilot:
            await camera.take("one", pilot)


async def opening(studio: Studio, camera: Camera) -> None:
    """A long contract is read."""
    async with studio.sitting() as sitting, studio.listing(studio.empty()) as pilot:
        library = sitting.libraries[Role.STUDENT]
        shown = OpeningScreen(library, sitting.contract, world())
        shown._open = lambda: None  # type: ignore[method-assign,assignment,return-value]
        await pilot.app.push_screen(shown)
        await camera.take("begun", pilot)
        shown._show(100, 2_000)
        shown._show(500, 2_000)
        await camera.take("with-a-bar", pilot, sizes=EVERYWHERE)


SCENES = {"contracts": contracts, "few-contracts": few_contracts, "opening": opening}
