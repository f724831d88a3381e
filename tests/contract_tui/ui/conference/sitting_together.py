"""Three people at their screens in one conference, with a relay between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot

from contract_tui.library.world import World
from contract_tui.ui.conference.standing import Standing
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.ui.sitting import NOW, Sitting
from tests.contract_tui.ui.stage import screen_rows, until

STUDENT, TEACHER, PARENT = Role.STUDENT, Role.TEACHER, Role.PARENT
NARROW, WIDE, HUGE = (80, 24), (120, 40), (200, 50)
PHONE = (40, 30)
"""A window as a phone that is held upright has it."""


@dataclass
class Clock:
    """Seconds that the test lets pass."""

    now: float = 0.0

    def world(self, *, online: bool = True) -> World:
        return World(lambda: NOW + self.now, seconds=lambda: self.now, online=online)


class Screens(dict[Role, WorkshopScreen]):
    """Everybody's workshop, and the program that it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.apps: dict[Role, App[None]] = {}


@asynccontextmanager
async def conference(
    sitting: Sitting, *roles: Role, clock: Clock | None = None
) -> AsyncIterator[Screens]:
    """Open workshops that hear each other, and let the first person begin."""
    async with AsyncExitStack() as stack:
        relay = await stack.enter_async_context(Relay.serve(Settings(port=0, open=True)))
        screens = Screens()
        for role in roles:
            sitting.libraries[role].add_relays(sitting.contract, [relay.url])
            world = (clock or Clock()).world()
            opened = sitting.workshop(role, world=world)
            screens[role], pilot = await stack.enter_async_context(opened)
            screens.apps[role] = pilot.app
        for screen in screens.values():
            await until(lambda one=screen: here(one) == len(roles))  # type: ignore[misc]
        first, *others = screens.values()
        first.session.conferring.begin()
        for screen in others:
            await until(lambda one=screen: one.table.goes_on)  # type: ignore[misc]
            screen.session.conferring.take_part()
            screen.follow()
        for screen in screens.values():
            await until(lambda one=screen: takes_part(one) == len(roles))  # type: ignore[misc]
        yield screens


def here(screen: WorkshopScreen) -> int:
    return sum(person.here for person in screen.session.people)


def takes_part(screen: WorkshopScreen) -> int:
    current = screen.session.conferring.current
    return len(current.people) if current else 0


def phase(screen: WorkshopScreen) -> str:
    current = screen.session.conferring.current
    return current.place.phase if current else ""


def band(screen: WorkshopScreen) -> Standing:
    screen.table.follow()
    assert screen.table.band.shown is not None
    return screen.table.band.shown


async def dialog(pilot: Pilot[None]) -> Dialog[str]:
    await until(lambda: isinstance(pilot.app.screen, Dialog) and bool(pilot.app.screen.focused))
    assert isinstance(pilot.app.screen, Dialog)
    return pilot.app.screen


def painted(screen: WorkshopScreen) -> list[str]:
    """The rows of a screen."""
    return [strip.text for strip in screen._compositor.render_strips()]


async def beside(screen: WorkshopScreen) -> str:
    """What stands in the first section, once something is said to be typed by somebody."""
    await until(lambda: "typed by" in rows(screen))
    return rows(screen)


def rows(screen: WorkshopScreen) -> str:
    """What stands in the first section, with all that is said beside it."""
    return " ".join(" ".join(screen_rows(screen.panes[0].editor)).split())


async def click_words(pilot: Pilot[None], words: str) -> None:
    """Click on words where they stand on the screen, as the mouse alone does."""
    await pilot.pause()
    rows = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
    found = [(row.index(words), y) for y, row in enumerate(rows) if words in row]
    assert found, "\n".join(rows)
    x, y = found[0]
    await pilot.click(offset=(cell_len(rows[y][:x]) + 1, y))
    await pilot.pause()
