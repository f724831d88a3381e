"""What is said while something long is read."""

from textual.app import App, ComposeResult
from textual.widgets import ProgressBar, Static

from contract_tui.ui.widgets.reading_bar import ReadingBar
from tests.contract_tui.ui.stage import until


class Waiting(App[None]):
    def compose(self) -> ComposeResult:
        yield ReadingBar("One moment…")


async def test_a_bar_comes_once_it_is_known_how_much_there_is_and_goes_on() -> None:
    app = Waiting()
    async with app.run_test():
        reading = app.query_one(ReadingBar)
        assert str(reading.query_one(Static).content) == "One moment…"
        assert not reading.has_bar
        reading.show(10, 100)
        reading.show(40, 100)
        await until(lambda: len(reading.query(ProgressBar)) == 1)
        bar = reading.query_one(ProgressBar)
        assert (bar.progress, bar.total) == (40, 100)
