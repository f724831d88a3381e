"""One choice of several."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Offset

from contract_tui.contract.items.terms import CHOICES
from contract_tui.ui.widgets.choices import OPEN, ChoiceBar
from tests.contract_tui.ui.stage import until


class Choosing(App[None]):
    def __init__(self, *, required: bool = False) -> None:
        super().__init__()
        self.required = required
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield ChoiceBar(CHOICES, required=self.required)

    def on_choice_bar_chosen(self, event: ChoiceBar.Chosen) -> None:
        self.heard.append(event.choice)


def rows(bar: ChoiceBar) -> list[str]:
    return [bar.render_line(y).text.rstrip() for y in range(bar.size.height)]


@pytest.mark.parametrize(
    ("width", "counts"), [(120, [5]), (100, [3, 2]), (60, [2, 2, 1]), (30, [1] * 5)]
)
async def test_the_boxes_are_equal_and_fill_the_rows_evenly(width: int, counts: list[int]) -> None:
    app = Choosing()
    async with app.run_test(size=(width, 10)):
        bar = app.query_one(ChoiceBar)
        await until(lambda: bar.size.height == len(counts))
        assert [row.count("○") for row in rows(bar)] == counts
        places = [row.index("○", 1) for row in rows(bar)]
        assert len(set(places)) == 1
        assert not any(character.isdigit() for row in rows(bar) for character in row)


async def test_the_chosen_one_has_a_sign_of_its_own_and_choosing_it_again_leaves_it_open() -> None:
    app = Choosing()
    async with app.run_test(size=(120, 10)) as pilot:
        bar = app.query_one(ChoiceBar)
        bar.focus()
        bar.chosen = "together"
        await until(lambda: rows(bar)[0].strip().startswith("◉ do it together"))
        await pilot.press("enter", "right", "right", "space")
        assert app.heard == [OPEN, "steps"]


async def test_nothing_is_chosen_where_one_can_only_read_and_nothing_by_a_click_beside() -> None:
    app = Choosing()
    async with app.run_test(size=(60, 10)) as pilot:
        bar = app.query_one(ChoiceBar)
        await until(lambda: bar.size.height == 3)
        await pilot.click(bar, offset=Offset(3 + 30, 2))
        bar.locked = True
        await pilot.click(bar, offset=Offset(3 + 2, 0))
        assert app.heard == []


async def test_where_one_has_to_be_chosen_the_arrows_choose_and_nothing_leaves_it_open() -> None:
    app = Choosing(required=True)
    async with app.run_test(size=(120, 10)) as pilot:
        bar = app.query_one(ChoiceBar)
        bar.chosen = "own-way"
        bar.focus()
        await pilot.press("right")
        assert bar.chosen == "steps"
        await pilot.press("space", "enter")
        assert bar.chosen == "steps"
        assert app.heard == []
