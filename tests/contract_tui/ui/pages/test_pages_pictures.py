"""What the pages look like; `pytest --snapshot-update` takes the pictures again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine

import pytest
from textual.pilot import Pilot

from contract_tui.contract.items.values import standing
from contract_tui.ui.app import ContractApp
from contract_tui.ui.pages.page import PROMISES, REFLECTIONS, SUPPORTS
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import CONTRAST, DARK, LIGHT
from sync_server.access.proof import Role
from tests.contract_tui.ui.pages.turning import settle, turn_to
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.test_snapshots import Compare, ready

Walk = Callable[[Pilot[None]], Coroutine[None, None, None]]
SMALL, MIDDLE, LARGE = (80, 24), (120, 40), (200, 50)
ALL = [
    (SMALL, DARK.name),
    (SMALL, LIGHT.name),
    (MIDDLE, LIGHT.name),
    (LARGE, DARK.name),
]
SOME = [(SMALL, LIGHT.name), (MIDDLE, DARK.name), (LARGE, LIGHT.name)]


def walk(page: str, *keys: str) -> Walk:
    """Go to a page, the first goal for "goal", and press keys there."""

    async def go(pilot: Pilot[None]) -> None:
        await ready(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, WorkshopScreen)
        goals = standing(screen.session.contract.items.goals)
        await turn_to(screen, goals[0].id if page == "goal" else page)  # type: ignore[arg-type]
        screen.notice.put_away()
        await pilot.press(*keys)
        await settle(pilot)

    return go


def app(sitting: Sitting, theme: str, role: Role = Role.STUDENT) -> ContractApp:
    return ContractApp(sitting.libraries[role], sitting.contract, world=ALONE, theme=theme)


@pytest.mark.parametrize(("size", "theme"), ALL)
def test_goal(
    snap_compare: Compare, sitting: Sitting, utc: None, size: tuple[int, int], theme: str
) -> None:
    assert snap_compare(app(sitting, theme), terminal_size=size, run_before=walk("goal"))


@pytest.mark.parametrize("page", [SUPPORTS, PROMISES, REFLECTIONS])
@pytest.mark.parametrize(("size", "theme"), SOME)
def test_page(
    snap_compare: Compare, sitting: Sitting, utc: None, page: str, size: tuple[int, int], theme: str
) -> None:
    assert snap_compare(app(sitting, theme), terminal_size=size, run_before=walk(page))


def test_new_goal(snap_compare: Compare, sitting: Sitting) -> None:
    run = walk("goal", "ctrl+n")
    assert snap_compare(app(sitting, CONTRAST.name), terminal_size=SMALL, run_before=run)


def test_goal_for_an_adult_in_a_choice(snap_compare: Compare, sitting: Sitting) -> None:
    run = walk("goal", *["tab"] * 5)
    shown = app(sitting, DARK.name, Role.TEACHER)
    assert snap_compare(shown, terminal_size=SMALL, run_before=run)


@pytest.mark.parametrize("page", ["goal", PROMISES])
def test_page_in_high_contrast(
    snap_compare: Compare, sitting: Sitting, utc: None, page: str
) -> None:
    shown = app(sitting, CONTRAST.name, Role.PARENT)
    assert snap_compare(shown, terminal_size=MIDDLE, run_before=walk(page))


def test_promise_that_asks_to_whom(snap_compare: Compare, sitting: Sitting) -> None:
    run = walk(PROMISES, "ctrl+o")
    assert snap_compare(app(sitting, LIGHT.name), terminal_size=SMALL, run_before=run)


def test_support_just_taken_away(snap_compare: Compare, sitting: Sitting) -> None:
    run = walk(SUPPORTS, "ctrl+k")
    assert snap_compare(app(sitting, DARK.name), terminal_size=SMALL, run_before=run)
