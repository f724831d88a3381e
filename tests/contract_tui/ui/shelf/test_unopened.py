"""A list whose summaries are there reads no document, so their length makes no difference."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from textual.widgets import OptionList

from contract_tui.library.library import Library
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.shelf.facts import gather
from tests.contract_tui.ui.shelf.shelves import fill
from tests.contract_tui.ui.sitting import ALONE
from tests.contract_tui.ui.stage import until

COUNT = 3


def put_away_documents(library: Library) -> None:
    """Make every question for what is written in a contract fail, as if nothing were there."""
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("ALTER TABLE change RENAME COLUMN raw TO put_away")


async def listed(library: Library) -> tuple[list[str], bool]:
    """What the list shows when it has nothing left to do, and whether it wanted to open one."""
    app = ContractApp(library, world=ALONE)
    async with app.run_test(size=(160, 32)) as pilot:
        await until(lambda: isinstance(app.screen, LibraryScreen))
        assert isinstance(app.screen, LibraryScreen)
        shown = app.screen.query_one(OptionList)
        await until(lambda: shown.option_count == COUNT)
        await app.workers.wait_for_complete()
        await pilot.pause()
        rows = [str(shown.get_option_at_index(n).prompt) for n in range(COUNT)]
        return rows, bool(app.screen._tried)


async def test_what_was_summed_up_is_listed_without_reading_a_document(empty: Library) -> None:
    fill(empty, COUNT)
    known = gather(empty)
    put_away_documents(empty)
    assert gather(empty) == known
    rows, wanted_to_open = await listed(empty)
    assert not wanted_to_open
    assert all(name in "".join(rows) for name in ("Maya, Cleo and you", "Zoë’s mother", "Nils"))


async def test_what_was_not_summed_up_has_to_be_opened(empty: Library) -> None:
    fill(empty, COUNT)
    with closing(sqlite3.connect(empty.path)) as connection, connection:
        connection.execute("DELETE FROM summary")
    put_away_documents(empty)
    rows, wanted_to_open = await listed(empty)
    assert wanted_to_open
    assert "Maya" not in "".join(rows)
