"""The menu of all places."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Button

from contract_tui.contract.schema import PartId
from contract_tui.ui.widgets.go_to import GoTo
from contract_tui.ui.widgets.sheets import Way
from tests.contract_tui.ui.stage import until


def ways(count: int) -> list[Way]:
    numbered = [Way(PartId(f"part-{n}"), f"Part {n}", is_current=n == 1) for n in range(count)]
    return [*numbered, Way(PartId("promises"), "Promises", "p")]


class Room(App[None]):
    """A menu and something else that takes keys."""

    CSS = "Screen { layers: default above; }"

    def __init__(self) -> None:
        super().__init__()
        self.went: list[PartId] = []
        self.menu = GoTo("Where to?", self.go)

    def compose(self) -> ComposeResult:
        yield Button("elsewhere")
        yield self.menu

    async def go(self, part: PartId) -> None:
        self.went.append(part)
        self.set_focus(self.query_one(Button))


@asynccontextmanager
async def opened(
    count: int = 3, size: tuple[int, int] = (60, 20)
) -> AsyncIterator[tuple[Room, Pilot[None]]]:
    app = Room()
    async with app.run_test(size=size) as pilot:
        app.set_focus(app.query_one(Button))
        app.menu.open(ways(count))
        await until(lambda: app.menu.region.area > 0)
        yield app, pilot


async def test_a_key_leads_where_it_says_in_either_case_and_closes_the_menu() -> None:
    async with opened() as (app, pilot):
        await pilot.press("8")
        assert app.menu.display
        await pilot.press("P")
        assert app.went == ["promises"]
        assert not app.menu.display


async def test_arrows_go_through_the_places_from_where_one_is() -> None:
    async with opened() as (app, pilot):
        await pilot.press("down", "enter")
        assert app.went == ["part-2"]


async def test_escape_leaves_everything_as_it_was() -> None:
    async with opened() as (app, pilot):
        await pilot.press("escape")
        assert app.went == []
        assert not app.menu.display
        assert app.focused is app.query_one(Button)


async def test_whatever_takes_the_keys_closes_it() -> None:
    async with opened() as (app, _pilot):
        app.set_focus(app.query_one(Button))
        await until(lambda: not app.menu.display)


async def test_a_click_leads_there_also_in_the_second_column() -> None:
    async with opened(20) as (app, pilot):
        assert len(app.menu._columns) == 2
        first = app.menu._width(app.menu._columns[0])
        await pilot.click(app.menu, offset=(2 + first + 5, 1))
        assert app.went == ["part-14"]


async def test_every_one_of_sixty_places_has_a_key_in_a_small_window() -> None:
    for n in (0, 20, 34, 59):
        async with opened(60, (80, 24)) as (app, pilot):
            for _ in range(3):
                rows = str(app.menu.content).split("\n")
                if found := [
                    key for key, way in app.menu._ways.items() if way.label == f"Part {n}"
                ]:
                    break
                await pilot.press("space")
            assert any(f"{found[0].upper()}  Part {n}" in row for row in rows)
            assert app.screen.region.contains_region(app.menu.region)
            await pilot.press(found[0])
            assert app.went == [f"part-{n}"]


async def test_a_key_that_always_leads_to_one_place_does_so_on_every_sheet() -> None:
    async with opened(60, (80, 24)) as (app, pilot):
        await pilot.press("space")
        assert "Promises" not in str(app.menu.content)
        await pilot.press("p")
        assert app.went == ["promises"]


async def test_the_arrow_goes_on_to_the_next_sheet_and_back() -> None:
    async with opened(60, (80, 24)) as (app, pilot):
        first = list(app.menu._ways.values())
        await pilot.press("up", "up")
        assert app.menu._sheet > 0
        await pilot.press("down", "down", "enter")
        assert app.went == [first[1].part]


async def test_the_line_that_says_so_turns_to_the_next_sheet() -> None:
    async with opened(60, (80, 24)) as (app, pilot):
        before = str(app.menu.content)
        await pilot.click(app.menu, offset=(6, app.menu.region.height - 2))
        await until(lambda: str(app.menu.content) != before)
        assert app.menu._sheet == 1
        assert app.went == []
        await pilot.press("pageup")
        assert app.menu._sheet == 0


async def test_what_stands_above_some_of_the_lines_leads_nowhere() -> None:
    app = Room()
    async with app.run_test(size=(60, 20)) as pilot:
        app.menu.open([Way(PartId("one"), "One"), Way(PartId("two"), "Two", above="Long ago")])
        await until(lambda: app.menu.region.area > 0)
        rows = str(app.menu.content).split("\n")
        assert [row.strip() for row in rows] == ["▸ 1  One", "", "Long ago", "2  Two"]
        await pilot.click(app.menu, offset=(4, 3))
        assert app.went == []
        await pilot.click(app.menu, offset=(4, 4))
        assert app.went == ["two"]
