"""Drafts, as somebody writes and shares them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Static

from contract_tui.contract.items.paths import part_of
from contract_tui.contract.schema import INTERESTS, SECTION_LIMIT, STRUCTURE
from contract_tui.contract.text.splice import Splice
from contract_tui.library.drafts import BEFORE_CONFERENCE, DraftId
from contract_tui.library.library import Library
from contract_tui.ui.drafts.screen import DraftScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until

PLACE = DraftId(INTERESTS)


async def drafting(pilot: Pilot[None]) -> DraftScreen:
    """Open the draft of the part one is in."""
    await pilot.press("ctrl+u")
    return await shown(pilot)


async def shown(pilot: Pilot[None]) -> DraftScreen:
    """Wait for the page of a draft."""
    await until(lambda: isinstance(pilot.app.screen, DraftScreen))
    screen = pilot.app.screen
    assert isinstance(screen, DraftScreen)
    await until(lambda: screen.editor.has_focus and screen.editor.size.height > 0)
    return screen


@asynccontextmanager
async def drafted(
    sitting: Sitting, role: Role = Role.STUDENT
) -> AsyncIterator[tuple[WorkshopScreen, DraftScreen, Pilot[None]]]:
    """A workshop with the draft of its first section in front."""
    async with sitting.workshop(role) as (workshop, pilot):
        yield workshop, await drafting(pilot), pilot


def said(screen: DraftScreen) -> str:
    return str(screen.query_one("#said", Static).render())


def words(workshop: WorkshopScreen, place: DraftId = PLACE) -> str:
    return workshop.session.drafting.draft(place).text


def marked(workshop: WorkshopScreen) -> list[str]:
    return [line for line in str(workshop.outlines[0].content).split("\n") if "✎" in line]


async def test_a_draft_says_that_it_is_only_here_and_changes_nothing(sitting: Sitting) -> None:
    async with drafted(sitting) as (workshop, screen, pilot):
        heads = workshop.session.contract.heads
        assert "Only on this computer" in str(screen.query_one("#here-only", Static).render())
        assert "at the end of “Interests”" in said(screen)
        await pilot.press(*"sea")
        assert words(workshop) == "sea"
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is workshop)
        assert marked(workshop) == ["▸ Interests ✎ "]
        assert workshop.session.contract.heads == heads
        assert workshop.editor_in_use.has_focus


async def test_one_key_shares_it_and_leads_to_the_words(sitting: Sitting) -> None:
    async with drafted(sitting) as (workshop, _, pilot):
        before = workshop.session.contract.text(INTERESTS).text
        await pilot.press(*"sea", "f2")
        await until(lambda: pilot.app.screen is workshop)
        assert workshop.session.contract.text(INTERESTS).text == f"{before.rstrip()}\nsea"
        assert (words(workshop), marked(workshop)) == ("", [])
        assert "Ctrl+Z takes it out" in str(workshop.notice.content)
        await pilot.press("ctrl+z")
        await until(lambda: workshop.session.contract.text(INTERESTS).text == before)
        screen = await drafting(pilot)
        await pilot.press("ctrl+z")
        assert screen.editor.text == "sea"


async def test_what_is_typed_for_a_draft_never_looks_like_typing(sitting: Sitting) -> None:
    async with drafted(sitting) as (workshop, _, pilot):
        await pilot.press(*"quietly")
        (me, *_) = workshop.session.people
        assert me.me
        assert not me.typing


async def test_people_who_press_save_share_nothing(sitting: Sitting) -> None:
    async with drafted(sitting) as (workshop, screen, pilot):
        await pilot.press(*"sea", "ctrl+s")
        await until(lambda: "kept on this computer already" in said(screen))
        assert words(workshop) == "sea"
        assert pilot.app.screen is screen


async def test_an_empty_draft_shares_nothing_and_says_so(sitting: Sitting) -> None:
    async with drafted(sitting) as (_, screen, pilot):
        await pilot.press("f2")
        await until(lambda: "nothing here yet" in said(screen))
        assert pilot.app.screen is screen


async def test_tab_leads_to_the_notes_and_back_and_they_are_shared_where_one_was(
    sitting: Sitting,
) -> None:
    async with drafted(sitting, Role.PARENT) as (workshop, screen, pilot):
        await pilot.press(*"one", "tab", *"two")
        assert screen.place == BEFORE_CONFERENCE
        assert "Notes before the conference" in str(screen.query_one("#sheet").border_title)
        assert (words(workshop), words(workshop, BEFORE_CONFERENCE)) == ("one", "two")
        await pilot.press("f2")
        await until(lambda: pilot.app.screen is workshop)
        assert workshop.session.contract.text(INTERESTS).text.endswith("\ntwo")
        assert (words(workshop), words(workshop, BEFORE_CONFERENCE)) == ("one", "")


async def test_where_no_text_has_the_keys_there_are_the_notes(sitting: Sitting) -> None:
    async with sitting.workshop(Role.TEACHER) as (workshop, pilot):
        workshop.open_part(STRUCTURE)
        pane = next(pane for pane in workshop.panes if pane.choices)
        workshop.set_focus(pane.choices)
        await pilot.pause()
        assert (await drafting(pilot)).place == BEFORE_CONFERENCE


async def test_what_only_the_student_writes_becomes_a_suggestion(sitting: Sitting) -> None:
    async with sitting.workshop(Role.TEACHER) as (workshop, pilot):
        goal = workshop.session.desk.items.goals[0]
        part = part_of(goal.id, "matters")
        before = workshop.session.contract.text(part).text
        await workshop.going.go_there(part)
        workshop.follow()
        await drafting(pilot)
        await pilot.press(*"wind", "f2")
        await until(lambda: pilot.app.screen is workshop)
        assert "as a suggestion" in str(workshop.notice.content)
        assert workshop.session.contract.text(part).text == before
        note = workshop.session.remarks.notes[-1]
        assert "wind" in workshop.session.remarks.words(note, "text")
        assert words(workshop, DraftId(part)) == ""


async def test_what_has_no_room_stays_and_says_why(sitting: Sitting) -> None:
    async with drafted(sitting) as (workshop, screen, pilot):
        pilot.app.post_message(Paste("x" * (SECTION_LIMIT + 1)))
        await until(lambda: "full" in said(screen))
        await pilot.press("f2")
        await until(lambda: "room" in said(screen))
        assert len(words(workshop)) == SECTION_LIMIT


async def test_what_another_program_of_ones_own_writes_comes_in(sitting: Sitting) -> None:
    async with drafted(sitting) as (workshop, screen, pilot):
        await pilot.press(*"here")
        with Library(sitting.libraries[Role.STUDENT].path.parent) as another:
            another.drafts(sitting.contract).edit(PLACE, lambda stands: f"there, {stands.words}")
        await until(lambda: screen.editor.text == "there, here")
        await pilot.press("!")
        assert words(workshop) == "there, here!"


async def test_what_cannot_be_kept_is_not_shown_as_if_it_were(sitting: Sitting) -> None:
    async with drafted(sitting) as (workshop, screen, pilot):
        sitting.libraries[Role.STUDENT].erase(sitting.contract)
        await pilot.press("x")
        await until(lambda: "could not be kept" in said(screen))
        assert screen.editor.text == words(workshop) == ""


async def test_whoever_reads_along_is_told_how_to_write(sitting: Sitting) -> None:
    library = sitting.libraries[Role.PARENT]
    library.give_up_seat(sitting.contract)
    async with sitting.workshop(Role.PARENT) as (workshop, pilot):
        await pilot.press("ctrl+u")
        assert pilot.app.screen is workshop
        assert "reading along" in str(workshop.notice.content)


@pytest.mark.parametrize("notes", [False, True])
async def test_the_palette_leads_to_the_draft_and_to_the_notes(
    sitting: Sitting, notes: bool
) -> None:
    from contract_tui.ui.commands import WorkshopCommands

    name = "Notes before the conference" if notes else "Draft"
    async with sitting.workshop() as (workshop, pilot):
        offered = {said: action for said, _, action in WorkshopCommands(workshop)._commands()}
        offered[name]()
        screen = await shown(pilot)
        assert (screen.place == BEFORE_CONFERENCE) == notes


async def test_a_draft_is_written_from_where_it_was_left(sitting: Sitting) -> None:
    library = sitting.libraries[Role.STUDENT]
    library.drafts(sitting.contract).edit(PLACE, lambda _: "begun")
    async with sitting.workshop() as (workshop, pilot):
        assert marked(workshop) == ["▸ Interests ✎ "]
        screen = await drafting(pilot)
        assert screen.editor.text == "begun"
        workshop.session.drafting.draft(PLACE).edit(Splice(0, 5, ""))
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is workshop)
        assert marked(workshop) == []
