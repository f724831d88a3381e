"""What the band says, on whose screen, at which time."""

from __future__ import annotations

import pytest

from contract_tui.contract.conference.agenda import READY, Phase, PhaseId
from contract_tui.contract.conference.tokens import Floor, Form, ReadyPhase
from contract_tui.contract.schema import INTERESTS
from contract_tui.session.conference.conferring import REST
from contract_tui.session.session import Session
from contract_tui.ui.conference import words
from contract_tui.ui.conference.asked import LISTEN, PHASES, asked_of
from contract_tui.ui.conference.standing import asks_instead, name_of_phase, stand
from contract_tui.ui.graphemes import width
from contract_tui.ui.widgets.notice import Notice
from sync_server.access.proof import Role
from tests.contract_tui.ui.conference.sitting_together import (
    STUDENT,
    TEACHER,
    Clock,
    click_words,
    dialog,
    painted,
)
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


async def opened(sitting: Sitting, role: Role, clock: Clock) -> Session:
    world = clock.world(online=False)
    return await Session.open(sitting.libraries[role], sitting.contract, world=world)


async def test_the_minutes_go_down_and_in_the_end_there_is_time_to_go_on(sitting: Sitting) -> None:
    clock = Clock()
    session = await opened(sitting, STUDENT, clock)
    assert stand(session, "", hides_clock=False) is None
    session.conferring.begin()
    said = []
    for seconds in (0, 59, 61, 119, 121, 3_000):
        clock.now = seconds
        shown = stand(session, "", hides_clock=False)
        assert shown is not None
        said.append((shown.time, shown.minutes))
    assert said == [
        ("about 2 minutes left", "2"),
        ("about 2 minutes left", "2"),
        ("about 1 minute left", "1"),
        ("about 1 minute left", "1"),
        (words.TIME_IS_UP, ""),
        (words.TIME_IS_UP, ""),
    ]
    session.conferring.pause()
    paused = stand(session, "", hides_clock=False)
    assert paused is not None
    assert paused.time == words.PAUSED
    hidden = stand(session, "", hides_clock=True)
    assert hidden is not None
    assert hidden.time == hidden.time_in_short == hidden.minutes == ""
    await session.close()


async def test_the_place_the_floor_and_the_prompt_are_those_of_the_phase(sitting: Sitting) -> None:
    session = await opened(sitting, STUDENT, Clock())
    session.conferring.begin()
    for _ in range(3):
        session.conferring.go_on()
    shown = stand(session, "somebody asks", hides_clock=False)
    assert shown is not None
    assert shown.place == "4 of 7: Goal and success"
    assert shown.floor == "you have the floor, adults only ask at first"
    assert "I’ll know I’ve succeeded when" in shown.asks
    assert shown.note == "somebody asks"
    await session.close()


async def test_who_comes_when_nobody_is_there_sees_that_the_time_is_a_guess(
    sitting: Sitting,
) -> None:
    clock = Clock()
    session = await opened(sitting, STUDENT, clock)
    session.conferring.begin()
    await session.close()
    clock.now = 30
    again = await opened(sitting, STUDENT, clock)
    shown = stand(again, "", hides_clock=False)
    assert shown is not None
    assert (shown.time, shown.minutes) == ("perhaps 2 minutes left", "")
    await again.close()


async def test_a_conference_that_was_left_hours_ago_rests_and_all_write_as_always(
    sitting: Sitting,
) -> None:
    clock = Clock()
    session = await opened(sitting, TEACHER, clock)
    session.conferring.begin()
    assert asks_instead(session, INTERESTS)
    clock.now = REST + 1
    shown = stand(session, "", hides_clock=False)
    assert shown is not None
    assert (shown.place, shown.note) == (words.RESTS, words.TAKE_UP_KEY)
    assert not asks_instead(session, INTERESTS)
    session.conferring.pause()
    session.conferring.resume()
    assert asks_instead(session, INTERESTS)
    await session.close()


@pytest.mark.parametrize("ready", list(ReadyPhase))
def test_every_prompt_fits_into_one_line_of_a_small_window(ready: ReadyPhase) -> None:
    prompt = PHASES[ready]
    assert all(width(said) <= 76 for said in (prompt.student, prompt.teacher, prompt.parent))


LONG = {"name": "Mrs Sesemann", "student": "Mrs Sesemann", "people": "Grandfather and Mrs Sesemann"}


@pytest.mark.parametrize(
    "said",
    [
        words.TAKE_PART_KEY,
        words.TAKE_UP_KEY,
        words.ASKS_TO_GO_ON,
        words.YOU_ASKED_TO_GO_ON,
        words.INSISTING,
        words.YOU_LEAD,
        words.YOU_FOLLOW,
        words.YOU_LEFT,
    ],
)
def test_every_note_fits_into_one_line_of_a_small_window(said: str) -> None:
    assert width(said.format(**LONG)) <= 76


def test_what_the_student_asks_of_a_role_stands_before_the_words_of_the_program() -> None:
    own = Phase(PhaseId("x"), "The goats", 3, Floor.STUDENT, {Role.PARENT: "What do goats like?"})
    assert asked_of(own, Role.PARENT) == "What do goats like?"
    assert asked_of(own, Role.STUDENT)
    loud = Phase(PhaseId("x"), "Goats\x1b[31m", 3, Floor.STUDENT, {Role.PARENT: "Why\x07?"})
    assert "\x1b" not in name_of_phase(loud)
    assert "\x07" not in asked_of(loud, Role.PARENT)
    assert asked_of(READY[Form.FULL][0], Role.OBSERVER) == LISTEN
    assert asked_of(READY[Form.FULL][1], Role.PARENT) == "“Tell me about…”"
    assert asked_of(None, Role.STUDENT) == asked_of(own, None) == ""


async def test_on_a_phone_the_band_has_a_line_for_each_thing_and_is_said_to_be_tapped(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(STUDENT, size=(48, 38)) as (screen, pilot):
        screen.action_begin_conference()
        await dialog(pilot)
        await pilot.click("#confirm")
        await until(lambda: screen.table.takes_part)
        assert str(screen.query_one(Notice).content) == words.YOU_TAKE_PART_SLIM
        await pilot.pause()
        rows = [row.strip() for row in painted(screen)[1:4]]
        assert rows[0] == "1 of 7: Open · your floor"
        assert rows[1] == "about 2 minutes left"
        assert rows[2].startswith("“Today I’d like us")
        await click_words(pilot, rows[0])
        assert any(words.READ_ALOUD in row for row in painted(screen))
