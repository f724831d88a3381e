"""No page of a full contract says a number about anybody: no percentage, score, rank or count."""

from __future__ import annotations

import re

import pytest
from textual.widget import Widget

from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.choices import ChoiceBar
from sync_server.access.proof import Role
from tests.contract_tui.exports.test_no_numbers import WEIGHED
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until

_DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]+( \d{4})?\b|\b\d{4}-\d\d-\d\d\b|\b\d\d:\d\d\b")
"""Days that people chose, or on which they wrote."""
_NUMBER = re.compile(r"(?<![\w-])\d[\d.,]*(?![\w-])")


def numbers(text: str) -> list[str]:
    """What is said on a screen that may be a number about somebody."""
    plain = _DAY.sub("", text)
    return [*(match[0] for match in WEIGHED.finditer(plain)), *_NUMBER.findall(plain)]


def painted(screen: WorkshopScreen) -> str:
    """Everything that stands on a screen; what is beside the page apart from what is on it."""
    strips, edge = screen._compositor.render_strips(), screen.ground.region.x
    columns = ([strip.crop(0, edge) for strip in strips], [strip.crop(edge) for strip in strips])
    return "\n".join(
        " ".join(" ".join(one.text.strip(" │").split()) for one in rows) for rows in columns
    )


def is_laid_out(screen: WorkshopScreen) -> bool:
    shown: Widget = screen.ground.shown or screen.sections
    return shown.region.area > 0


@pytest.mark.parametrize(("role", "size"), [(Role.STUDENT, (120, 100)), (Role.TEACHER, (80, 24))])
async def test_no_page_says_a_number_about_anybody(
    sitting: Sitting, utc: None, role: Role, size: tuple[int, int]
) -> None:
    async with sitting.workshop(role, size=size) as (screen, pilot):
        seen = ""
        for place in screen.going.places:
            await screen.going.go_there(place.part)
            await until(lambda: is_laid_out(screen))
            for stop in screen.ground.stops():
                if isinstance(stop, ChoiceBar) and role is Role.STUDENT:
                    screen.going.go_to(stop)  # what can be chosen is seen where one is only
                    await pilot.pause()
                    seen += painted(screen)
            await pilot.pause()
            seen += painted(screen)
        assert not numbers(seen)
        for said in ("How I’ll know I have succeeded", "What became of it", "A ruler under"):
            assert said in seen


def test_a_number_would_be_found() -> None:
    assert numbers("Heidi wrote 12 words, 40 % of all") == ["0 %", "12", "40"]
    assert numbers("3 of 4 steps") == ["3 of 4", "3", "4"]
    assert not numbers("on 14 March 2027, F4 shows it")
