"""A list of many contracts: finding one, and in which order they stand."""

from __future__ import annotations

import pytest
from textual import events

from contract_tui.library.library import Library
from contract_tui.library.seats import new_contract
from contract_tui.library.summaries import Summary
from contract_tui.library.world import World
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.shelf.finding import FindLine
from sync_server.access.proof import Role
from tests.contract_tui.ui.screens.listed import keys, opened, rows
from tests.contract_tui.ui.sitting import NOW, Sitting, is_ready
from tests.contract_tui.ui.stage import until


@pytest.fixture
def thirty(sitting: Sitting) -> Library:
    """A teacher's library with more contracts than a window shows."""
    library = sitting.libraries[Role.TEACHER]
    for number in range(29):
        world = World(clock=lambda number=number: NOW - number * 86_400)  # type: ignore[misc]
        title = f"Kite {number}" if number else "Zebras, and Änne’s goats"
        contract = new_contract(library, title, "Mrs Sesemann", Role.TEACHER, world=world)
        heads = library.entry(contract).heads
        revisit = "2020-02-01" if number == 7 else ""
        library.summaries().keep(contract, Summary(heads, (f"Child {number}",), revisit=revisit))
    return library


async def test_typing_leaves_what_fits_and_enter_opens_it(thirty: Library) -> None:
    async with opened(thirty) as (app, pilot):
        await until(lambda: len(rows(app)) == 30)
        await pilot.press(*"änne")
        await until(lambda: len(rows(app)) == 1)
        assert "Zebras" in rows(app)[0]
        await pilot.press("escape", "slash", *"child 2")
        await until(lambda: len(rows(app)) == 11)
        await pilot.press("down", "down", "up", "enter")
        await until(lambda: is_ready(app.screen))
        assert isinstance(app.screen, WorkshopScreen)
        assert app.screen.session.contract.title == "Kite 12"


async def test_what_fits_nothing_says_so_and_escape_shows_all(thirty: Library) -> None:
    async with opened(thirty) as (app, pilot):
        await pilot.press(*"submarine")
        nothing = app.screen.query_one("#nothing")
        await until(lambda: nothing.region.area > 0)
        assert "“submarine”" in str(nothing.render())
        await pilot.press("enter")
        assert isinstance(app.screen, LibraryScreen)
        assert app.screen.chosen is None
        await pilot.press("escape")
        await until(lambda: len(rows(app)) == 30)
        await until(lambda: nothing.region.area == 0)
        assert isinstance(app.focused, FindLine)
        assert "Show all" not in keys(app)


async def test_the_list_is_sorted_and_the_mark_stays_at_its_contract(thirty: Library) -> None:
    async with opened(thirty) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        await until(lambda: len(rows(app)) == 30)
        await pilot.press("down", "down")
        chosen = screen.chosen
        await pilot.press("f4")
        await until(lambda: "by title" in str(screen.query_one("#order").render()))
        assert "Heidi" in rows(app)[0]
        assert "Zebras" in rows(app)[-1]
        assert screen.chosen == chosen
        await pilot.press("f4")
        await until(lambda: "Kite 7" in rows(app)[0])
        assert screen.chosen == chosen


async def test_letters_that_are_typed_before_anything_is_there_are_looked_for(
    thirty: Library,
) -> None:
    async with opened(thirty) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        screen.post_message(events.Key("z", "z"))
        screen.post_message(events.Key("e", "e"))
        await until(lambda: len(rows(app)) == 1)
        await pilot.press("b")
        assert screen.query_one(FindLine).value == "zeb"


async def test_what_moves_the_mark_and_erases_does_so_while_one_looks(thirty: Library) -> None:
    async with opened(thirty) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        await until(lambda: bool(screen.query(FindLine)) and len(rows(app)) == 30)
        await pilot.press("end")
        assert screen.chosen == screen.entries[-1]
        await pilot.press("home", *"ab", "home", "delete")
        assert screen.query_one(FindLine).value == "b"
        await pilot.press("escape", *"zebra", "delete")
        await until(lambda: isinstance(app.screen, Dialog))
        assert "Zebras" in str(app.screen.query_one("#question").render())


async def test_a_click_chooses_and_letters_are_looked_for_all_the_same(thirty: Library) -> None:
    async with opened(thirty) as (app, pilot):
        await until(lambda: bool(app.screen.query(FindLine)) and len(rows(app)) == 30)
        await pilot.click("#heading")
        await pilot.press(*"zeb")
        await until(lambda: len(rows(app)) == 1)


async def test_a_single_contract_needs_neither_finding_nor_sorting(sitting: Sitting) -> None:
    async with opened(sitting.libraries[Role.STUDENT]) as (app, _):
        await until(lambda: bool(rows(app)))
        assert not app.screen.query(FindLine)
        assert app.screen.query_one("#find-here").region.area == 0
        assert "Sort" not in keys(app)
        assert str(app.screen.query_one("#order").render()) == ""
