"""No page of a full contract says a number about anybody: no percentage, score, rank or count."""

from __future__ import annotations

import re
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.choices import ChoiceBar
from sync_server.access.proof import Role
from tests.contract_tui.exports.test_no_numbers import WEIGHED
from tests.contract_tui.ui.pictures.camera import TAKEN
from tests.contract_tui.ui.pictures.writing import picture_of
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import until

_DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]+( \d{4})?\b|\b\d{4}-\d\d-\d\d\b|\b\d\d:\d\d\b")
"""Days that people chose, or on which they wrote."""
_NUMBER = re.compile(r"(?<![\w-])\d[\d.,]*(?![\w-])")

TALL = 120, 140
ALLOWED = re.compile(
    r"\bTurn \d+ of \d+"  # where one is in the past: of the text, and nobody's
    r"|\b\d of 7: "  # where a conference is on its way
    r"|\b\d+ minutes\b"  # how long a talk, or a phase of it, takes
    r"|\b\d+ days ago\b"  # when a contract changed, as a date in other words
)
"""The few numbers that stand beside the pages, each with its reason."""
PICTURED = re.compile(
    r"\b\d+ min\b|\b1 minute left|\b25, 15 or|^\d$"
    r"|(?:Open|work|structure|success|promises|agree|Close) \d$"
    # how long a phase takes, also where the rest of the line has no room, and where one says it
    r"|\bpoint a camera"  # which is no point that somebody gets
    r"|\bPress \d to\b|\b1 to copy\b"  # the key that copies a line
    r"|(?:^|▸ |│ )[1-9] (?=\w)"  # the key of a place in the menu
    r"|\b\d+(?:\.\d+){3}(?::\d+)?"  # where a computer is reached
    r"|(?:\bon|again:|,) \d{1,2}(?= |$)|\b20\d\d\b"  # a day of which a line holds a part
)
"""The numbers in pictures, each with its reason."""
_FRAME = re.compile(r"[─-╿▀-▟■-◿]+")
_NOTHING = re.compile(r"(?!)")


def numbers(text: str, allowed: re.Pattern[str] = _NOTHING) -> list[str]:
    """What is said on a screen that may be a number about somebody."""
    plain = allowed.sub("", _DAY.sub("", text))
    return [*(match[0] for match in WEIGHED.finditer(plain)), *_NUMBER.findall(plain)]


def painted(screen: Screen[Any], edge: int = 0) -> str:
    """Everything that stands on a screen; what is beside the page apart from what is on it."""
    strips = screen._compositor.render_strips()
    columns = ([strip.crop(0, edge) for strip in strips], [strip.crop(edge) for strip in strips])
    return "\n".join(
        " ".join(" ".join(one.text.strip(" │").split()) for one in rows) for rows in columns
    )


def is_laid_out(screen: WorkshopScreen) -> bool:
    shown: Widget = screen.ground.shown or screen.sections
    return shown.region.area > 0


def is_whole(screen: WorkshopScreen) -> bool:
    """Whether nothing of the page has to be scrolled to."""
    shown: Widget = screen.ground.shown or screen.sections
    return not any(one.max_scroll_y for one in (shown, *shown.query(Widget)))


@pytest.mark.parametrize(
    ("role", "size"),
    [(Role.STUDENT, TALL), (Role.TEACHER, (80, 140)), (Role.PARENT, (100, 140))],
)
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
                    seen += painted(screen, screen.ground.region.x)
            await pilot.pause()
            assert is_whole(screen), place
            seen += painted(screen, screen.ground.region.x)
        assert not numbers(seen)
        for said in ("How I’ll know I have succeeded", "What became of it", "A ruler under"):
            assert said in seen


async def shows(pilot: Pilot[None], words: str) -> str:
    """Wait for words on the screen in front; returns everything that stands there."""
    await until(lambda: words in painted(pilot.app.screen))
    return painted(pilot.app.screen)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.PARENT])
async def test_nothing_beside_the_pages_says_a_number_about_anybody(
    sitting: Sitting, utc: None, role: Role
) -> None:
    async with sitting.workshop(role, size=TALL) as (screen, pilot):
        for show, words in (
            (screen.action_look_back, "Turn 45 of 45"),
            *([(screen.action_sections, "The sections")] if role is Role.STUDENT else ()),
            (screen.action_draft, "Only on this computer"),
            (screen.action_begin_conference, "Begin a conference?"),
            (screen.action_read_aloud, "The letters look like goats"),
        ):
            show()
            assert not numbers(await shows(pilot, words), ALLOWED), words
            await pilot.press("escape")
            await until(lambda: pilot.app.screen is screen)
        screen.session.conferring.begin()
        screen.follow()
        assert not numbers(await shows(pilot, "1 of 7: Open"), ALLOWED)
        assert "Mrs Sesemann" in painted(screen)


def test_no_picture_of_any_screen_shows_a_number_about_anybody() -> None:
    found: dict[str, list[str]] = {}
    for path in TAKEN.rglob("*.txt"):
        for group in picture_of(path.read_text()).groups:
            rows = [" ".join(_FRAME.sub(" ", row.text).split()) for row in group.looks[0]]
            plain = "\n".join(PICTURED.sub("", ALLOWED.sub("", row)) for row in rows)
            found[path.stem] = found.get(path.stem, []) + numbers(plain)
    assert len(found) > 80
    assert {name: said for name, said in found.items() if said} == {}


async def test_the_list_of_contracts_says_no_number_about_anybody(
    sitting: Sitting, utc: None
) -> None:
    app = ContractApp(sitting.libraries[Role.TEACHER], world=ALONE)
    async with app.run_test(size=TALL) as pilot:
        assert not numbers(await shows(pilot, "Heidi, Grandfather and you"), ALLOWED)


def test_a_number_would_be_found() -> None:
    assert numbers("Heidi wrote 12 words, 40 % of all") == ["0 %", "12", "40"]
    assert numbers("3 of 4 steps") == ["3 of 4", "3", "4"]
    assert not numbers("on 14 March 2027, F4 shows it")
    assert numbers("Heidi had 12 of 45 turns in 7 of 9 pages", ALLOWED)
    assert not numbers("Turn 12 of 45, with 2 minutes left", ALLOWED)
