"""The end of a conference, and the question that is asked later."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.widgets import Static

from contract_tui.library.papers import Form
from contract_tui.ui.conference import words
from contract_tui.ui.conference.aloud import AloudScreen
from contract_tui.ui.conference.ending import EndingScreen, take_home
from contract_tui.ui.pages.page import AGREEMENT, address
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.screens.exporting import PROMISES
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.notice import Notice
from tests.contract_tui.ui.conference.sitting_together import NARROW, STUDENT, TEACHER, phase
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


def said(screen: EndingScreen) -> str:
    return "\n".join(str(one.render()) for one in screen.query(Static))


def asked_for(app: App[None]) -> str:
    """As what the dialog takes the contract away, once it asks."""
    ways = app.screen.query("#way").results(ChoiceBar)
    return next((str(one.chosen) for one in ways), "")


async def test_the_key_that_goes_on_leads_in_the_last_phase_to_what_is_left(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        conferring = screen.session.conferring
        conferring.begin()
        while conferring.following is not None:
            conferring.go_on()
        assert phase(screen) == "close"
        screen.follow()
        await pilot.press("f10")
        await until(lambda: isinstance(pilot.app.screen, EndingScreen))
        ending = pilot.app.screen
        assert isinstance(ending, EndingScreen)
        shown = said(ending)
        for line in (words.READ_BACK, words.ANSWER, words.REVISIT, words.TAKE_PROMISES):
            assert line in shown
        await pilot.press("up", "enter")  # from the first line to the last
        await until(lambda: pilot.app.screen is screen)
        assert not screen.table.goes_on
        assert screen.session.contract.conferences.all[-1].ended_at is not None
        assert str(screen.query_one(Notice).content) == words.CLOSED
        assert not screen.table.band.strip.screen.has_class("-conferring")


async def test_each_line_leads_to_where_it_is_done(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        screen.follow()

        async def choose(line: int) -> None:
            screen.action_end_conference()
            await until(lambda: len(pilot.app.screen.query(PressLine)) == 6)
            pilot.app.screen.query(PressLine)[line].focus()
            await pilot.press("enter")

        await choose(0)
        await until(lambda: isinstance(pilot.app.screen, AloudScreen))
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is screen)
        assert screen.table.was_read
        await choose(1)
        await until(lambda: screen.ground.part == address(AGREEMENT))
        await choose(3)
        await until(lambda: asked_for(pilot.app) == PROMISES)


async def test_what_is_chosen_at_the_end_goes_along_into_a_browser(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        monkeypatch.setattr(type(pilot.app), "is_web", True)
        for way in (PROMISES, Form.PAPER):
            take_home(screen, way if way == PROMISES else "")
            await until(lambda: asked_for(pilot.app) != "")
            assert not pilot.app.screen.query("#path")
            assert asked_for(pilot.app) == way
            await pilot.press("escape")
            await until(lambda: pilot.app.screen is screen)


async def test_an_adult_is_told_that_the_student_closes(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        screen.action_end_conference()
        await until(lambda: len(pilot.app.screen.query(PressLine)) == 5)
        assert isinstance(pilot.app.screen, EndingScreen)
        assert "Heidi closes the conference." in said(pilot.app.screen)
