"""*Are these still your words?* is asked later: alone, or on a guest's own screen."""

from __future__ import annotations

from contextlib import AsyncExitStack

from textual.pilot import Pilot
from textual.widgets import Static

from contract_tui.library.keepsakes import HOST
from contract_tui.ui.conference import words
from contract_tui.ui.conference.afterwards import StillMine, due
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.notice import Notice
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.ui.conference.sitting_together import (
    NARROW,
    STUDENT,
    TEACHER,
    Clock,
    here,
)
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


async def confer(sitting: Sitting, times: int = 1) -> None:
    """Conferences that were begun and closed in an earlier sitting."""
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        for _ in range(times):
            screen.session.conferring.begin()
            screen.session.conferring.end()
        screen.table._tick()
        await pilot.pause()
        assert pilot.app.screen is screen  # not in the sitting in which it was closed


async def asked(screen: WorkshopScreen, pilot: Pilot[None]) -> StillMine:
    screen.table._tick()
    await until(lambda: isinstance(pilot.app.screen, StillMine))
    await until(lambda: bool(pilot.app.screen.query("#change")))
    assert isinstance(pilot.app.screen, StillMine)
    return pilot.app.screen


async def answer(screen: WorkshopScreen, pilot: Pilot[None], button: str) -> None:
    await asked(screen, pilot)
    await pilot.click(f"#{button}")
    await until(lambda: pilot.app.screen is screen)


def left(screen: WorkshopScreen) -> list[int]:
    return [one.number for one in screen.session.conferring.afterwards.unanswered]


async def test_each_is_asked_about_in_a_sitting_of_its_own_the_oldest_first(
    sitting: Sitting,
) -> None:
    await confer(sitting, 2)
    for button, said, still in (
        ("confirm", words.STILL_MINE_YES, [2]),
        ("change", words.CHANGE_SAID, []),
    ):
        async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
            await answer(screen, pilot, button)
            assert str(screen.query_one(Notice).content) == said
            assert left(screen) == still
            screen.table._tick()
            await pilot.pause()
            assert pilot.app.screen is screen
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, _):
        assert due(screen.session) is None


async def test_later_asks_again_at_the_next_opening(sitting: Sitting) -> None:
    await confer(sitting)
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        await answer(screen, pilot, "cancel")
        screen.table._tick()
        await pilot.pause()
        assert pilot.app.screen is screen
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        await answer(screen, pilot, "confirm")
        assert left(screen) == []


async def test_a_guest_is_asked_on_their_own_screen_whoever_else_is_there(
    sitting: Sitting,
) -> None:
    await confer(sitting)
    library = sitting.libraries[STUDENT]
    async with AsyncExitStack() as stack:
        relay = await stack.enter_async_context(Relay.serve(Settings(port=0, open=True)))
        for role in (STUDENT, TEACHER):
            sitting.libraries[role].add_relays(sitting.contract, [relay.url])
        world = Clock().world()
        other = await stack.enter_async_context(sitting.workshop(TEACHER, world=world))
        async with sitting.workshop(STUDENT, size=NARROW, world=world) as (screen, _):
            await until(lambda: here(screen) == here(other[0]) == 2)
            assert due(screen.session) is None
        library.keepsakes(sitting.contract).put(HOST, {b"": bytes(8)})
        async with sitting.workshop(STUDENT, size=NARROW, world=world) as (screen, pilot):
            await until(lambda: here(screen) == 2)
            question = await asked(screen, pilot)
            said = str(question.query_one("#explanation", Static).content)
            assert words.STILL_MINE_GUEST in said
            await pilot.click("#confirm")
            await until(lambda: pilot.app.screen is screen)
            assert left(screen) == []


async def test_nobody_is_asked_while_a_conference_goes_on(sitting: Sitting) -> None:
    await confer(sitting)
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        screen.table._tick()
        await pilot.pause()
        assert pilot.app.screen is screen


async def test_adults_are_not_asked(sitting: Sitting) -> None:
    await confer(sitting)
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, _):
        assert due(screen.session) is None
