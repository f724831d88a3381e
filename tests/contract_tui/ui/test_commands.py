"""What the palette offers in the workshop."""

from __future__ import annotations

from textual.widgets import Input

from contract_tui.contract.schema import StructureChoice
from contract_tui.ui.commands import WorkshopCommands
from contract_tui.ui.pages.page import SUPPORTS, address
from contract_tui.ui.screens.notice import NoticeScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until

LEADS_ELSEWHERE = frozenset(
    {
        "All contracts",
        "Begin anew",
        "Conference",
        "Draft",
        "Go to…",
        "Invite somebody",
        "New goal",
        "Next note",
        "Note",
        "Notes before the conference",
        "Sections",
        "Take away",
        "When to look at it again",
    }
)


async def test_the_palette_offers_what_can_be_done(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        provider = WorkshopCommands(screen)
        names = [name for name, _, _ in provider._commands()]
        assert {"Go to Interests", "Who wrote what", "Take back my last words"} <= set(names)
        assert {"Go to…", "Go to Promises", "New goal", "Sections", "Next note"} <= set(names)
        assert not any(name == "New support" for name in names)
        for name, _, action in provider._commands():
            if name not in LEADS_ELSEWHERE:
                action()
        assert screen.session.contract.structure_choice is StructureChoice.NOT_CHOSEN


async def test_the_palette_adds_a_goal_and_one_more_of_what_a_page_lists(
    sitting: Sitting,
) -> None:
    async with sitting.workshop() as (screen, _):
        desk = screen.session.desk
        goals, supports = len(desk.items.goals), len(desk.items.supports)
        {name: act for name, _, act in WorkshopCommands(screen)._commands()}["New goal"]()
        await until(lambda: len(desk.items.goals) == goals + 1 and screen.ground.shown is not None)
        await screen.going.go_there(address(SUPPORTS))
        {name: act for name, _, act in WorkshopCommands(screen)._commands()}["New support"]()
        await until(lambda: len(desk.items.supports) == supports + 1)


async def test_the_palette_shows_the_command_that_begins_anew(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        offered = {name: act for name, _, act in WorkshopCommands(screen)._commands()}
        offered["Begin anew"]()
        await until(lambda: isinstance(screen.app.screen, NoticeScreen))
        await pilot.press("1")
        wanted = f"contract-tui renew {screen.session.entry.text_id}"
        await until(lambda: screen.app.clipboard == wanted)


async def test_whoever_reads_along_is_offered_nothing_that_writes(sitting: Sitting) -> None:
    sitting.libraries[Role.PARENT]._connection.execute("DELETE FROM seat")
    async with sitting.workshop(Role.PARENT) as (screen, _):
        names = {name for name, _, _ in WorkshopCommands(screen)._commands()}
        assert {"Go to…", "Go to Agreement", "Look back", "Take away"} <= names
        assert not names & {"New goal", "Sections", "Note", "Draft", "When to look at it again"}


async def test_the_caret_of_the_palette_stands_still(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        screen.app.action_command_palette()
        await until(lambda: bool(screen.app.screen.query(Input)))
        await until(lambda: not screen.app.screen.query_one(Input).cursor_blink)
