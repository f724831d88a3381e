"""The line of keys."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

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
