"""Questions that can be answered with the keyboard alone, in a small window too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button, Static

from contract_tui.library.library import Library
from contract_tui.ui import themes
from contract_tui.ui.haste import Haste
from contract_tui.ui.screens import questions
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.widgets.line_input import LineInput
from contract_tui.ui.widgets.long_input import LongInput
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until

STYLES = Path(themes.__file__).parent / "styles"
INVITED = list[tuple[str, Role]]


class Asking(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.OWN_VARIABLES


@asynccontextmanager
async def asked(
    dialog: Dialog[Any], size: tuple[int, int] = (80, 24), *, in_haste: bool = False
) -> AsyncIterator[tuple[Asking, Pilot[None], list[object]]]:
    """Ask somebody who takes their time, or presses key upon key; yields what is answered."""
    app, answers = Asking(), list[object]()
    hours = count()
    dialog.haste = Haste(lambda: 0.0 if in_haste else float(next(hours)))
    async with app.run_test(size=size) as pilot:
        app.push_screen(dialog, answers.append)
        await until(lambda: app.screen is dialog and app.focused is not None)
        await until(lambda: dialog.query_one("#box").region.area > 0)
        yield app, pilot, answers


@pytest.mark.parametrize("size", [(48, 38), (80, 20), (120, 40)])
async def test_it_stands_from_the_first_frame_where_it_stays(size: tuple[int, int]) -> None:
    frames: list[object] = []

    class Watched(Dialog[str]):
        CSS_PATH = str(STYLES / "dialog.tcss")

        def on_mount(self) -> None:
            super().on_mount()
            self.screen_layout_refresh_signal.subscribe(self, lambda _: frames.append(stands()))

    def stands() -> list[object]:
        return [one.region for one in dialog.query("#box, Button")]

    dialog = Watched("Which?", "So much.", [Field("a", "What?")], "This", str)
    async with asked(dialog, size) as (_app, pilot, _answers):
        await pilot.pause()
        assert len(frames) > 1
        assert all(frame == frames[0] for frame in frames)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (80, 14)])
@pytest.mark.parametrize("length", [1, 12, 60])
async def test_what_is_said_below_takes_no_button_away_from_under_the_mouse(
    size: tuple[int, int], length: int
) -> None:
    def attempt(_answers: Answers) -> str:
        raise questions.Unanswered("So many words. " * length)

    dialog = Dialog("Which?", "So much.", [Field("a", "What?")], "This", attempt)
    async with asked(dialog, size) as (_app, pilot, _answers):
        there = dialog.query_one("#confirm").region
        for _ in range(2):
            await pilot.click("#confirm")
            await until(lambda: dialog.query_one("#problem").region.area > 0)
            await pilot.pause()
            assert dialog.query_one("#confirm").region.y == there.y
            assert dialog.query_one("#box").region.y >= 0
        await pilot.resize_terminal(100, 30)
        await until(lambda: not dialog.has_class("-held"))
        await pilot.pause()
        box = dialog.query_one("#box").region
        assert abs((30 - box.bottom) - box.y) <= 1


def inviting(invited: INVITED) -> Dialog[Any]:
    def invite(name: str, role: Role) -> object:
        invited.append((name, role))
        return name

    return questions.invite_somebody(invite)


def problem_of(dialog: Dialog[Any]) -> str:
    return str(dialog.query_one("#problem", Static).content)


def is_seen(dialog: Dialog[Any], widget: Widget) -> bool:
    return dialog.query_one("#box").content_region.contains_region(widget.region)


async def test_enter_goes_from_field_to_field_and_keeps_what_is_chosen() -> None:
    invited: INVITED = []
    async with asked(inviting(invited)) as (_, pilot, answers):
        await pilot.press(*"Eva", "enter", "enter")
        await until(lambda: answers == ["Eva"])
    assert invited == [("Eva", Role.TEACHER)]


async def test_the_arrows_choose_at_once_and_from_what_was_chosen() -> None:
    invited: INVITED = []
    async with asked(inviting(invited)) as (_, pilot, answers):
        await pilot.press(*"Sam", "enter", "right", "enter")
        await until(lambda: answers == ["Sam"])
    assert invited == [("Sam", Role.PARENT)]


def choosing(said: list[Answers], *, is_long: bool = True) -> Dialog[Any]:
    def attempt(answers: Answers) -> str:
        said.append(dict(answers))
        return "said"

    kind = Field("kind", "What?", options={"a": "an apple", "b": "a pear"})
    return Dialog("What?", "", [kind, Field("why", "Why?", is_long=is_long)], "Say it", attempt)


@pytest.mark.parametrize("is_long", [True, False])
async def test_a_doubled_or_held_enter_neither_skips_a_field_nor_answers(is_long: bool) -> None:
    said: list[Answers] = []
    dialog = choosing(said, is_long=is_long)
    async with asked(dialog, in_haste=True) as (app, pilot, answers):
        await pilot.press("right", "enter", "enter")
        assert app.focused is dialog.query_one("#why" if is_long else "#confirm")
        await pilot.press(*["enter"] * 20)
        assert (said, answers) == ([], [])
        field = dialog.query_one(LongInput) if is_long else dialog.query_one(LineInput)
        assert field.value == ""


async def test_a_question_that_opens_under_an_enter_is_not_answered_by_it() -> None:
    said: list[Answers] = []
    dialog = Dialog("Really?", "", [], "Yes", lambda answers: said.append(answers))
    async with asked(dialog, in_haste=True) as (app, pilot, answers):
        await pilot.press("enter", "enter")
        assert app.focused is dialog.query_one("#confirm")
        await pilot.press("tab", "shift+tab", "tab", "enter")
        await until(lambda: answers == [None])
    assert said == []


async def test_what_was_written_since_is_meant_however_quick_somebody_is() -> None:
    invited: INVITED = []
    async with asked(inviting(invited), in_haste=True) as (_, pilot, answers):
        await pilot.press(*"Sam", "enter", "right", "enter")
        await until(lambda: answers == ["Sam"])


async def test_a_long_answer_takes_several_lines_and_tab_leads_on() -> None:
    said: list[Answers] = []
    dialog = choosing(said)
    async with asked(dialog) as (app, pilot, answers):
        await pilot.press("right", "enter", *"One", "enter", *"two", "backspace", "o", "tab")
        assert app.focused is dialog.query_one("#confirm")
        await pilot.press("enter")
        await until(lambda: answers == ["said"])
    assert said == [{"kind": "b", "why": "One\ntwo"}]


async def test_a_long_answer_grows_and_its_caret_stays_in_view() -> None:
    dialog = choosing([])
    async with asked(dialog) as (_, pilot, _):
        field = dialog.query_one(LongInput)
        await pilot.press("enter", *"word" * 4)
        assert field.size.height == 2
        await pilot.press(*["enter", "x"] * 3)
        await until(lambda: field.size.height == 4)
        await pilot.press(*["enter", "y"] * 6)
        await until(lambda: field.size.height == 6)
        await until(lambda: field.scroll_offset.y == 4)
        for name in ("#question", "#confirm"):
            await until(lambda name=name: is_seen(dialog, dialog.query_one(name)))  # type: ignore[misc]


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_the_whole_question_its_problem_and_its_buttons_are_on_the_screen(
    empty: Library, size: tuple[int, int]
) -> None:
    dialog = questions.new_contract(empty)
    async with asked(dialog, size) as (_, _, answers):
        await until(lambda: is_seen(dialog, dialog.query_one("#question")))
        await until(lambda: is_seen(dialog, dialog.query_one("#confirm")))
        dialog.query_one("#title", LineInput).value = "Mine"
        dialog.query_one("#name", LineInput).value = "Maya"
        dialog.query_one("#relay", LineInput).value = "school"
        dialog.query_one("#confirm", Button).press()
        await until(lambda: "not the address of a relay" in problem_of(dialog))
        for name in ("#question", "#title", "#problem", "#confirm"):
            await until(lambda name=name: is_seen(dialog, dialog.query_one(name)))  # type: ignore[misc]
        assert answers == []


async def test_a_question_longer_than_the_window_can_be_read_with_the_arrows() -> None:
    dialog = questions.trust("ws://school.example:3030")
    async with asked(dialog, (60, 18)) as (app, pilot, _):
        assert app.focused is dialog.query_one("#cancel")
        await until(lambda: dialog.query_one("#cancel").styles.text_style.underline is True)
        assert not dialog.query_one("#confirm").styles.text_style.underline
        question = dialog.query_one("#question")
        await until(lambda: is_seen(dialog, dialog.query_one("#cancel")))
        await pilot.press(*["up"] * 20)
        await until(lambda: is_seen(dialog, question))


async def test_whoever_erases_the_only_key_is_told_so(sitting: Sitting) -> None:
    for role, said in ((Role.STUDENT, "nobody could be invited"), (Role.PARENT, "new invitation")):
        library = sitting.libraries[role]
        dialog = questions.erase(library, library.entry(sitting.contract))
        assert said in dialog._explanation
