"""The student is asked whether words that were typed for them are theirs, and says what is so."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widgets import Static

from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.ui.conference import confirming_words as words
from contract_tui.ui.conference.afterwards import StillMine
from contract_tui.ui.conference.aloud import AloudScreen
from contract_tui.ui.conference.confirming import NotYours, TypedForYou, YourWords
from contract_tui.ui.conference.deeds import deeds
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.notice import Notice
from tests.contract_tui.ui.conference.sitting_together import (
    PARENT,
    STUDENT,
    TEACHER,
    Screens,
    band,
    beside,
    conference,
    rows,
)
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until

LONG = "I want to walk up to the goats with Peter, " + "again and again, " * 30 + "and back."


def type_for_the_student(screen: WorkshopScreen, said: str) -> None:
    """What an adult types who was asked to, once the typing rests."""
    insisting = screen.session.conferring.insisting
    insisting.insist(INTERESTS)
    screen.session.edit(INTERESTS, Splice(0, 0, said))
    insisting.stop()


async def asked(screens: Screens) -> TypedForYou:
    """The question on the student's screen, by its key."""
    student = screens[STUDENT]
    await until(lambda: "typed" in band(student).note)
    student.call_later(student.action_whose_words)
    return await shown(screens, YourWords)


async def shown(screens: Screens, kind: type[TypedForYou]) -> TypedForYou:
    app = screens.apps[STUDENT]
    await until(lambda: isinstance(app.screen, kind) and bool(app.screen.query("#other")))
    assert isinstance(app.screen, kind)
    return app.screen


async def answer(screens: Screens, question: TypedForYou, button: str) -> None:
    """Press a button, as the mouse or Enter does."""
    await until(lambda: question.query_one(f"#{button}").region.width > 0)
    question.query_one(f"#{button}").press()  # type: ignore[attr-defined]
    await until(lambda: screens.apps[STUDENT].screen is not question)


def text(screen: WorkshopScreen) -> str:
    return screen.session.contract.text(INTERESTS).text


def notice(screen: WorkshopScreen) -> str:
    return str(screen.query_one(Notice).content)


async def test_all_of_the_words_are_shown_and_then_they_are_the_students(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER, PARENT) as screens:
        student, teacher, parent = (screens[one] for one in (STUDENT, TEACHER, PARENT))
        type_for_the_student(teacher, LONG)
        question = await asked(screens)
        shown_words = question.query_one("#typed", VerticalScroll)
        assert shown_words.query_one("Static").content == LONG  # type: ignore[attr-defined]
        assert "not confirmed yet by Heidi" in rows(student)
        await answer(screens, question, "confirm")
        await until(lambda: notice(student) == words.CONFIRMED)
        for one in (teacher, parent):
            await until(lambda one=one: "typed by Mrs Sesemann, confirmed by Heidi" in rows(one))  # type: ignore[misc]
        assert not band(student).note


async def test_what_is_not_theirs_is_marked_and_comes_out_only_when_they_say_so(
    sitting: Sitting,
) -> None:
    async with conference(sitting, STUDENT, TEACHER, PARENT) as screens:
        student, teacher = screens[STUDENT], screens[TEACHER]
        before = text(student)
        type_for_the_student(teacher, "Cows. ")
        await answer(screens, await asked(screens), "other")
        out = await shown(screens, NotYours)
        assert text(student).startswith("Cows. ")
        await until(lambda: "not Heidi’s words" in rows(screens[PARENT]))
        await answer(screens, out, "confirm")
        assert text(student) == before
        await until(lambda: notice(student) == words.TAKEN_OUT)
        assert student.session.undo(INTERESTS)
        assert text(student).startswith("Cows. ")
        await until(lambda: "not Heidi’s words" in rows(student))
        await until(lambda: "not Heidi’s words" in rows(teacher))


async def test_what_was_left_there_is_asked_about_by_the_same_key_and_may_be_theirs_after_all(
    sitting: Sitting,
) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student = screens[STUDENT]
        type_for_the_student(screens[TEACHER], "Cows. ")
        await answer(screens, await asked(screens), "other")
        await answer(screens, await shown(screens, NotYours), "cancel")
        await until(lambda: notice(student) == words.LEFT)
        assert not band(student).note
        assert words.WORDS_TYPED in [one.name for one in deeds(student)]
        assert not student.check_action("whose_words", ())
        student.call_later(student.action_whose_words_again)
        await answer(screens, await shown(screens, NotYours), "other")
        await until(lambda: "confirmed by Heidi" in rows(screens[TEACHER]))
        student.call_later(student.action_whose_words)
        await until(lambda: notice(student) == words.NOTHING_TYPED)


async def test_later_says_nothing_and_the_question_hides_nobody_who_would_like_to_go_on(
    sitting: Sitting,
) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student, teacher = screens[STUDENT], screens[TEACHER]
        type_for_the_student(teacher, "Cows. ")
        await answer(screens, await asked(screens), "cancel")
        assert "not confirmed yet by Heidi" in await beside(student)
        teacher.action_ask_to_go_on()
        await until(lambda: "would like to go on" in band(student).note)
        assert words.ASKED_KEY.format(name="Mrs Sesemann") in band(student).note.split("\n")
        teacher.session.conferring.insisting.insist(INTERESTS)
        asks, types = band(teacher).note.split("\n")
        assert "You asked to go on" in asks
        assert "You were asked to write here" in types


async def test_what_waits_for_their_word_is_named_when_they_are_asked_later(
    sitting: Sitting,
) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student = screens[STUDENT]
        type_for_the_student(screens[TEACHER], "Cows. ")
        await until(lambda: "typed" in band(student).note)
        student.session.conferring.end()
    async with sitting.workshop(STUDENT) as (student, pilot):
        (over,) = student.session.conferring.afterwards.unanswered
        for waits in (True, False):
            pilot.app.push_screen(StillMine(student.session, over))
            await until(lambda: isinstance(pilot.app.screen, StillMine))
            await until(lambda: bool(pilot.app.screen.query("#change")))
            explained = pilot.app.screen.query_one("#explanation", Static)
            assert (words.WAITS in str(explained.content)) is waits
            await pilot.press("escape")
            await until(lambda: pilot.app.screen is student)
            insisting = student.session.conferring.insisting
            for one in insisting.pending:
                insisting.confirm(one)


async def test_it_is_told_where_the_contract_is_read_aloud(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        student = screens[STUDENT]
        type_for_the_student(screens[TEACHER], "Cows. ")
        await until(lambda: "typed" in band(student).note)
        student.call_later(student.action_read_aloud)
        app = screens.apps[STUDENT]
        await until(lambda: isinstance(app.screen, AloudScreen))
        await until(lambda: "not confirmed yet by Heidi" in said(app.screen))


def said(screen: object) -> str:
    assert isinstance(screen, AloudScreen)
    return " ".join(str(one.content) for one in screen.query("#aloud Static"))  # type: ignore[attr-defined]
