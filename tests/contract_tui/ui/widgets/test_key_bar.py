"""The line of keys."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from contract_tui.ui import themes
from contract_tui.ui.widgets.key_bar import KeyBar
from tests.contract_tui.ui.stage import until


class Keys(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "count", "Count"),
        Binding("ctrl+t,alt+down", "other", "Other"),
        Binding("f5", "hidden", "Hidden", show=False),
        Binding("f6", "sometimes", "Sometimes"),
    ]
    counted = 0
    sometimes = False

    def compose(self) -> ComposeResult:
        yield KeyBar()

    def action_count(self) -> None:
        self.counted += 1

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.sometimes if action == "sometimes" else True


async def test_keys_that_can_be_pressed_now_are_shown_once_and_can_be_clicked() -> None:
    app = Keys()
    async with app.run_test(size=(80, 4)) as pilot:
        bar = app.query_one(KeyBar)
        await until(lambda: "F4 Count  Ctrl+T Other" in str(bar.content))
        assert "Hidden" not in str(bar.content)
        assert "Sometimes" not in str(bar.content)
        app.sometimes = True
        app.refresh_bindings()
        await until(lambda: "F6 Sometimes" in str(bar.content))
        place = str(bar.content).index("F4") + 1
        await pilot.click(bar, offset=(place + 1, 0))
        await until(lambda: app.counted == 1)
        await pilot.click(bar, offset=(78, 0))
        assert app.counted == 1


class OwnKeys(Screen[None]):
    first: ClassVar[tuple[str, ...]] = ()
    kept: ClassVar[tuple[str, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "first", "First of all"),
        Binding("f3", "second", "Second to it"),
        Binding("f5", "third", "Third of them"),
    ]

    def compose(self) -> ComposeResult:
        yield KeyBar(self.first, self.kept)

    def action_first(self) -> None: ...
    def action_second(self) -> None: ...
    def action_third(self) -> None: ...


async def test_what_does_not_fit_is_left_out_and_never_the_way_on() -> None:
    app = Keys()
    async with app.run_test(size=(80, 4)) as pilot:
        await app.push_screen(OwnKeys())
        bar = app.screen.query_one(KeyBar)
        await until(lambda: "F5 Third" in str(bar.content))
        await pilot.resize_terminal(60, 4)
        await until(lambda: "F5 Third" not in str(bar.content))
        assert "F2 First of all  F3 Second to it" in str(bar.content)
        assert "Ctrl+T Other" in str(bar.content)
        assert bar.content_size.width >= len(str(bar.content))


class KeptKeys(OwnKeys):
    first: ClassVar[tuple[str, ...]] = ("third", "missing", "other")
    kept: ClassVar[tuple[str, ...]] = ("third",)


async def test_what_matters_most_comes_first_and_what_is_kept_is_left_out_last() -> None:
    app = Keys()
    async with app.run_test(size=(80, 4)) as pilot:
        await app.push_screen(KeptKeys())
        bar = app.screen.query_one(KeyBar)
        await until(lambda: str(bar.content).startswith("F5 Third of them  Ctrl+T Other  F2"))
        await pilot.resize_terminal(20, 4)
        await until(lambda: str(bar.content) == "F5 Third of them")


async def test_the_keys_take_the_colour_of_the_theme_that_is_shown() -> None:
    app = Keys()
    for theme in themes.THEMES:
        app.register_theme(theme)
    async with app.run_test(size=(80, 4)):
        bar = app.query_one(KeyBar)
        app.theme = themes.LIGHT.name
        await until(lambda: colors(bar) == {themes.LIGHT.primary})
        app.theme = themes.DARK.name
        await until(lambda: colors(bar) == {themes.DARK.primary})


def colors(bar: KeyBar) -> set[str]:
    text = bar.content
    assert isinstance(text, Text)
    styles = [span.style for span in text.spans]
    return {str(one.color.name) for one in styles if isinstance(one, Style) and one.color}
