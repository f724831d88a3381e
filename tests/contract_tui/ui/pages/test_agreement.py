"""Where everybody stands, on the page of agreement of the real program."""

from __future__ import annotations

import pytest

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.agreement.words import EVERYBODY, SEE_WHAT
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.history.comparison import Mark
from contract_tui.ui.days import NO_SUCH_DAY
from contract_tui.ui.pages import agreement as pages
from contract_tui.ui.pages import agreement_words as words
from contract_tui.ui.pages.agreement import AgreementPage
from contract_tui.ui.pages.page import AGREEMENT
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.pages.standings import Standings
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.looking_back import past_on
from tests.contract_tui.ui.pages.answering import answer
from tests.contract_tui.ui.pages.turning import here, notice, seen, settle, turn_to
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until
from tests.contract_tui.ui.test_together import Screens
from tests.contract_tui.ui.test_together import together as together

SAID_OF_OWLS = "· Interests: “Owls too!” was added."
SEE = f" {SEE_WHAT}"


async def agreement(screen: WorkshopScreen) -> AgreementPage:
    page = await turn_to(screen, AGREEMENT)
    assert isinstance(page, AgreementPage)
    return page


def given(screen: WorkshopScreen) -> tuple[Answer, str]:
    mine = screen.session.agreeing.mine
    assert mine is not None
    assert mine.given is not None
    return mine.given.answer, mine.given.note


