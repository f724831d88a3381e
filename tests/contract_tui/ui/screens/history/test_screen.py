"""Looking back, as one person sees it."""

from __future__ import annotations

from functools import partial

import pytest
from textual.widget import Widget

from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, TITLE
from contract_tui.contract.text.splice import Splice
from contract_tui.history.comparison import Mark
from contract_tui.history.walk import Walk
from contract_tui.ui.screens.help import HISTORY, HelpScreen
from contract_tui.ui.screens.history import opening
from contract_tui.ui.screens.history.looking import Looking
from contract_tui.ui.screens.history.opening import HistoryOpening, walk_through
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.widgets.past_view import PastView
from sync_server.access.proof import Role
from tests.contract_tui.contract.people import BEGINNING
from tests.contract_tui.history.noting import Table
from tests.contract_tui.history.reading import history
from tests.contract_tui.ui.looking_back import looking_back, marked, past_on, view, words_of
from tests.contract_tui.ui.sitting import NOW, Sitting
from tests.contract_tui.ui.stage import until


async def test_the_past_begins_with_the_words_of_today(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, _):
        for part, editor in workshop.editors():
            shown_words = view(screen, part).stretches
            there = "".join(one.text for one in shown_words if one.fate is not Mark.REMOVED)
            assert there == editor.text
        assert "Looking back: nothing can be changed" in words_of(screen.query_one("#status"))


