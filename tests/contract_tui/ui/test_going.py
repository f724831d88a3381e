"""Going about in an open contract."""

from __future__ import annotations

from textual.widgets import Static

from contract_tui.contract.items.paths import part_of
from contract_tui.contract.items.values import standing
from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, TITLE, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.library.drafts import BEFORE_CONFERENCE
from contract_tui.ui import words
from contract_tui.ui.drafts.screen import DraftScreen
from contract_tui.ui.pages.goal import GoalPage
from contract_tui.ui.pages.page import AGREEMENT, PROMISES, SECTIONS, address, page_of_goal
from contract_tui.ui.screens.arranging import SectionsScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import press, until


def shown(screen: WorkshopScreen, selector: str) -> str:
    return str(screen.query_one(selector, Static).content)


async def test_two_keys_lead_to_any_place_and_esc_stays(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        await pilot.press("ctrl+g", "2")
        assert screen.focused is screen.panes[1].editor
        await pilot.press("ctrl+g", "p")
        assert screen.ground.page == PROMISES
        assert "▸ Promises" in shown(screen, "#tabs")
        await pilot.press("ctrl+g", "escape")
        assert screen.ground.page == PROMISES
        await pilot.press("ctrl+g", "t")
        assert screen.focused is screen.title_editor


async def test_what_is_typed_in_one_burst_with_the_way_there_arrives_there(
    sitting: Sitting,
) -> None:
    async with sitting.workshop() as (screen, _):
        for key in ("ctrl+n", *"Swim", "ctrl+g", "1", *"Hi ", "ctrl+g", "4", "end", "!"):
            screen.app.simulate_key(key)
        first = screen.session.desk.items.goals[0].part("what")
        await until(lambda: screen.session.contract.text(first).text.endswith("!"))
        added = screen.session.desk.items.goals[-1].part("what")
        assert screen.session.contract.text(added).text == "Swim"
        assert screen.session.contract.text(INTERESTS).text.startswith("Hi ")


async def test_alt_and_the_arrows_go_along_the_outline_in_a_ring(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        places = [place.part for place in screen.going.places]
        assert places[:3] == [INTERESTS, SUPPORTS, STRUCTURE]
        seen: list[PartId | None] = []
        for _ in places[1:]:
            await pilot.press("alt+down")
            seen.append(screen.ground.part)
        assert seen == places[1:]
        await pilot.press("alt+down")
        assert screen.focused is screen.title_editor
        await pilot.press("alt+up")
        assert screen.ground.page == AGREEMENT


async def test_tab_goes_round_on_the_page_and_not_through_the_title(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _pilot):
        screen.open_part(address(PROMISES))
        await until(lambda: screen.focused in screen.ground.stops()[:1])
        first, met = screen.focused, []
        while screen.focused not in met:
            met.append(screen.focused)
            await screen.action_go(1)
        assert set(screen.ground.stops()) <= set(met)
        assert screen.title_editor not in met
        assert screen.focused is first


async def test_one_key_adds_a_goal_and_the_outline_calls_it_by_its_first_words(
    sitting: Sitting,
) -> None:
    async with sitting.workshop() as (screen, pilot):
        before = len(standing(screen.session.desk.items.goals))
        await pilot.press("ctrl+n")
        goals = standing(screen.session.desk.items.goals)
        assert len(goals) == before + 1
        assert screen.ground.page == page_of_goal(goals[-1].id)
        await until(lambda: "▸ New goal" in shown(screen, "#outline"))
        screen.open_part(part_of(goals[-1].id, "what"))
        await press(screen.editor_in_use, *"Swim in the lake")
        await until(lambda: "▸ Swim in the lake" in shown(screen, "#outline"))


async def test_whoever_reads_along_goes_anywhere_and_adds_nothing(sitting: Sitting) -> None:
    sitting.libraries[Role.PARENT]._connection.execute("DELETE FROM seat")
    async with sitting.workshop(Role.PARENT) as (screen, pilot):
        before = screen.session.contract.heads
        for place in screen.going.places:
            await screen.going.go_there(place.part)
            assert screen.ground.part == place.part
            await pilot.press("ctrl+n", "ctrl+o", "x")
        assert screen.session.contract.heads == before
        assert screen.notice.has_class("-shown")


async def test_a_place_that_somebody_is_in_stays_listed_when_its_goal_is_taken_away(
    sitting: Sitting,
) -> None:
    async with sitting.workshop() as (screen, _):
        goal = screen.session.desk.items.goals[0]
        here = address(page_of_goal(goal.id))
        await screen.going.go_there(here)
        screen.session.desk.remove(goal.id)
        screen.follow()
        assert here in [place.part for place in screen.going.places]
        await screen.going.go_there(INTERESTS)
        assert here not in [place.part for place in screen.going.places]


async def test_only_some_pages_are_kept_and_all_can_be_gone_to_again(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        goals = [screen.session.desk.add_goal() for _ in range(8)]
        screen.follow()
        for goal in (*goals, goals[0]):
            await screen.going.go_there(part_of(goal, "what"))
            assert screen.ground.shown is not None
            assert screen.ground.shown.is_mounted
        assert len(screen.ground._made) < len(goals)
        await screen.going.go_there(TITLE)
        assert screen.ground.page == page_of_goal(goals[0])
        screen.open_part(SUPPORTS)
        assert screen.ground.page == SECTIONS


async def test_of_many_goals_those_around_the_open_one_are_listed_above_the_people(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(120, 40)) as (screen, pilot):
        goals = [screen.session.desk.add_goal() for _ in range(40)]
        screen.follow()
        await screen.going.go_there(part_of(goals[20], "what"))
        outline = screen.query_one("#outline")
        await until(lambda: "▸" in shown(screen, "#outline"))
        assert shown(screen, "#outline").startswith("‹\n")
        assert shown(screen, "#outline").endswith("\n›")
        await until(lambda: screen.query_one("#people").region.bottom < screen.size.height)
        await pilot.click(outline, offset=(4, outline.size.height - 2))
        await until(lambda: screen.ground.page != page_of_goal(goals[20]))
        places = [place.page for place in screen.going.places]
        assert places.index(screen.ground.page) > places.index(page_of_goal(goals[20]))


async def test_the_menu_leads_to_a_new_goal_and_to_the_order_of_the_sections_too(
    sitting: Sitting,
) -> None:
    async with sitting.workshop() as (screen, pilot):
        goals = len(screen.session.desk.items.goals)
        await pilot.press("ctrl+g", "n")
        assert len(screen.session.desk.items.goals) == goals + 1
        await pilot.press("ctrl+g", "s")
        await until(lambda: isinstance(screen.app.screen, SectionsScreen))


async def test_whoever_is_used_to_saving_hears_that_it_is_saved(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        await pilot.press("ctrl+s")
        await until(lambda: "It is saved" in str(screen.notice.content))


async def test_beside_the_text_stand_ways_to_begin_in_the_field_one_is_in(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(200, 50)) as (screen, _):
        goal = screen.session.desk.items.goals[0]
        await screen.going.go_there(goal.part("success"))
        await until(lambda: "I’ll know I have succeeded when…" in shown(screen, "#starters"))
        await screen.going.go_there(goal.part("matters"))
        await until(lambda: "It matters to me because…" in shown(screen, "#starters"))


async def test_the_menu_calls_a_goal_by_what_was_typed_in_the_same_burst(
    sitting: Sitting,
) -> None:
    async with sitting.workshop() as (screen, _):
        for key in ("ctrl+n", *"Swim", "ctrl+g"):
            screen.app.simulate_key(key)
        await until(lambda: screen.menu.display)
        await until(lambda: "Swim" in str(screen.menu.content))


async def test_the_menu_leads_back_to_goals_that_are_no_longer_gone_after(sitting: Sitting) -> None:
    async with sitting.workshop(size=(120, 40)) as (screen, pilot):
        desk = screen.session.desk
        for goal in standing(desk.items.goals):
            desk.remove(goal.id)
        screen.follow()
        await pilot.press("ctrl+g")
        said = str(screen.menu.content)
        assert said.index(words.GOALS_BEHIND) > said.index("the sections")
        key = next(key for key, way in screen.menu._ways.items() if way.above)
        await pilot.press(key)
        assert isinstance(screen.ground.shown, GoalPage)
        await pilot.press("ctrl+k")
        assert [one.id for one in standing(desk.items.goals)] == [screen.ground.shown.goal.id]


async def test_the_menu_leads_to_notes_that_belong_to_no_part(sitting: Sitting) -> None:
    async with sitting.workshop(size=(120, 40)) as (screen, pilot):
        await pilot.press("ctrl+g")
        assert words.MY_NOTES not in str(screen.menu.content)
        await pilot.press("escape")
        screen.session.drafting.draft(BEFORE_CONFERENCE).edit(Splice(0, 0, "Ask about the goats"))
        await pilot.press("ctrl+g")
        assert f"U  {words.MY_NOTES} ✎" in str(screen.menu.content)
        await pilot.press("u")
        await until(lambda: isinstance(screen.app.screen, DraftScreen))
        assert screen.app.screen.place == BEFORE_CONFERENCE  # type: ignore[attr-defined]
