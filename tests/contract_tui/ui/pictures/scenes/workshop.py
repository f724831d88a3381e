"""The workshop with its sections, and what lies beside them."""

from __future__ import annotations

from functools import partial

from contract_tui.library.seats import new_contract
from contract_tui.ui.pages.page import AGREEMENT, PROMISES, REFLECTIONS, SUPPORTS
from contract_tui.ui.screens.notice import NoticeScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.pages.turning import turn_to
from tests.contract_tui.ui.pictures.camera import EVERYWHERE, Camera
from tests.contract_tui.ui.pictures.studio import Studio, world
from tests.contract_tui.ui.sitting import Sitting

TINY = 38, 10


async def sections(studio: Studio, camera: Camera) -> None:
    """Somebody writes in the sections, sees who wrote what, and goes somewhere else."""
    async with studio.workshop() as (_, pilot):
        await camera.take("of-the-student", pilot, sizes=EVERYWHERE, contrast=True)
        await pilot.press("f4")
        await camera.take("without-colours", pilot)
        await pilot.press("escape", "alt+down", "ctrl+g")
        await camera.take("going-somewhere", pilot, sizes=EVERYWHERE)
        await camera.take("too-small", pilot, sizes=(TINY,))
    async with studio.workshop(Role.PARENT) as (_, pilot):
        await camera.take("of-a-parent", pilot, sizes=EVERYWHERE)


async def beginning(studio: Studio, camera: Camera) -> None:
    """A contract in which nobody has written yet asks what is worth answering."""
    library = studio.empty()
    contract = new_contract(library, "", "Heidi", Role.STUDENT, world=world())
    async with studio.workshop(Role.STUDENT, Sitting(contract, {Role.STUDENT: library})) as (
        screen,
        pilot,
    ):
        await camera.take("sections", pilot, sizes=EVERYWHERE)
        empty = {
            str(page): partial(turn_to, screen, page)
            for page in (SUPPORTS, PROMISES, REFLECTIONS, AGREEMENT)
        }
        await camera.walk(empty, pilot)
        await pilot.press("ctrl+n")
        await camera.take("goal", pilot, sizes=EVERYWHERE)


async def arranging(studio: Studio, camera: Camera) -> None:
    """The student puts the sections in order."""
    async with studio.workshop() as (_, pilot):
        await pilot.press("ctrl+t", "down", "h")
        await camera.take("sections", pilot, sizes=EVERYWHERE)


async def beside(studio: Studio, camera: Camera) -> None:
    """What lies in front of the workshop: help, and something to read."""
    async with studio.workshop() as (screen, pilot):
        await pilot.press("f1")
        await camera.take("help", pilot, sizes=EVERYWHERE)
        await pilot.press("escape")
        said = "The rehearsal goes on. In two other terminals type:"
        line = "contract-tui open learning --relay ws://127.0.0.1:41234"
        await screen.app.push_screen(NoticeScreen(f"{said}\n{line}\n{line}"))
        await camera.take("something-to-read", pilot, sizes=EVERYWHERE)


SCENES = {
    "sections": sections,
    "beginning": beginning,
    "arranging": arranging,
    "beside": beside,
}
