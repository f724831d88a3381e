"""What helps, promises and reflections on their pages, as the real program shows them."""

from __future__ import annotations

import pytest

from contract_tui.contract.items.tokens import Outcome, SupportState
from contract_tui.contract.items.values import standing
from contract_tui.ui.haste import Haste
from contract_tui.ui.pages.page import PROMISES, REFLECTIONS, SUPPORTS
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.pages.promises import PromisesPage
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role, SeatId
from tests.contract_tui.ui.pages.turning import (
    burst,
    here,
    notice,
    seen,
    settle,
    turn_to,
    words_of,
    write,
)
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


def seat(screen: WorkshopScreen, role: Role) -> SeatId:
    return next(one.seat for one in screen.session.people if one.role is role)


async def test_what_helps_is_written_with_keys_alone_and_reads_as_a_line(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await turn_to(screen, SUPPORTS)
        await pilot.press("ctrl+o", *"Quiet", "tab", *"always", "tab", "tab", "left", "enter")
        await pilot.press("tab", *"May", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        made = screen.session.contract.items.supports[-1]
        assert words_of(screen, made.id, "what") == "Quiet"
        assert words_of(screen, made.id, "when") == "always"
        assert made.state is SupportState.TRYING
        assert made.check_on == "May"
        screen.set_focus(page.stops()[0])
        await settle(pilot)
        assert "always · trying it · look again: May" in seen(page)


async def test_who_wrote_what_is_shown_also_in_what_opens(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        page = await turn_to(screen, SUPPORTS)
        card = next(card for card in page.cards() if card.text("when"))
        page.go_to(card.main.editor)
        await settle(pilot)
        (when,) = [one for one in card.fields() if one is not card.main and one.editor.part]
        await until(lambda: screen.company.inks.of_seat(card.item.added_by) is not None)
        await until(lambda: when.editor._ink_of == screen.company.inks.of_actor)


async def test_a_line_is_said_when_one_leaves_it_and_not_before(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        await turn_to(screen, SUPPORTS)
        await pilot.press("ctrl+o", "tab", "tab", "tab", "tab", *"in May", "space")
        assert here(screen).text == "in May "
        assert screen.session.contract.items.supports[-1].check_on == ""
        await pilot.press("f9")
        await settle(pilot)
    library = sitting.libraries[Role.STUDENT]
    async with sitting.workshop(size=(80, 24)) as (screen, _):
        assert library
        assert screen.session.contract.items.supports[-1].check_on == "in May"


async def test_a_promise_asks_to_whom_and_then_what(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await turn_to(screen, PROMISES)
        before = len(screen.session.contract.items.promises)
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert isinstance(page, PromisesPage)
        assert screen.focused is page.asking.to.bar
        await pilot.press("right", "enter")
        await settle(pilot)
        await pilot.press(*"I ask")
        made = screen.session.contract.items.promises[-1]
        assert len(screen.session.contract.items.promises) == before + 1
        assert made.by == seat(screen, Role.STUDENT)
        assert made.to in (seat(screen, Role.TEACHER), seat(screen, Role.PARENT))
        assert words_of(screen, made.id, "what") == "I ask"
        assert not page.asking.display


async def test_letters_lead_to_a_name_and_no_space_of_a_sentence_chooses_one(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await turn_to(screen, PROMISES)
        assert isinstance(page, PromisesPage)
        before = len(screen.session.contract.items.promises)
        burst(screen, "ctrl+o", "space")  # before anything is seen
        await settle(pilot)
        await pilot.press(*"xyz", "space", *"xyz", "enter")
        assert len(screen.session.contract.items.promises) == before
        assert screen.focused is page.asking.to.bar
        name = page.circle.names[seat(screen, Role.TEACHER)]
        burst(screen, *name.split()[0].lower(), "enter")
        await settle(pilot)
        await pilot.press(*"I ask")
        made = screen.session.contract.items.promises[-1]
        assert made.to == seat(screen, Role.TEACHER)
        assert words_of(screen, made.id, "what") == "I ask"


async def test_a_doubled_enter_promises_nothing_to_whoever_stands_first(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        page = await turn_to(screen, PROMISES)
        assert isinstance(page, PromisesPage)
        before = len(screen.session.contract.items.promises)
        page.asking.haste = Haste(lambda: 0.0)
        page.go_to(page._add)
        burst(screen, "enter", "enter", "enter")
        await settle(pilot)
        assert screen.focused is page.asking.to.bar
        assert len(screen.session.contract.items.promises) == before
        await pilot.press("right", "enter")
        assert len(screen.session.contract.items.promises) == before + 1


async def test_a_promise_written_down_for_another_says_who_wrote_it(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        teacher, mine = seat(screen, Role.TEACHER), seat(screen, Role.STUDENT)
        made = screen.session.desk.add_promise(mine, teacher)
        write(screen, made, "what", "I wait.")
        page = await turn_to(screen, PROMISES)
        await settle(pilot)
        assert any(one.endswith("promises you") for one in seen(page))
        assert "written down by you" in seen(page)


async def test_only_whom_a_promise_was_made_to_says_what_became_of_it(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        teacher, mine = seat(screen, Role.TEACHER), seat(screen, Role.STUDENT)
        desk = screen.session.desk
        to_me, from_me = desk.add_promise(mine, teacher), desk.add_promise(teacher)
        page = await turn_to(screen, PROMISES)
        assert isinstance(page, PromisesPage)
        await settle(pilot)
        cards = page.list.cards
        screen.set_focus(cards[from_me].main.editor)
        await settle(pilot)
        assert cards[from_me].outcome.bar not in page.stops()  # type: ignore[attr-defined]
        screen.set_focus(cards[to_me].main.editor)
        await settle(pilot)
        await pilot.press("tab", "tab", "right", "enter")
        items = screen.session.contract.items
        assert [one.outcome for one in items.promises if one.id == to_me] == [Outcome.KEPT]


async def test_a_reflection_is_of_today_and_its_authors_alone(sitting: Sitting) -> None:
    async with sitting.workshop(Role.TEACHER) as (screen, pilot):
        page = await turn_to(screen, REFLECTIONS)
        others = [one.id for one in screen.session.contract.items.reflections]
        await pilot.press("ctrl+o", *"We", "enter", *"read")
        (made,) = {one.id for one in screen.session.contract.items.reflections} - set(others)
        assert words_of(screen, made, "text") == "We\nread"
        await until(lambda: any(one.startswith("21 November 2025 · you") for one in seen(page)))
        for other in others:
            before = words_of(screen, other, "text")
            screen.set_focus(page.list.cards[other].main.editor)  # type: ignore[attr-defined]
            await pilot.press("x")
            assert words_of(screen, other, "text") == before
        assert not others or notice(screen)


async def test_what_another_added_is_theirs_to_take_away(sitting: Sitting) -> None:
    async with sitting.workshop(Role.TEACHER) as (screen, pilot):
        page = await turn_to(screen, SUPPORTS)
        me = seat(screen, Role.TEACHER)
        (other, *_) = [card for card in page.cards() if card.item.added_by != me]
        screen.set_focus(other.main.editor)
        await pilot.press("ctrl+k")
        assert other.is_standing
        assert "only they can take it away" in notice(screen)


async def test_things_are_moved_and_taken_away_with_a_way_back(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        await turn_to(screen, SUPPORTS)
        await pilot.press("ctrl+o", *"A", "ctrl+o", *"B")
        a, b = (one.id for one in screen.session.contract.items.supports[-2:])
        await pilot.press("alt+shift+up")
        assert [one.id for one in screen.session.contract.items.supports[-2:]] == [b, a]
        await pilot.press("ctrl+k")
        await settle(pilot)
        assert "Enter there brings it back" in notice(screen)
        assert isinstance(screen.focused, PressLine)
        assert b not in [one.id for one in standing(screen.session.contract.items.supports)]
        await pilot.press("ctrl+k", "end", "!")
        assert words_of(screen, b, "what") == "B!"
        assert b in [one.id for one in standing(screen.session.contract.items.supports)]


@pytest.mark.parametrize("away", ["tab", "alt+down", "bring back"])
async def test_that_something_was_taken_away_is_said_while_enter_brings_it_back(
    sitting: Sitting, away: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contract_tui.ui.widgets.notice.SECONDS", 3600.0)
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        await turn_to(screen, SUPPORTS)
        await pilot.press("ctrl+o", *"A", "ctrl+k")
        await settle(pilot)
        assert "Taken away" in notice(screen)
        if away == "bring back":  # as another computer of theirs would
            screen.session.desk.bring_back(screen.session.contract.items.supports[-1].id)
            screen.follow()
        else:
            await pilot.press(away)
        await until(lambda: not notice(screen))


async def test_whoever_reads_along_is_shown_what_is_there_and_nothing_to_do(
    sitting: Sitting,
) -> None:
    sitting.libraries[Role.PARENT]._connection.execute("DELETE FROM seat")
    async with sitting.workshop(Role.PARENT) as (screen, pilot):
        goal = screen.session.contract.items.goals[0]
        for place in (SUPPORTS, PROMISES, REFLECTIONS, goal.id):
            page = await turn_to(screen, place)
            await settle(pilot)
            assert screen.focused in page.stops()
            assert not any(one.startswith("+ ") for one in seen(page))
            offered = {binding.binding.action for binding in screen.active_bindings.values()}
            assert not any(page.check_action(one, ()) for one in ("take_away", "move")), offered
            await pilot.press("tab", "enter", "space", "ctrl+k")
        assert screen.session.contract.items == screen.session.desk.items
        assert standing(screen.session.contract.items.goals)[0] == goal


async def test_the_mouse_opens_and_adds_as_the_keys_do(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        page = await turn_to(screen, SUPPORTS)
        await settle(pilot)
        *_, last = page.cards()
        assert await pilot.click(last.summary)
        await settle(pilot)
        assert screen.focused is last.main.editor
        field = next(one for one in last.fields() if one is not last.main)
        await pilot.click(field, offset=(4, 0))
        await settle(pilot)
        assert screen.focused is field.editor
        before = len(screen.session.contract.items.supports)
        assert await pilot.click(".add")
        await until(lambda: len(screen.session.contract.items.supports) == before + 1)
        await until(
            lambda: here(screen).part == f"{screen.session.contract.items.supports[-1].id}/what"
        )
