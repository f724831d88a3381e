"""A timeline in an app of its own, and contracts with a past to show in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import DEFAULT_HEADINGS, INTERESTS, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Heads
from contract_tui.history.walk import Walk
from contract_tui.ui.people import Inkwell
from contract_tui.ui.themes import OWN_VARIABLES
from contract_tui.ui.timeline.picture import GUTTER
from contract_tui.ui.widgets.timeline import RAIL, ROWS, Timeline
from tests.contract_tui.contract.people import BEGINNING, new_contract
from tests.contract_tui.history.noting import Table
from tests.contract_tui.history.reading import history
from tests.contract_tui.ui.stage import until

DAY = 86_400
PITCH = 5
BACKGROUND, FOREGROUND = "#1b1f26", "#e3e6ea"


class Looking(App[None]):
    """A timeline, and what it has told."""

    BINDINGS = [Binding("escape", "leave")]  # noqa: RUF012

    def __init__(self, timeline: Timeline, contract: Contract) -> None:
        super().__init__()
        self.timeline = timeline
        self.contract = contract
        self.told: list[Timeline.Told] = []
        self.left = False

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return OWN_VARIABLES

    def compose(self) -> ComposeResult:
        yield self.timeline

    def on_mount(self) -> None:
        inks = Inkwell().mix(self.contract, BACKGROUND, FOREGROUND)
        self.timeline.show(inks, DEFAULT_HEADINGS)
        self.timeline.focus()

    def action_leave(self) -> None:
        self.left = True

    @on(Timeline.Moved)
    @on(Timeline.Played)
    def _note(self, message: Timeline.Told) -> None:
        self.told.append(message)


class Hasty(Timeline):
    """A timeline that plays without waiting."""

    pause = 0.0


class Slow(Timeline):
    """A timeline that plays as if everybody read very slowly."""

    pause = 3_600.0


@dataclass(frozen=True)
class Kept:
    """A version with a name."""

    heads: Heads
    name: str = "before the holidays"


class Recorded(Walk):
    """A walk of which it is known where it led."""

    been: tuple[int, ...] = ()

    def step(self, by: int) -> bool:
        moved = super().step(by)
        self.been += (self.index,)
        return moved


def table() -> Table:
    """Five turns: Maya, Papa, Ms Okafor, and two days later Maya twice."""
    table = Table()
    table.write(table.papa, 2_000, "quiet ", SUPPORTS)
    table.write(table.okafor, 3_000)
    table.write(table.maya, 2 * DAY)
    table.write(table.maya, 2 * DAY + 400, "ruler ", SUPPORTS)
    return table


def long(turns: int) -> Contract:
    """So many turns of Maya's."""
    maya = new_contract()
    for at in range(1, turns):
        maya.splice(INTERESTS, Splice(0, 0, "x"), BEGINNING + 200 * at)
    return maya


@asynccontextmanager
async def shown(
    contract: Contract, kind: type[Timeline] = Timeline, width: int = 80
) -> AsyncIterator[tuple[Timeline, Pilot[None], Looking]]:
    timeline = kind(Recorded(history(contract)))
    app = Looking(timeline, contract)
    async with app.run_test(size=(width, 8)) as pilot:
        await until(lambda: timeline.has_focus and timeline.size.width == width, 20)
        yield timeline, pilot, app


def rows(timeline: Timeline) -> list[str]:
    return [timeline.render_line(y).text.rstrip() for y in range(ROWS)]


def is_playing(timeline: Timeline) -> bool:
    """Whether it plays, and says so."""
    assert rows(timeline)[RAIL].startswith(" ■ " if timeline.playing else " ▶ ")
    return timeline.playing


def tick(index: int) -> int:
    """The column of a turn of the table: before the fourth there is a gap."""
    return GUTTER + PITCH * (index + (index > 2))
