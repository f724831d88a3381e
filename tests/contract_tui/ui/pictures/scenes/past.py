"""Looking back, and everything that can be asked of the past."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.pilot import Pilot
from textual.screen import ModalScreen

from contract_tui.contract.headings import headings
from contract_tui.contract.schema import STRUCTURE
from contract_tui.history.walk import Comparison
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.history import asking, keeping, words
from contract_tui.ui.screens.history.menu import Menu
from contract_tui.ui.screens.history.opening import HistoryOpening
from contract_tui.ui.screens.history.screen import HistoryScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.looking_back import choose, past_on
from tests.contract_tui.ui.pages.answering import answer
from tests.contract_tui.ui.pictures.camera import EVERYWHERE, Camera
from tests.contract_tui.ui.pictures.studio import Studio
from tests.contract_tui.ui.stage import until


async def looking_back(studio: Studio, camera: Camera) -> None:
    """The student goes back, compares, follows one person, and sees the first words of a part."""
    async with studio.workshop() as (_, pilot):
        await pilot.press("f3")
        screen = await past_on(pilot)
        screen.notice.put_away()
        await camera.take("today", pilot, sizes=EVERYWHERE, contrast=True)
        await pilot.press("left")
        await camera.take("a-step-back", pilot, sizes=EVERYWHERE)
        await pilot.press("f1")
        await camera.take("help", pilot)
        await pilot.press("escape", "c")
        await choose(pilot, words.BESIDE)
        await until(lambda: bool(pilot.app.screen.query(".said")))
        await camera.take("first-words", pilot, sizes=EVERYWHERE)
        await pilot.press("escape", "m", "left", "left", "left", "c")
        await choose(pilot, words.OFFERED[Comparison.SINCE_MARK][0])
        await camera.take("since-a-mark", pilot)
        await pilot.press("w")
        await choose(pilot, "Grandfather")
        await camera.take("one-person", pilot)


async def asked_of_the_past(studio: Studio, camera: Camera) -> None:
    """The menus and questions in front of the past."""
    async with studio.sitting() as sitting:
        answer(sitting, roles=(Role.STUDENT, Role.TEACHER, Role.PARENT))
        async with studio.workshop(Role.STUDENT, sitting) as (_, pilot):
            await pilot.press("f3")
            screen = await past_on(pilot)
            screen.notice.put_away()
            menu_ways = menus(screen, pilot)
            keep = {"keep": menu_ways.pop("keep")}
            await camera.walk(keep, pilot, sizes=EVERYWHERE)
            heads = screen.walk.history.heads(screen.walk.moment)
            screen.session.pen.keep_version("before the holidays", heads)
            await camera.walk(menu_ways, pilot, sizes=EVERYWHERE)
            await pilot.press("escape")
            now = screen.session.contract
            while (
                screen.sections.current != STRUCTURE
                or screen.walk.text(STRUCTURE) == now.text(STRUCTURE).text
                or screen.walk.choice()[1] is now.structure_choice
            ):
                await pilot.press("left")
            await pilot.press("b")
            await until(lambda: isinstance(pilot.app.screen, Menu))
            await camera.take("bring-back", pilot)
            await choose(pilot, words.THE_SECTION.format(heading=headings(now)[STRUCTURE]))
            await until(lambda: isinstance(pilot.app.screen, Dialog))
            await camera.take("bring-a-section-back", pilot)


def menus(screen: HistoryScreen, pilot: Pilot[None]) -> dict[str, Callable[[], Awaitable[None]]]:
    """Return how each of them comes up."""

    def way(show: Callable[[HistoryScreen], object]) -> Callable[[], Awaitable[None]]:
        async def go() -> None:
            while isinstance(pilot.app.screen, ModalScreen):
                pilot.app.pop_screen()
            show(screen)
            await until(lambda: pilot.app.screen is not screen and _is_ready(pilot))

        return go

    return {
        "compare": way(asking.ask_what_to_compare),
        "whose-words": way(asking.ask_whose_words),
        "keep": way(keeping.keep),
        "keep-again": way(keeping.keep),
        "which-version": way(asking.ask_since_when),
    }


def _is_ready(pilot: Pilot[None]) -> bool:
    return pilot.app.screen.focused is not None and pilot.app.screen.size == pilot.app.size


async def reading(studio: Studio, camera: Camera) -> None:
    """A long past is read while the workshop waits."""
    async with studio.workshop() as (screen, pilot):
        shown = HistoryOpening(screen.session, lambda: 0.0)
        shown._read = lambda: None  # type: ignore[method-assign,assignment,return-value]
        await pilot.app.push_screen(shown)
        shown._began = -1.0
        shown._show(3_000, 20_000)
        await camera.take("a-long-past", pilot)


SCENES = {
    "looking-back": looking_back,
    "asked-of-the-past": asked_of_the_past,
    "reading-the-past": reading,
}
