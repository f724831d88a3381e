"""What notes look like; `pytest --snapshot-update` takes the pictures again."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.session.session import Session
from contract_tui.session.writing.remarks import Passage
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import DARK, LIGHT
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import until
from tests.contract_tui.ui.test_snapshots import Compare, ready


def beside(session: Session) -> None:
    """A parent suggests something and wonders."""
    text = session.contract.text(INTERESTS).text
    at = text.index("the goats")
    session.remarks.suggest(INTERESTS, Splice(at, at + 9, "all goats"))
    at = text.index("Yes! A goat book")
    session.remarks.wonder(Passage(INTERESTS, at, at + 16), "Who would you like to read it to?")


async def noted(pilot: Pilot[None]) -> None:
    await ready(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, WorkshopScreen)
    beside(screen.session)
    await pilot.press("ctrl+l")
    await until(lambda: screen.noting.card.shown is not None)
    screen.notice.put_away()
    await pilot.pause()


async def typed(pilot: Pilot[None]) -> None:
    await ready(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, WorkshopScreen)
    goal = screen.session.contract.items.goals[0]
    await screen.going.go_there(goal.part("matters"))
    await pilot.press("A", "n", "d")
    await until(lambda: isinstance(pilot.app.screen, Dialog))
    await pilot.pause()


@pytest.mark.parametrize(
    ("size", "theme"),
    [((80, 24), DARK.name), ((120, 40), LIGHT.name), ((200, 50), DARK.name)],
)
def test_notes_beside_the_words(
    snap_compare: Compare, sitting: Sitting, size: tuple[int, int], theme: str
) -> None:
    library = sitting.libraries[Role.PARENT]
    app = ContractApp(library, sitting.contract, world=ALONE, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=noted)


def test_typing_where_only_the_student_writes(snap_compare: Compare, sitting: Sitting) -> None:
    library = sitting.libraries[Role.TEACHER]
    app = ContractApp(library, sitting.contract, world=ALONE, theme=LIGHT.name)
    assert snap_compare(app, terminal_size=(80, 24), run_before=typed)
