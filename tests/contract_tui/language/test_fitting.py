"""What was to be shown and is not is found."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Container, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from tests.contract_tui.language.fitting import missing

LONG = "This is a sentence that goes past the end of its line"


class Shown(App[None]):
    CSS = """
    Screen { overflow: hidden; }
    .one-row { height: 1; } .wide { width: 80; } .deep { height: 4; overflow: hidden; }
    """

    def __init__(self, *shown: Widget) -> None:
        super().__init__()
        self._shown_here = shown

    def compose(self) -> ComposeResult:
        yield from self._shown_here


async def lost(*shown: Widget) -> list[str]:
    app = Shown(*shown)
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.pause()
        return list(missing(app.screen))


async def test_what_is_wrapped_and_what_can_be_scrolled_to_is_there() -> None:
    scrolled = VerticalScroll(*(Static(f"{LONG} {n}") for n in range(9)))
    assert await lost(Static(LONG), scrolled) == []


async def test_what_is_cut_at_the_end_of_a_row_or_wrapped_away_is_missing() -> None:
    assert await lost(Static(LONG, classes="one-row")) == [LONG]
    assert await lost(Static(LONG, classes="wide")) == [LONG]


async def test_what_lies_where_nobody_can_scroll_is_missing() -> None:
    below = Container(*(Static(LONG) for _ in range(2)), Static("below"), classes="deep")
    assert await lost(below) == ["below"]


async def test_a_hint_and_a_title_that_are_longer_than_their_place_are_missing() -> None:
    titled = Static("short")
    titled.border_title = LONG
    titled.styles.border = ("round", "white")
    assert await lost(titled, Input(placeholder=LONG)) == [LONG, LONG]


async def test_the_name_of_a_widget_that_paints_nothing_is_not_for_people() -> None:
    assert await lost(Widget(id="nothing")) == ["Widget#nothing"]
