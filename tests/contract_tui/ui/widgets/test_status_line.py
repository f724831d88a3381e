"""The state of the connection, calmly."""

from __future__ import annotations

from textual.app import App, ComposeResult

from contract_tui.session.link import status as statuses
from contract_tui.session.link.status import StatusKind
from contract_tui.ui.widgets.status_line import StatusLine
from tests.contract_tui.ui.stage import until


class Line(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.line = StatusLine()

    def compose(self) -> ComposeResult:
        yield self.line


async def test_a_key_on_its_way_does_not_make_the_line_flicker() -> None:
    app = Line()
    async with app.run_test():
        app.line.show(statuses.shared())
        drawn = app.line.visual
        for _ in range(20):
            app.line.show(statuses.sharing(1))
            assert str(app.line.content) == "● shared with everyone"
            app.line.show(statuses.shared())
        assert app.line._wait is None
        assert app.line.visual is drawn, "what says the same is not painted again"


async def test_words_that_do_not_arrive_are_said_to_be_on_their_way() -> None:
    app = Line()
    async with app.run_test():
        app.line.show(statuses.shared())
        app.line.show(statuses.sharing(3))
        await until(lambda: str(app.line.content) == "◌ sharing…")
        app.line.show(statuses.shared())
        assert str(app.line.content) == "● shared with everyone"


async def test_trouble_is_shown_at_once_with_its_reason() -> None:
    app = Line()
    async with app.run_test():
        app.line.show(statuses.shared())
        app.line.show(statuses.sharing(1))
        app.line.show(statuses.alone(2, "the relay does not answer"))
        assert str(app.line.content) == "○ working alone, not all shared yet"
        assert app.line.tooltip == "The relay does not answer."
        assert app.line.has_class("-alone")
        assert app.line.kind is StatusKind.ALONE
        app.line.show(statuses.unsaved(1, "the disk is full"))
        assert not app.line.has_class("-alone")
        assert str(app.line.content).startswith("! NOT saved")