async def test_somebody_agrees_with_keys_alone(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        assert words.NOBODY in seen(page)
        assert words.ASKED in seen(page)
        await pilot.press("enter")
        assert screen.session.agreeing.mine is not None
        assert screen.session.agreeing.mine.given is None
        await pilot.press("tab", "enter")
        assert given(screen) == (Answer.AGREE, "")
        assert notice(screen) == words.SIGNED
        await settle(pilot)
        assert "Heidi agrees with this version" in "\n".join(seen(page))
        assert "Grandfather has not answered yet." in "\n".join(seen(page))
        assert words.ANSWERED in seen(page)
        assert page.answers.chosen == Answer.AGREE
        await pilot.press("enter")
        assert given(screen) == (Answer.AGREE, "")


async def test_a_note_is_written_before_it_is_signed(sitting: Sitting) -> None:
    async with sitting.workshop(Role.PARENT, size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        await pilot.press("tab", "right", "enter")
        assert "Write the note first" in notice(screen)
        assert screen.session.agreeing.mine is not None
        assert screen.session.agreeing.mine.given is None
        assert here(screen) is page.note.editor
        await pilot.press(*"ask me", "shift+tab", "enter")
        assert given(screen) == (Answer.NOTE, "ask me")
        await settle(pilot)
        assert "“ask me”" in "\n".join(seen(page))
        assert page.note.editor.text == ""
        await pilot.press("right", "enter")
        assert given(screen) == (Answer.NOT_YET, "")


async def test_no_note_is_lost_by_choosing_the_box_beside_it(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        await agreement(screen)
        await pilot.press("tab", "tab", *"ask me", "shift+tab", "enter")
        assert given(screen) == (Answer.NOTE, "ask me")


async def test_a_note_comes_back_with_a_page_that_was_let_go(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        await pilot.press("tab", "tab", *"ask m")
        screen.ground._made.clear()
        await screen.going.go_there(INTERESTS)
        again = await agreement(screen)
        assert again is not page
        assert again.note.editor.text == "ask m"
        await pilot.press("tab", "tab", "e", "shift+tab", "enter")
        assert given(screen) == (Answer.NOTE, "ask me")
        assert not screen.session.unsaid.of(AGREEMENT)


async def test_what_changed_since_is_said_and_seen_in_the_past(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        screen.session.agreeing.answer(Answer.AGREE)
        page = await agreement(screen)
        assert words.SEE_IN_THE_PAST not in seen(page)
        screen.session.edit(INTERESTS, Splice(0, 0, "Owls too! "))
        screen.follow()
        await until(lambda: words.SEE_IN_THE_PAST in seen(page))
        said = "\n".join(seen(page))
        assert "it has changed since." in said
        assert "· Interests: “Owls too!” was added." in said
        assert page.answers.chosen == ""
        await pilot.press("tab", "enter")
        past = await past_on(pilot)
        assert isinstance(past, HistoryScreen)
        runs = past.walk.runs(INTERESTS)
        assert "".join(run.text for run in runs if run.mark is Mark.ADDED) == "Owls too! "
        assert past.looking.mark_name.startswith("your answer of ")


ALL = (Role.STUDENT, Role.TEACHER, Role.PARENT)
"""Who agrees, in the order in which they are told of."""


@pytest.mark.parametrize("role", ALL)
async def test_each_sees_of_which_version_everybodys_answer_is_and_which_word_changed(
    sitting: Sitting, role: Role
) -> None:
    answer(sitting, roles=ALL, then="Owls too! ", at=role)
    async with sitting.workshop(role, size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        await until(lambda: words.LOOKING not in seen(page))
        said = "\n".join(seen(page))
        assert said.count("; it has changed since.") == 3
        assert said.count(SAID_OF_OWLS) == 1, "what changed since one's own answer, at once"
        assert said.count(SEE) == 2
        await pilot.press("tab", "enter", "tab", "tab", "enter")
        assert "\n".join(seen(page)).count(SAID_OF_OWLS) == 3
        assert SEE not in "\n".join(seen(page))
        await pilot.press("enter")
        assert "\n".join(seen(page)).count(SAID_OF_OWLS) == 2


async def test_what_changed_since_the_answer_of_another_is_seen_in_the_past(
    sitting: Sitting,
) -> None:
    answer(sitting, roles=(Role.PARENT,), then="Owls too! ")
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        screen.session.edit(INTERESTS, Splice(0, 3, "Kit"))
        screen.follow()
        rows = [one for one in page.query(PressLine) if SEE in str(one.content)]
        row = next(one for one in rows if one.display)
        await until(lambda: row.region.area > 0)
        await pilot.click(row)
        await until(lambda: "“Kits too!” was added" in "\n".join(seen(page)))
        await pilot.press("tab", "enter")
        past = await past_on(pilot)
        assert isinstance(past, HistoryScreen)
        runs = past.walk.runs(INTERESTS)
        assert "".join(run.text for run in runs if run.mark is Mark.ADDED) == "Kits too! "
        assert past.looking.mark_name.startswith("the answer of Grandfather, ")


async def test_what_is_unfolded_follows_the_words_and_folds_when_they_are_agreed_to(
    sitting: Sitting,
) -> None:
    answer(sitting, roles=(Role.PARENT,), then="Owls too! ")
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        await pilot.press("tab", "enter")
        assert SAID_OF_OWLS in "\n".join(seen(page))
        screen.session.edit(INTERESTS, Splice(0, 3, "Kit"))
        screen.follow()
        await until(lambda: "“Kits too!” was added" in "\n".join(seen(page)))
        screen.session.edit(INTERESTS, Splice(0, 10, ""))
        screen.follow()
        await until(lambda: "agrees with this version" in "\n".join(seen(page)))
        assert "Interests" not in "\n".join(seen(page))
        assert not page.query_one(Standings).wanted


async def test_everybody_hears_it_when_all_agree(together: Screens) -> None:
    for role in (Role.STUDENT, Role.TEACHER, Role.PARENT):
        assert all(EVERYBODY not in notice(one) for one in together.values())
        together[role].session.agreeing.answer(Answer.AGREE)
        for one in together.values():
            await until(lambda one=one, role=role: _agrees(one, role))  # type: ignore[misc]
    for one in together.values():
        await until(lambda one=one: EVERYBODY in notice(one))  # type: ignore[misc]


def _agrees(screen: WorkshopScreen, role: Role) -> bool:
    standings = screen.session.agreeing.agreement.standings
    return any(one.agrees for one in standings if one.person.role is role)


async def test_nobody_signs_what_they_have_not_been_shown(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, _):
        page = await agreement(screen)
        screen.session.edit(INTERESTS, Splice(0, 0, "Owls too! "))
        page.answer(Answer.AGREE)
        assert notice(screen) == words.LOOK_FIRST
        assert screen.session.agreeing.mine is not None
        assert screen.session.agreeing.mine.given is None
        page.answer(Answer.AGREE)
        assert given(screen) == (Answer.AGREE, "")


async def test_what_takes_long_to_find_out_is_waited_for(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 0.0)
    async with sitting.workshop(size=(80, 24)) as (screen, _):
        screen.session.agreeing.answer(Answer.NOT_YET)
        page = await agreement(screen)
        screen.session.edit(INTERESTS, Splice(0, 0, "Owls too! "))
        page._looked = None
        page.set_out()
        page.answer(Answer.AGREE)
        assert notice(screen) == words.LOOKING
        assert words.LOOKING in seen(page)
        assert EVERYBODY not in seen(page)
        await until(lambda: words.LOOKING not in seen(page))
        assert "· Interests: “Owls too!” was added." in "\n".join(seen(page))
        assert page.answers.chosen == ""


async def test_an_answer_that_comes_in_just_now_keeps_nobody_from_answering(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, _):
        page = await agreement(screen)
        screen.session.agreeing.answer(Answer.NOT_YET)
        page.answer(Answer.AGREE)
        assert notice(screen) == words.SIGNED
        assert given(screen) == (Answer.AGREE, "")


async def test_the_day_to_look_again_is_said_there(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        screen.set_focus(page.revisit.editor)
        await pilot.press("ctrl+a", *"in spring", "tab")
        assert screen.session.contract.items.revisit == "in spring"


async def test_a_day_is_shown_in_words_and_kept_as_a_day(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        screen.set_focus(page.revisit.editor)
        await pilot.press("ctrl+a", *"2027-03-14", "tab")
        assert page.revisit.editor.text == "14 March 2027"
        assert screen.session.contract.items.revisit == "2027-03-14"
        screen.set_focus(page.revisit.editor)
        await pilot.press("end", "backspace", "8", "tab")
        assert screen.session.contract.items.revisit == "2028-03-14"


async def test_a_day_that_is_in_no_calendar_is_not_taken_for_words(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        before = screen.session.contract.items.revisit
        screen.set_focus(page.revisit.editor)
        await pilot.press("ctrl+a", *"2027-02-31", "tab")
        assert notice(screen) == NO_SUCH_DAY
        assert screen.session.contract.items.revisit == before
        assert page.revisit.editor.text == "2027-02-31"


async def test_everything_can_be_seen_in_a_small_window(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await agreement(screen)
        await settle(pilot)
        assert page.max_scroll_y == 0
        for stop in page.stops():
            assert page.region.contains_region(stop.region)
