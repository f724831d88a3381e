"""Following whoever leads through the contract, and reading it aloud together."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.screen import Screen

from contract_tui.contract.conference.tokens import ReadyPhase
from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.ui.conference import words
from contract_tui.ui.conference.aloud import AloudScreen
from contract_tui.ui.pages.page import AGREEMENT, address
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.notice import Notice
from tests.contract_tui.ui.conference.sitting_together import (
    NARROW,
    PHONE,
    STUDENT,
    TEACHER,
    band,
    click_words,
    conference,
    phase,
)
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import press, until


async def test_the_others_go_along_to_the_same_words_until_they_leave(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student, teacher = screens[STUDENT], screens[TEACHER]
        student.action_lead()
        await until(lambda: teacher.table.following.is_led)
        assert "you follow Heidi" in band(teacher).floor
        assert "you lead" in band(student).floor
        student.going.open_part(SUPPORTS, 7)
        await until(lambda: teacher.ground.part == SUPPORTS)
        await until(lambda: teacher.panes[1].editor.caret == 7)
        await student.going.go_there(address(AGREEMENT))
        await until(lambda: teacher.ground.part == address(AGREEMENT))
        teacher.action_leave_leader()
        assert "Heidi leads" in band(teacher).floor
        student.going.open_part(SUPPORTS, 9)
        await until(lambda: caret_of_the_other(teacher) == [9])
        assert teacher.ground.part == address(AGREEMENT)
        teacher.action_lead()  # comes along again
        await until(lambda: teacher.ground.part == SUPPORTS)
        student.action_lead()
        await until(lambda: "Heidi" not in band(teacher).floor.replace("Heidi has", ""))


def caret_of_the_other(screen: WorkshopScreen) -> list[int]:
    contract = screen.session.contract
    text = contract.text(SUPPORTS)
    there = [one for one in screen.session.people if not one.me and one.part == SUPPORTS]
    return [text.offset_of(one.head) or 0 for one in there]


async def test_whoever_types_is_not_taken_away(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student, teacher = screens[STUDENT], screens[TEACHER]
        await press(student.panes[0].editor, "x")
        await until(lambda: student.session.people[0].typing)
        teacher.action_lead()
        await until(lambda: "You were writing" in str(student.query_one(Notice).content))
        teacher.going.open_part(SUPPORTS, 7)
        await until(lambda: caret_of_the_other(student) == [7])
        assert student.ground.part != SUPPORTS
        assert not student.table.following.is_led


async def test_to_type_is_to_leave(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student, teacher = screens[STUDENT], screens[TEACHER]
        teacher.action_lead()
        await until(lambda: student.table.following.is_led)
        await press(student.panes[0].editor, "x")
        await until(lambda: not student.table.following.is_led)
        assert "Mrs Sesemann leads" in band(student).floor


async def test_reading_aloud_scrolls_together_and_ends_together(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student, teacher = screens[STUDENT], screens[TEACHER]
        student.action_lead()
        student.call_later(student.action_read_aloud)
        leader = await reading(screens.apps[STUDENT])
        follower = await reading(screens.apps[TEACHER])
        assert [one.text for one in leader._shown] == [one.text for one in follower._shown]
        await until(lambda: stands_at(leader, 12))
        await until(lambda: follower.first == leader.first == 12)
        await until(lambda: words.ALOUD_LED in foot(follower))
        leader.call_later(leader.action_close)
        await until(lambda: screens.apps[TEACHER].screen is teacher)


@pytest.mark.parametrize("size", [PHONE, NARROW])
async def test_reading_aloud_can_be_left_without_keys(
    sitting: Sitting, size: tuple[int, int]
) -> None:
    async with sitting.workshop(STUDENT, size=size) as (screen, pilot):
        screen.action_read_aloud()
        await reading(pilot.app)
        await click_words(pilot, words.ALOUD_BACK)
        await until(lambda: pilot.app.screen is screen)


def stands_at(view: AloudScreen, number: int) -> bool:
    """Whether the view stands at a paragraph; it goes there as soon as it is laid out."""
    view.go_to(number)
    return view.first == number


async def reading(app: App[None]) -> AloudScreen:
    await until(lambda: is_read(app.screen))
    assert isinstance(app.screen, AloudScreen)
    return app.screen


def is_read(screen: Screen[object]) -> bool:
    return isinstance(screen, AloudScreen) and screen._scroll.max_scroll_y > 0


def foot(screen: AloudScreen) -> str:
    return str(screen._foot.content)


async def test_escape_still_puts_away_what_is_shown(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        await pilot.press("ctrl+l")
        assert screen.noting.card.shown is not None
        await pilot.press("escape")
        assert screen.noting.card.shown is None


async def test_nobody_leads_after_the_conference(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student, teacher = screens[STUDENT], screens[TEACHER]
        teacher.action_lead()
        await until(lambda: student.table.following.is_led)
        student.session.conferring.end()
        await until(lambda: not teacher.table.goes_on)
        teacher.follow()
        await until(lambda: not student.table.following.is_led)
        assert not teacher.session.conferring.leading.leads


async def test_one_key_reads_aloud_in_the_last_phases(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        conferring = screen.session.conferring
        conferring.begin()
        screen.follow()
        assert not screen.check_action("read_aloud", ())
        while conferring.phase is not None and conferring.phase.ready is not ReadyPhase.READ_BACK:
            conferring.go_on()
        screen.follow()
        await pilot.press("alt+r")
        await reading(pilot.app)
        await pilot.press("f10")
        assert phase(screen) == "close"


async def test_anybody_reads_alone_at_any_time_and_sees_what_changes(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        screen.action_read_aloud()
        view = await reading(pilot.app)
        assert [one.text for one in view._shown][:2] == [screen.session.contract.title, "Interests"]
        assert not any("says" in one.text for one in view._shown if one.kind == "part")
        await pilot.press("down")
        assert view.first > 0
        screen.session.edit(INTERESTS, Splice(0, 0, "Cows, too. "))
        await until(lambda: any(one.text.startswith("Cows, too.") for one in view._shown))
        await until(lambda: len(view._scroll.children) == len(view._shown))
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is screen)
