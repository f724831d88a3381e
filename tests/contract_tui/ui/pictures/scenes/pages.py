"""The pages, each of which stands where the sections do otherwise."""

from __future__ import annotations

from functools import partial

from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import standing
from contract_tui.ui.pages.page import AGREEMENT, PROMISES, REFLECTIONS, SUPPORTS, PageId
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.pages.answering import answer
from tests.contract_tui.ui.pages.turning import turn_to
from tests.contract_tui.ui.pictures.camera import EVERYWHERE, Camera
from tests.contract_tui.ui.pictures.studio import Studio
from tests.contract_tui.ui.stage import until


async def turn_over(screen: WorkshopScreen, page: PageId | ItemId) -> None:
    """Go to a page, with nothing said above it."""
    await turn_to(screen, page)
    screen.notice.put_away()


async def pages(studio: Studio, camera: Camera) -> None:
    """The student turns the pages."""
    async with studio.workshop() as (screen, pilot):
        goal = standing(screen.session.contract.items.goals)[0].id
        turns = {
            name: partial(turn_over, screen, page)
            for name, page in (
                ("supports", SUPPORTS),
                ("promises", PROMISES),
                ("reflections", REFLECTIONS),
                ("goal", goal),
            )
        }
        await camera.walk(turns, pilot, sizes=EVERYWHERE, contrast=True)
        await pilot.press("ctrl+n")
        await camera.take("new-goal", pilot, sizes=EVERYWHERE)
        await turn_to(screen, PROMISES)
        await pilot.press("ctrl+o")
        await camera.take("promise-to-whom", pilot)
        await turn_to(screen, SUPPORTS)
        await pilot.press("ctrl+k")
        await until(lambda: any(one.display for one in screen.query(".gone")))
        await camera.take("support-taken-away", pilot)


async def of_adults(studio: Studio, camera: Camera) -> None:
    """A teacher's new goal, a goal where a teacher can choose, and a parent's promises."""
    async with studio.workshop(Role.TEACHER) as (screen, pilot):
        goal = standing(screen.session.contract.items.goals)[0].id
        await turn_over(screen, goal)
        await pilot.press(*["tab"] * 5)
        await camera.take("goal-in-a-choice", pilot, sizes=EVERYWHERE)
        await pilot.press("ctrl+n")
        await camera.take("new-goal-of-a-teacher", pilot, sizes=EVERYWHERE)
    async with studio.workshop(Role.PARENT) as (screen, pilot):
        await turn_to(screen, PROMISES)
        await camera.take("promises", pilot, sizes=EVERYWHERE)


async def agreement(studio: Studio, camera: Camera) -> None:
    """Nobody was asked yet; all agree; they agreed with what it was before."""
    async with studio.workshop(Role.PARENT) as (screen, pilot):
        await turn_to(screen, AGREEMENT)
        await camera.take("nobody-yet", pilot, sizes=EVERYWHERE)
    two = Role.STUDENT, Role.TEACHER
    three = *two, Role.PARENT
    async with studio.sitting() as sitting:
        answer(sitting, roles=three)
        async with studio.workshop(Role.STUDENT, sitting) as (screen, pilot):
            await turn_to(screen, AGREEMENT)
            await pilot.press("tab")
            await camera.take("everybody", pilot, sizes=EVERYWHERE)
    async with studio.sitting() as sitting:
        answer(sitting, roles=two, then="Owls too! ")
        async with studio.workshop(Role.STUDENT, sitting) as (screen, pilot):
            await turn_to(screen, AGREEMENT)
            await camera.take("of-before", pilot, sizes=EVERYWHERE, contrast=True)
    async with studio.sitting() as sitting:
        answer(sitting, roles=three, then="Owls too! ")
        async with studio.workshop(Role.STUDENT, sitting) as (screen, pilot):
            await turn_to(screen, AGREEMENT)
            await pilot.press("tab", "enter")
            await camera.take("since-the-answer-of-another", pilot, sizes=EVERYWHERE)


SCENES = {"pages": pages, "of-adults": of_adults, "agreement": agreement}
