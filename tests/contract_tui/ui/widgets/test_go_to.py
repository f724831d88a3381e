"""The menu of all places."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Button

from contract_tui.contract.schema import PartId
from contract_tui.ui.widgets.go_to import GoTo, Way, with_keys
from tests.contract_tui.ui.stage import until


def ways(count: int) -> list[Way]:
    numbered = [Way(PartId(f"part-{n}"), f"Part {n}", is_current=n == 1) for n in range(count)]
    return [*numbered, Way(PartId("promises"), "Promises", "p")]


def test_each_place_has_a_key_of_its_own_and_some_always_the_same() -> None:
    keyed = with_keys(ways(12))
    assert list(keyed)[:10] == [*"123456789", "a"]
    assert keyed["p"].label == "Promises"
    assert [key for key, way in keyed.items() if way.label == "Part 9"] == ["a"]


def test_places_for_which_no_key_is_left_are_not_in_the_menu() -> None:
    keyed = with_keys(ways(50))
    assert len(keyed) == 9 + 26
    assert keyed["p"].label == "Promises"


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
async def opened(count: int = 3) -> AsyncIterator[tuple[Room, Pilot[None]]]:
    app = Room()
    async with app.run_test(size=(60, 20)) as pilot:
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
        assert app.went == [with_keys(ways(20))[app.menu._columns[1][0]].part]


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
