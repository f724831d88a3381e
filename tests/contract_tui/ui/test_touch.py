"""What a phone is told instead of keys that it has not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import language
import pytest
from textual.app import App
from textual.widgets import Static

from contract_tui.contract.schema import INTERESTS
from contract_tui.ui import touch
from contract_tui.ui.commands import WorkshopCommands
from contract_tui.ui.conference import words as conferring
from contract_tui.ui.conference.standing import Standing
from contract_tui.ui.pages.page import address, page_of_goal
from contract_tui.ui.screens.help import HelpScreen
from contract_tui.ui.touch import IN_A_CONFERENCE, IN_A_DRAFT, NAMES, bare, by_touch
from contract_tui.ui.widgets.key_bar import KeyBar
from tests.contract_tui.ui.conference.sitting_together import (
    PHONE,
    STUDENT,
    TEACHER,
    click_words,
    dialog,
)
from tests.contract_tui.ui.notes.test_noting import suggested
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until

SPOKEN = ("notes/words.py", "pages/item_words.py", "conference/words.py", "history/words.py")
"""Where most of what is said for a while stands."""


@contextmanager
def in_a_browser(app: App[None], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as browser:
        browser.setattr(type(app), "is_web", True)
        yield


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("Kept. Ctrl+Z takes it out.", "Kept. “Take back my last words” (Menu) takes it out."),
        ("Ctrl+F shows more.", "A tap on the lines at the top shows more."),
        ("You stay: Ctrl+F, then L.", "You stay: a tap on the lines at the top, then L."),
        ("Esc, Tab and Enter, Ctrl+Ä, F13, CtrlF10", "Esc, Tab and Enter, Ctrl+Ä, F13, CtrlF10"),
        ("F1 and Ctrl+Q are left alone.", "F1 and Ctrl+Q are left alone."),
    ],
)
def test_a_key_becomes_what_there_is_to_tap(said: str, instead: str) -> None:
    assert by_touch(said) == instead


def test_in_the_lines_of_a_conference_one_taps_there_and_in_a_draft_below_it() -> None:
    asked = "F10, when you are ready. Then Alt+R."
    assert by_touch(asked, IN_A_CONFERENCE) == "A tap here, when you are ready. Then a tap here."
    assert by_touch("Press F2.", IN_A_DRAFT) == "Press “Share”."
    assert bare("Ctrl+R answer") == "answer"
    assert bare("Esc close") == "Esc close"


def test_every_key_that_is_said_has_something_to_tap() -> None:
    left = []
    for message in language.said():
        if any(place.endswith(SPOKEN) for place, _ in message.locations):
            said = by_touch(str(message.id))
            left += [said] if touch._KEY.search(said) and "\n" not in said else []
    assert left == []


async def test_the_menu_has_everything_by_the_name_that_is_told(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=PHONE) as (screen, _):
        goal = screen.session.desk.add_goal()
        screen.open_part(address(page_of_goal(goal)))
        await until(lambda: screen.ground.shown is not None)
        offered = {name for name, _, _ in WorkshopCommands(screen)._commands()}
        assert offered >= set(NAMES.values())


async def test_a_phone_is_told_of_no_key_that_it_has_not(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting.workshop(TEACHER, size=PHONE) as (screen, pilot):
        bar = screen.query_one(KeyBar)
        assert "Ctrl+G Go to" in str(bar.content)
        screen.say(conferring.NO_CONFERENCE)
        assert "F10 begins one" in str(screen.notice.content)
        with in_a_browser(pilot.app, monkeypatch):
            screen.say(conferring.NO_CONFERENCE)
            assert "“Conference” (Menu) begins one" in str(screen.notice.content)
            bar._draw()
            assert "Go to" in str(bar.content)
            assert "Ctrl" not in str(bar.content)
            await pilot.click(bar, offset=(str(bar.content).index("Go to") + 1, 0))
            await until(lambda: screen.menu.has_focus_within)


async def test_the_help_begins_with_what_a_phone_does_without_keys(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting.workshop(TEACHER, size=PHONE) as (screen, pilot):
        with in_a_browser(pilot.app, monkeypatch):
            await pilot.press("f1")
            await until(lambda: isinstance(pilot.app.screen, HelpScreen))
            await until(lambda: bool(pilot.app.screen.query(Static)))
            shown = pilot.app.screen.query(Static).first()
            assert str(shown.content).startswith("On a phone\n")
            await pilot.press("escape")
            await until(lambda: pilot.app.screen is screen)


async def test_what_can_be_done_with_a_note_can_be_tapped(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    await suggested(sitting, INTERESTS, "the goats", "all goats")
    async with sitting.workshop(size=PHONE) as (screen, pilot):
        with in_a_browser(pilot.app, monkeypatch):
            card = screen.noting.card
            await pilot.press("ctrl+l")
            assert card.content.endswith("\nanswer   next   Esc close")
            await click_words(pilot, "   next   ")
            await click_words(pilot, "answer   next")
            await dialog(pilot)
            await pilot.press("escape")
            await until(lambda: pilot.app.screen is screen)
            await click_words(pilot, "Esc close")
            await until(lambda: card.shown is None)


async def test_the_lines_of_a_conference_say_what_a_tap_on_them_does(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting.workshop(STUDENT, size=PHONE) as (screen, pilot):
        with in_a_browser(pilot.app, monkeypatch):
            strip = screen.table.band.strip
            strip.show(Standing("2 of 7: Me", note=conferring.ASKS_TO_GO_ON.format(people="Ben")))
            assert "Ben would like to go on: a tap here, when you" in str(strip.content)
