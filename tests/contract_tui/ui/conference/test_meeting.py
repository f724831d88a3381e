"""A conference on several screens: who goes on, who asks to, and what each of them sees of it."""

from __future__ import annotations

from itertools import count

from textual.widgets import Static

from contract_tui.contract.conference.agenda import READY
from contract_tui.contract.conference.tokens import Form
from contract_tui.session.conference.conferring import REST
from contract_tui.session.presence.presence import Whereabouts, encode
from contract_tui.ui.conference import words
from contract_tui.ui.haste import Haste
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.go_to import GoTo
from contract_tui.ui.widgets.notice import Notice
from sync_server.protocol.ids import PeerId
from tests.contract_tui.ui.conference.sitting_together import (
    NARROW,
    PARENT,
    STUDENT,
    TEACHER,
    Clock,
    band,
    conference,
    dialog,
    phase,
)
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until

PHASES = [one.id for one in READY[Form.FULL]]


async def test_one_key_begins_after_asking_with_whom_and_then_goes_on(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        assert not screen.table.goes_on
        await pilot.press("f10")
        asked = await dialog(pilot)
        assert "Grandfather and Mrs Sesemann" in asked._explanation
        asked.query_one(ChoiceBar).chosen = Form.SHORT
        await pilot.click("#confirm")
        await until(lambda: pilot.app.screen is screen)
        assert phase(screen) == PHASES[0]
        assert screen.session.conferring.agendas.agenda.form is Form.SHORT
        assert screen.table.band.strip.display
        await pilot.press("f10")
        assert phase(screen) == PHASES[1]
        assert band(screen).place == "2 of 7: Me and my work"


async def test_who_comes_while_it_is_asked_is_named_there(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        await pilot.press("f10")
        said = (await dialog(pilot)).query_one("#explanation", Static)
        assert str(said.content).startswith("Not here yet: Grandfather and Mrs Sesemann.")
        teacher = next(one.seat for one in screen.session.people if one.role is TEACHER)
        screen.session._whispers.hear(PeerId("b"), encode(Whereabouts(teacher)))
        await until(
            lambda: str(said.content).startswith("With you: Mrs Sesemann.\nNot here yet: G")
        )
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is screen)


async def test_the_key_goes_on_while_somebody_types(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        screen.follow()
        await pilot.press("a", "f10", "b")
        assert phase(screen) == PHASES[1]
        assert screen.panes[0].editor.text.startswith("ab")


async def test_only_the_students_key_goes_on_and_the_others_ask(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student, teacher = screens[STUDENT], screens[TEACHER]
        teacher.action_go_on_phase()
        assert phase(teacher) == PHASES[0]
        await until(lambda: "Mrs Sesemann would like to go on" in band(student).note)
        assert "F10, when you are ready" in band(student).note
        assert band(teacher).note.startswith("You asked to go on.")
        teacher.table._haste = Haste(count(0.0, 10.0).__next__)
        teacher.action_ask_to_go_on()
        await until(lambda: not band(student).note)
        teacher.action_ask_to_go_on()
        await until(lambda: bool(band(student).note))
        student.action_go_on_phase()
        await until(lambda: phase(teacher) == PHASES[1])
        assert not band(student).note
        assert not band(teacher).note


async def test_two_presses_from_the_same_place_are_one_step(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student = screens[STUDENT]
        current = student.session.conferring.current
        assert current is not None
        student.action_go_on_phase()
        student._step(lambda: student.session.conferring.go_on(current.place.visit))
        assert phase(student) == PHASES[1]
        said = str(student.query_one(Notice).content)
        assert said == words.SOMEBODY_WAS_QUICKER


async def test_back_more_time_a_break_and_no_clock(sitting: Sitting) -> None:
    clock = Clock()
    async with conference(sitting, STUDENT, TEACHER, clock=clock) as screens:
        student, teacher = screens[STUDENT], screens[TEACHER]
        student.action_back_phase()
        assert phase(student) == PHASES[0]
        student.action_go_on_phase()
        student.action_back_phase()
        assert phase(student) == PHASES[0]
        student.action_more_time()
        await until(lambda: band(teacher).minutes == band(student).minutes == "4")
        teacher.action_more_time()  # it is for the student to say
        assert band(teacher).minutes == "4"
        teacher.action_pause()
        await until(lambda: band(student).time == words.PAUSED)
        student.action_pause()
        await until(lambda: band(teacher).minutes == "4")
        student.action_hide_clock()
        assert not band(student).time
        assert band(teacher).time
        student.action_hide_clock()
        assert band(student).time


async def test_who_comes_later_takes_part_with_the_same_key(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        conferring = screen.session.conferring
        conferring.begin()
        me = screen.session.me
        assert me is not None
        screen.follow()
        assert screen.table.takes_part
        await pilot.press("ctrl+f")
        assert is_open(screen.deeds)
        await pilot.press("p")
        assert band(screen).time == words.PAUSED
        assert not is_open(screen.deeds)
        assert screen.focused is screen.panes[0].editor


def is_open(menu: GoTo) -> bool:
    return menu.display


async def test_a_key_that_is_held_goes_on_by_one_phase(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, _):
        screen.session.conferring.begin()
        screen.follow()
        for _ in range(5):
            screen.action_go_on_phase()
        assert phase(screen) == PHASES[1]


async def test_the_mouse_does_what_the_keys_do(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        screen.follow()
        await until(lambda: screen.table.band.strip.region.area > 0)
        await pilot.click("#conference-strip")
        assert is_open(screen.deeds)
        await pilot.click("#deeds", offset=(4, 1))
        await until(lambda: phase(screen) == PHASES[1])
        assert not is_open(screen.deeds)


async def test_a_conference_that_was_interrupted_is_taken_up_with_the_same_key(
    sitting: Sitting,
) -> None:
    clock = Clock()
    async with sitting.workshop(STUDENT, world=clock.world(online=False)) as (screen, pilot):
        screen.session.conferring.begin()
        clock.now = REST + 1
        screen.follow()
        assert band(screen).place == words.RESTS
        await pilot.press("f10")
        assert phase(screen) == PHASES[0]
        assert screen.table.takes_part


async def test_a_third_person_is_invited_to_take_part(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        library = sitting.libraries[PARENT]
        relay = screens[STUDENT].session.links[-1].url
        library.add_relays(sitting.contract, [relay])
        async with sitting.workshop(PARENT, world=Clock().world()) as (parent, pilot):
            await until(lambda: parent.table.goes_on)
            await until(lambda: "Heidi and Mrs Sesemann" in band(parent).note)
            await pilot.press("f10")
            await dialog(pilot)
            await pilot.click("#confirm")
            await until(lambda: pilot.app.screen is parent)
            assert parent.table.takes_part
            assert band(parent).place.startswith("1 of 7")
