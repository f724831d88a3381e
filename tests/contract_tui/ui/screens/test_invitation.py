"""What is handed to somebody: the link in words, and for a camera where there is room for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import segno
from rich.color_triplet import ColorTriplet
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Static

from contract_tui.library.seats import invite_to
from contract_tui.ui import themes
from contract_tui.ui.app import ContractApp
from contract_tui.ui.qr import QUIET
from contract_tui.ui.screens.invitation import InvitationScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import until

BLACK, WHITE = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255)


@asynccontextmanager
async def handed(
    sitting: Sitting, columns: int, rows: int, theme: str = themes.DARK.name
) -> AsyncIterator[tuple[InvitationScreen, Pilot[None], str]]:
    """An invitation on a screen of this size, and the link in it."""
    student = sitting.libraries[Role.STUDENT]
    invitation = invite_to(student, student.entry(sitting.contract), Role.TEACHER, "Ms Okafor")
    app = ContractApp(student, world=ALONE, theme=theme)
    async with app.run_test(size=(columns, rows)) as pilot:
        screen = InvitationScreen(invitation)
        await app.push_screen(screen)
        await until(
            lambda: bool(screen.query("#link")) and screen.query_one("#link").size.width > 0
        )
        await pilot.pause()
        yield screen, pilot, invitation.link()


def is_shown(screen: InvitationScreen) -> bool:
    return screen.query_one("#qr").region.area > 0


def painted(screen: InvitationScreen) -> list[list[bool]]:
    """What a camera sees of the picture: whether each module is dark."""
    place = screen.query_one("#qr").region
    rows: list[list[bool]] = []
    for strip in screen._compositor.render_strips()[place.y : place.bottom]:
        upper: list[bool] = []
        lower: list[bool] = []
        for text, style, _ in strip.crop(place.x, place.right):
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            assert (style.color.triplet, style.bgcolor.triplet) == (BLACK, WHITE)
            upper += [character in "▀█" for character in text]
            lower += [character in "▄█" for character in text]
        rows += [upper, lower]
    return rows


@pytest.mark.parametrize("theme", [theme.name for theme in themes.THEMES])
@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 60)])
async def test_where_there_is_room_a_camera_can_read_it(
    sitting: Sitting, columns: int, rows: int, theme: str
) -> None:
    async with handed(sitting, columns, rows, theme) as (screen, _, link):
        await until(lambda: is_shown(screen))
        shown = painted(screen)
        code = segno.make(link, error="l", boost_error=False, micro=False)
        wanted = [list(map(bool, row)) for row in code.matrix_iter(border=QUIET)]
        assert shown[: len(wanted)] == wanted
        assert not any(map(any, shown[len(wanted) :]))
        assert screen.query_one("#page", VerticalScroll).max_scroll_y == 0, "nothing is cut off"


async def test_it_is_said_what_to_do_with_the_link(sitting: Sitting) -> None:
    async with handed(sitting, 80, 24) as (screen, _, __):
        how = screen.query_one("#how", Static)
        assert "type contract-tui join and this link" in str(how.content)
        assert how.size.height == 1
        assert screen.query_one("#page", VerticalScroll).max_scroll_y == 0


async def test_where_there_is_none_only_the_words_are_there(sitting: Sitting) -> None:
    async with handed(sitting, 80, 24) as (screen, pilot, link):
        assert not is_shown(screen)
        assert str(screen.query_one("#link", Static).content) == link
        await pilot.resize_terminal(120, 40)
        await until(lambda: is_shown(screen))
        await pilot.resize_terminal(100, 30)
        await until(lambda: not is_shown(screen))
