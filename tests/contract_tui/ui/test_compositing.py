from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.ui.compositing import SparingCompositor

WIDTH, HEIGHT = 40, 12
PLACES = [
    [Region(0, 0, 3, 1)],
    [Region(0, 0, 3, 1), Region(30, 10, 9, 2)],
    [Region(12, 4, 1, 1), Region(12, 6, 20, 2), Region(0, 11, 40, 1)],
    [Region(5, 2, 8, 3), Region(9, 3, 8, 3)],
    [Region(0, 1, 40, 10)],
]


class Overlaid(App[None]):
    """Boxes with frames beside each other, one of them scrolled, and one floating above."""

    CSS = """
    Static { border: round red; width: 1fr; height: auto; }
    #above { layer: above; offset: 8 3; width: 12; }
    Screen { layers: default above; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal():
            with VerticalScroll():
                for number in range(6):
                    yield Static(f"row {number}")
            yield Static("beside " * 9)
        yield Static("above", id="above")


@pytest.fixture
async def shown() -> AsyncIterator[App[None]]:
    app = Overlaid()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        app.query_one(VerticalScroll).scroll_to(y=4, animate=False)
        await pilot.pause()
        yield app


def painted(update: ChopsUpdate) -> dict[tuple[int, int], Segment]:
    """What an update puts into each cell of the places it is about."""
    cells: dict[tuple[int, int], Segment] = {}
    for y, first, end in update.spans:
        row = _cells(update, y)
        cells.update({(column, y): row[column] for column in range(first, end)})
    return cells


def _cells(update: ChopsUpdate, y: int) -> dict[int, Segment]:
    chops = [(x, strip) for x, strip in update.chops[y].items() if strip is not None]
    found: dict[int, Segment] = {}
    for x, strip in chops:
        letters: Iterator[Segment] = (
            Segment(letter, segment.style) for segment in strip for letter in segment.text
        )
        found.update(enumerate(letters, x))
    return found


def rendered(compositor: Compositor, app: App[None], changed: list[Region]) -> ChopsUpdate:
    compositor.reflow(app.screen, Size(WIDTH, HEIGHT))
    compositor._dirty_regions = set(changed)
    update = compositor.render_partial_update()
    assert update is not None
    return update


@pytest.mark.parametrize("changed", PLACES)
async def test_what_has_changed_is_painted_as_textual_paints_it(
    shown: App[None], changed: list[Region]
) -> None:
    ours = rendered(SparingCompositor(), shown, changed)
    theirs = rendered(Compositor(), shown, changed)
    assert painted(ours) == painted(theirs)
    assert len(painted(ours)) >= changed[0].area


async def test_whoever_lies_elsewhere_is_not_asked(shown: App[None]) -> None:
    corners = [Region(0, 0, 1, 1), Region(WIDTH - 1, HEIGHT - 1, 1, 1)]
    asked: list[tuple[Widget, Region]] = []
    for widget in shown.query(Static):
        widget.render_lines = _noting(widget, asked)  # type: ignore[assignment, method-assign]
    above = shown.query_one("#above")
    rendered(SparingCompositor(), shown, corners)
    assert above not in [widget for widget, _ in asked]
    rendered(Compositor(), shown, corners)
    assert above in [widget for widget, _ in asked], (
        "Textual asks only those that changed: ours is not needed any more"
    )


def _noting(widget: Widget, asked: list[tuple[Widget, Region]]) -> Callable[[Region], list[Strip]]:
    render = widget.render_lines

    def noted(crop: Region) -> list[Strip]:
        asked.append((widget, crop))
        return render(crop)

    return noted


async def test_whoever_lies_behind_is_not_asked_and_others_only_for_rows_that_changed(
    shown: App[None],
) -> None:
    beside = shown.query(Static)[6]
    inside = beside.region
    changed = [Region(inside.x + 2, inside.y + 2, 3, 1), Region(inside.x + 9, inside.y + 3, 1, 1)]
    asked: list[tuple[Widget, Region]] = []
    for widget in shown.screen.walk_children(Widget, with_self=True):
        widget.render_lines = _noting(widget, asked)  # type: ignore[assignment, method-assign]
    rendered(SparingCompositor(), shown, changed)
    assert asked == [(beside, Region(0, 2, inside.width, 2))]