async def test_a_step_back_shows_what_that_turn_changed(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("left", "left")
        assert marked(screen, STRUCTURE, Mark.ADDED) == ", but only for page one"
        assert marked(screen, INTERESTS, Mark.ADDED) == ""
        assert screen.sections.current == STRUCTURE


async def test_a_choice_is_told_from_what_to_what(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("left", "left")
        pane = screen.sections.pane(STRUCTURE)
        assert pane is not None
        assert "From “do it together” to “check in with me”" in words_of(pane.question)


async def test_before_the_first_words_of_a_part_it_is_empty(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("home")
        assert marked(screen, TITLE, Mark.ADDED).startswith("Heidi learns")
        await pilot.press("right")
        assert marked(screen, INTERESTS, Mark.ADDED).startswith("I love the goats")
        assert view(screen, STRUCTURE).text == ""
        assert "Nothing was written here yet." in words_of(view(screen, STRUCTURE))


async def test_what_went_is_struck_through_and_named_in_the_margin(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("left")
        supports = view(screen, SUPPORTS)
        gone = [one for one in supports.stretches if one.fate is Mark.REMOVED]
        assert {one.ink and one.ink.mark for one in gone} == {"H"}
        rows = supports.render_lines(supports.size.region)
        struck = [one for row in rows for one in row if one.style and one.style.strike]
        assert "".join(one.text for one in struck).startswith("Bigletters help")
        assert any(row.text.startswith("H-") for row in rows)


@pytest.mark.parametrize("key", ["f3", "escape"])
async def test_leaving_leads_back_to_the_same_caret_and_scroll(sitting: Sitting, key: str) -> None:
    async with sitting.workshop() as (workshop, pilot):
        editor = workshop.panes[1].editor
        workshop.open_part(SUPPORTS)
        editor.place(40, 20)
        before = editor.caret, editor.pivot, editor.scroll_offset
        await pilot.press("f3")
        screen = await past_on(pilot)
        await pilot.press("left", "left", "left", key)
        await until(lambda: pilot.app.screen is workshop)
        assert not screen.is_attached
        assert (editor.caret, editor.pivot, editor.scroll_offset) == before
        assert workshop.focused is editor


async def test_typing_changes_nothing_and_is_answered_kindly(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, pilot):
        before = workshop.session.contract.heads
        await pilot.press("tab", "x", "delete")
        assert "nothing can be written here" in words_of(screen.notice)
        assert workshop.session.contract.heads == before


async def test_a_small_window_shows_the_section_that_changed(sitting: Sitting) -> None:
    async with looking_back(sitting, size=(80, 24)) as (screen, _, pilot):
        await until(lambda: view(screen, SUPPORTS).region.area > 0)
        await pilot.press("left", "left")
        await until(lambda: view(screen, STRUCTURE).region.area > 0)
        assert view(screen, SUPPORTS).region.area == 0


async def test_a_small_window_shows_all_of_the_title(sitting: Sitting) -> None:
    async with looking_back(sitting, size=(80, 24)) as (screen, workshop, _):
        title = workshop.session.contract.title
        await until(lambda: title in words_of(screen.title_view))
        assert str(screen.status.content) == "◂ Looking back"


async def test_the_caret_is_told_who_wrote_the_word_and_enter_goes_there(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("tab")
        supports = view(screen, SUPPORTS)
        assert supports.has_focus
        supports.place(supports.text.index("fastest"))
        await until(lambda: "Grandfather wrote this" in words_of(screen.about))
        await pilot.press("enter")
        assert marked(screen, SUPPORTS, Mark.ADDED).startswith("She learns fastest")
        assert supports.text[supports.caret :].startswith("fastest")


async def test_what_the_teacher_was_asked_to_type_says_for_whom(sitting: Sitting) -> None:
    async with looking_back(sitting, Role.TEACHER) as (screen, workshop, pilot):
        conferring = workshop.session.conferring
        conferring.begin()
        conferring.insisting.insist(INTERESTS)
        workshop.session.edit(INTERESTS, Splice(0, 0, "Cows! "))
        conferring.insisting.stop()
        await until(lambda: marked(screen, INTERESTS, Mark.ADDED).startswith("Cows!"))
        assert "the teacher for Heidi, interests" in screen.timeline.said
        await pilot.press("tab")
        interests = view(screen, INTERESTS)
        interests.focus()
        interests.place(interests.text.index("Cows"))
        said = "Typed by Mrs Sesemann, not confirmed yet by Heidi."
        await until(lambda: said in words_of(screen.about))


async def test_what_others_write_is_followed_at_the_end(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, _):
        workshop.session.edit(INTERESTS, Splice(0, 0, "Listen! "))
        await until(lambda: marked(screen, INTERESTS, Mark.ADDED) == "Listen! ")


async def test_what_others_write_moves_nobody_from_the_past(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, pilot):
        await pilot.press("home")
        workshop.session.edit(INTERESTS, Splice(0, 0, "Listen! "))
        await until(lambda: "something newer" in words_of(screen.notice))
        assert screen.walk.index == 0
        assert "Listen!" not in view(screen, INTERESTS).text
        await pilot.press("end")
        assert view(screen, INTERESTS).text.startswith("Listen!")


async def test_f1_explains_the_past(sitting: Sitting) -> None:
    async with looking_back(sitting) as (_, __, pilot):
        await pilot.press("f1")
        await until(lambda: isinstance(pilot.app.screen, HelpScreen))
        assert isinstance(pilot.app.screen, HelpScreen)
        assert pilot.app.screen._explanation == HISTORY


async def test_a_long_past_can_be_left_while_it_is_read(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LONG", 0)
    monkeypatch.setattr(opening, "FIRST_FRAME", 3600.0)
    async with sitting.workshop() as (workshop, pilot):
        await pilot.press("f3")
        await until(lambda: isinstance(pilot.app.screen, HistoryOpening))
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is workshop)


async def test_a_long_past_is_shown_when_it_has_been_read(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LONG", 0)
    monkeypatch.setattr(opening, "UNTIL_BAR", 0.0)
    async with sitting.workshop() as (workshop, pilot):
        await pilot.press("f3")
        screen = await past_on(pilot)
        assert view(screen, INTERESTS).text == workshop.session.contract.text(INTERESTS).text


async def test_the_words_of_a_step_are_painted_in_the_same_frame_as_its_timeline(
    sitting: Sitting,
) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.pause()
        first: dict[str, set[Widget]] = {}
        update = screen._compositor.update_widgets

        def watched(painted: set[Widget]) -> None:
            first.setdefault(screen.timeline.said, set(painted))
            update(painted)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(screen._compositor, "update_widgets", watched)
            for _ in range(3):
                await pilot.press("left")
                await until(lambda: screen.timeline.said in first)
        assert len(first) == 3
        views = set(screen.views())
        for painted in first.values():
            assert screen in painted or (screen.timeline in painted and painted & views)


async def test_what_a_turn_changed_is_in_sight_however_low_the_screen_is(sitting: Sitting) -> None:
    async with looking_back(sitting, size=(100, 31)) as (screen, _, pilot):
        lows = 0
        for _ in screen.walk.turns:
            changed = [
                one for one in screen.views() if one.first_change is not None and one._height
            ]
            for one in changed:
                await until(partial(in_sight, one))
            lows += sum(one._height < 4 < one.page.height for one in changed)
            await pilot.press("left")
        assert lows


def in_sight(shown: PastView) -> bool:
    assert shown.first_change is not None
    y = shown.page.y_of(shown.first_change) - shown.scroll_offset.y
    return 0 <= y < shown._height


async def test_what_came_before_the_past_was_on_the_screen_is_shown(sitting: Sitting) -> None:
    async with sitting.workshop() as (workshop, pilot):
        session = workshop.session
        walk = walk_through(session, await session.recall())
        session.edit(INTERESTS, Splice(0, 0, "Listen! "))
        pilot.app.push_screen(HistoryScreen(session, walk, NOW))
        screen = await past_on(pilot)
        await until(lambda: marked(screen, INTERESTS, Mark.ADDED) == "Listen! ")


async def test_two_turns_that_took_out_one_word_are_told_apart(sitting: Sitting) -> None:
    table = Table()
    table.write(table.maya, 1_000, "owls")
    for contract in (table.okafor, table.papa):
        contract.splice(INTERESTS, Splice(0, 4, ""), BEGINNING + 2_000)
    # Both go on, so that either turn is shown with all of the other.
    table.meet()
    for contract in (table.okafor, table.papa):
        contract.splice(INTERESTS, Splice(0, 0, "x"))
        contract.splice(INTERESTS, Splice(0, 1, ""))
    table.meet()
    async with sitting.workshop() as (workshop, _):
        walk = Walk(history(table.maya))
        looking = Looking(workshop.session, walk, NOW)
        went = []
        for index in range(len(walk.turns)):
            walk.go(index)
            stretches = looking.stretches(INTERESTS)
            assert [one.text for one in stretches] == [one.text for one in walk.runs(INTERESTS)]
            went += [one.text for one in stretches if one.fate is Mark.REMOVED]
        assert went == ["owls"]
