"""A goal on its page, as the real program shows it."""

from __future__ import annotations

import pytest
from textual.widget import Widget

from contract_tui.contract.items.tokens import GoalState, Origin, Stretch
from contract_tui.contract.items.values import Goal, standing
from contract_tui.contract.schema import StructureChoice
from contract_tui.ui.pages.choice import QuietChoice
from contract_tui.ui.pages.goal import GoalPage
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.pages.turning import (
    burst,
    here,
    in_view,
    notice,
    seen,
    settle,
    turn_to,
    words_of,
    write,
)
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


async def new_goal(screen: WorkshopScreen, *, in_steps: bool = False) -> GoalPage:
    goal = screen.session.desk.add_goal()
    if in_steps:
        screen.session.desk.say(goal, "structure_choice", StructureChoice.STEPS)
    page = await turn_to(screen, goal)
    assert isinstance(page, GoalPage)
    return page


def goal_of(page: GoalPage) -> Goal:
    found = page.session.contract.items.find(page.goal.id)
    assert isinstance(found, Goal)
    return found


def painted(widget: Widget) -> str:
    rows = (widget.render_line(y).text for y in range(widget.size.height))
    return " ".join(" ".join(rows).split())


async def test_a_new_goal_asks_what_why_and_success_and_the_rest_is_quiet(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        await settle(pilot)
        heights = [field.editor.size.height for field in page.fields() if field.display]
        assert here(screen) is page.what.editor
        assert set(heights) == {1}
        assert page.evidence.editor.prompt == "…"
        assert page.matters.editor.prompt not in ("", "…")
        assert not page.origin_note.display
        assert not page.structure_note.display
        assert page.max_scroll_y == 0, "all of it is seen at once, also in a small window"


async def test_everything_of_a_goal_is_written_and_chosen_with_keys_alone(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        await pilot.press(*"Kite", "tab", *"why", "tab", *"up", "tab", *"film", "tab", *"Peter")
        await pilot.press("tab", "tab", "right", "enter", "tab", *"knots")
        goal = goal_of(page)
        assert [words_of(screen, goal.id, name) for name in ("what", "matters", "success")] == [
            "Kite",
            "why",
            "up",
        ]
        assert words_of(screen, goal.id, "evidence") == "film"
        assert words_of(screen, goal.id, "together_with") == "Peter"
        assert words_of(screen, goal.id, "structure_note") == "knots"
        assert goal.structure is StructureChoice.OWN_WAY
        await pilot.press("tab", "enter", "tab", "left", "enter")
        assert (goal_of(page).stretch, goal_of(page).state) == (Stretch.RIGHT, GoalState.TRYING)


async def test_what_one_is_in_is_always_seen_with_its_label(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        goal = page.goal.id
        for name in ("matters", "success", "evidence"):
            write(screen, goal, name, "word " * 60)
        step = screen.session.desk.add_step(goal)
        write(screen, step, "what", "The last of all")
        screen.follow()
        await settle(pilot)
        for _ in range(len(page.stops())):
            focused = screen.focused
            assert focused is not None
            field = next(one for one in focused.ancestors_with_self if one.parent is not None)
            assert in_view(field, page), field  # type: ignore[arg-type]
            await pilot.press("tab")
            await settle(pilot)


async def test_a_caret_in_a_long_passage_stays_in_view(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        write(screen, page.goal.id, "matters", "line\n" * 60)
        screen.follow()
        await pilot.press("tab", "ctrl+end", "x")
        await settle(pilot)
        assert page.region.contains_region(here(screen).caret_region)
        await pilot.press("ctrl+home")
        await settle(pilot)
        assert page.region.contains_region(here(screen).caret_region)


async def test_typing_lays_the_page_out_anew_only_where_a_row_is_added(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        await pilot.press("a")
        laid_out: list[object] = []
        screen.screen_layout_refresh_signal.subscribe(page, laid_out.append)
        await pilot.press(*"bcdefgh")
        assert not laid_out
        await pilot.press("tab", *"a", "enter", *"b")
        assert laid_out


async def test_a_choice_is_one_line_until_somebody_is_there(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        bar = page.structure.bar
        await settle(pilot)
        assert bar.size.height == 1
        screen.set_focus(bar)
        await settle(pilot)
        assert bar.size.height > 1
        screen.set_focus(page.what.editor)
        await settle(pilot)
        assert bar.size.height == 1


async def test_the_first_click_on_a_choice_only_opens_it(sitting: Sitting) -> None:
    async with sitting.workshop(size=(120, 40)) as (screen, pilot):
        page = await new_goal(screen)
        await settle(pilot)
        assert await pilot.click(page.structure.bar, offset=(8, 0))
        await settle(pilot)
        assert goal_of(page).structure is StructureChoice.NOT_CHOSEN
        assert await pilot.click(page.structure.bar, offset=(8, 0))
        assert goal_of(page).structure is StructureChoice.TOGETHER


async def test_where_a_goal_comes_from_asks_for_more_only_where_there_is_more(
    sitting: Sitting,
) -> None:
    async with sitting.workshop() as (screen, pilot):
        page = await new_goal(screen)
        assert page.origin_note.editor not in page.stops()
        screen.session.desk.say(page.goal.id, "origin", Origin.REQUIRED)
        screen.follow()
        await settle(pilot)
        assert page.origin_note.display
        assert page.origin_note.editor in page.stops()
        assert "Who requires it" in seen(page)


async def test_an_adult_reads_whose_words_they_are_and_how_the_goal_feels_is_not_theirs(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(Role.TEACHER) as (screen, pilot):
        page = await new_goal(screen)
        await settle(pilot)
        assert "Why it matters to me  Heidi’s own words" in seen(page)
        assert page.stretch.bar not in page.stops()
        assert not page.stretch.display
        screen.set_focus(page.matters.editor)
        await pilot.press("x")
        assert page.matters.editor.text == ""
        await until(lambda: isinstance(screen.app.screen, Dialog))


async def test_an_adult_is_not_offered_what_only_the_student_says_of_a_goal(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(Role.TEACHER) as (screen, pilot):
        page = await new_goal(screen)
        page.go_to(page.origin.bar)
        await settle(pilot)
        assert painted(page.origin.bar) == "○ we agreed on it ○ it is required"
        page.go_to(page.state.bar)
        await settle(pilot)
        assert "let go" not in painted(page.state.bar)


async def test_an_adult_reads_that_a_goal_is_the_students_own(sitting: Sitting) -> None:
    async with sitting.workshop(Role.TEACHER) as (screen, pilot):
        goals = standing(screen.session.contract.items.goals)
        page = await turn_to(screen, next(one.id for one in goals if one.origin is Origin.MINE))
        assert isinstance(page, GoalPage)
        await settle(pilot)
        assert painted(page.origin.bar) == "it is Heidi’s own"
        assert page.origin.bar not in page.stops()


async def test_an_adult_is_told_that_a_goal_is_not_theirs_to_take_away(sitting: Sitting) -> None:
    async with sitting.workshop(Role.TEACHER, size=(80, 24)) as (screen, pilot):
        page = await turn_to(screen, screen.session.contract.items.goals[0].id)
        assert isinstance(page, GoalPage)
        await pilot.press("ctrl+k")
        assert "Only Heidi can take a goal away. Ctrl+R" in notice(screen)
        assert goal_of(page).removal is None
        offered = {one.binding.action for one in screen.active_bindings.values()}
        assert "take_away" not in offered


async def test_whoever_comes_to_a_field_writes_on_behind_its_words(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        goal = screen.session.desk.add_goal()
        write(screen, goal, "matters", "So that")
        await turn_to(screen, goal)
        await pilot.press("tab", *" I can", "home", "shift+tab", "tab", "!")
        assert words_of(screen, goal, "matters") == "!So that I can"


async def test_steps_are_added_moved_taken_away_and_brought_back(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen, in_steps=True)

        def steps() -> list[str]:
            found = [one for one in goal_of(page).steps if one.removal is None]
            return [words_of(screen, one.id, "what") for one in found]

        for word in ("first", "second", "third"):
            await pilot.press("ctrl+o", *word)
        assert steps() == ["first", "second", "third"]
        await pilot.press("alt+shift+up")
        assert steps() == ["first", "third", "second"]
        await pilot.press("ctrl+k")
        assert steps() == ["first", "second"]
        assert isinstance(screen.focused, PressLine)
        await pilot.press("enter", "end", "!")
        assert steps() == ["first", "third!", "second"]


async def test_the_key_for_one_more_adds_no_step_where_nobody_wanted_steps(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        await pilot.press("ctrl+o")
        assert not goal_of(page).steps
        page.go_to(page.stops()[-1])
        await pilot.press("enter", *"Sew", "ctrl+o", *"Fly")
        assert [words_of(screen, one.id, "what") for one in goal_of(page).steps] == ["Sew", "Fly"]


async def test_what_was_taken_away_is_kept_at_the_end_of_the_page(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen, in_steps=True)
        await pilot.press("ctrl+o", *"Sew", "ctrl+k", "shift+tab")
        await settle(pilot)
        assert not any("Sew" in one for one in seen(page))
        while screen.focused is not page.stops()[-1]:
            await pilot.press("tab")
        await settle(pilot)
        assert any("Sew" in one for one in seen(page))
        await pilot.press("enter")
        await settle(pilot)
        assert here(screen).text == "Sew"
        assert [one.removal for one in goal_of(page).steps] == [None]


async def test_a_goal_that_was_taken_away_says_so_and_comes_back(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        await pilot.press(*"Kite", "ctrl+k")
        await settle(pilot)
        assert goal_of(page).removal is not None
        assert any("You took this goal away" in one for one in seen(page))
        await pilot.press("s", "ctrl+k")
        await settle(pilot)
        assert goal_of(page).removal is None
        assert words_of(screen, page.goal.id, "what") == "Kites"
        assert not any("took this goal away" in one for one in seen(page))


async def test_a_goal_that_was_taken_away_comes_back_from_any_other(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        desk = screen.session.desk
        gone = desk.add_goal()
        write(screen, gone, "what", "Swim")
        desk.remove(gone)
        page = await new_goal(screen)
        await settle(pilot)
        assert page.goals.display
        page.go_to(page.stops()[-1])
        await settle(pilot)
        assert any("Swim" in one for one in seen(page))
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert gone in [one.id for one in standing(desk.items.goals)]
        assert not page.goals.display


async def test_a_goal_is_moved_among_the_goals(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        others = [one.id for one in screen.session.contract.items.goals][:-1]
        await pilot.press("alt+shift+up")
        now = [one.id for one in screen.session.contract.items.goals]
        assert now == [*others[:-1], page.goal.id, *others[-1:]]


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_nothing_is_wider_than_the_window(sitting: Sitting, size: tuple[int, int]) -> None:
    async with sitting.workshop(size=size) as (screen, pilot):
        page = await new_goal(screen)
        for bar in page.query(QuietChoice):
            screen.set_focus(bar)
            await settle(pilot)
            assert page.region.contains_region(bar.region)
    await until(lambda: True)


async def test_what_is_typed_behind_a_key_in_one_burst_goes_where_the_key_leads(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen, in_steps=True)
        burst(screen, "ctrl+o", *"A", "ctrl+o", *"B", "alt+shift+up", "ctrl+k", "enter", "end", "!")
        await until(lambda: len(goal_of(page).steps) == 2)
        await until(lambda: "B!" in [words_of(screen, s.id, "what") for s in goal_of(page).steps])
        await settle(pilot)
        said = [(words_of(screen, s.id, "what"), s.removal) for s in goal_of(page).steps]
        assert said == [("B!", None), ("A", None)]


async def test_a_choice_is_made_in_the_order_of_the_keys(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await new_goal(screen)
        page.go_to(page.structure.bar)
        burst(screen, "right", "enter", "tab", *"so")
        await until(lambda: words_of(screen, page.goal.id, "structure_note") == "so")
        await settle(pilot)
        assert goal_of(page).structure is StructureChoice.OWN_WAY
