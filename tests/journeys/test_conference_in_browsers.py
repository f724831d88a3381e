"""A whole conference of three people, two of them in browsers, by following the screens alone.

In the middle of it, the computer of the only one who has the program dies, and comes back.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from operator import ne
from pathlib import Path

from contract_tui.library.keepsakes import BOOKMARK
from contract_tui.library.library import Library
from tests.contract_tui.household import Person
from tests.journeys.browser import PATIENCE, Tab, browser, needs_browser
from tests.journeys.following import (
    Somebody,
    agree,
    find_what_is_left,
    go_on,
    holds,
    is_closed,
    point_camera,
    press,
    print_pages,
    shows,
    tap,
    type_code,
)
from tests.journeys.table import free_port
from tests.journeys.terminal import Terminal
from tests.programs import BIN, in_library, last_line

pytestmark = needs_browser

PHONE, LAPTOP = (360, 740), (1000, 700)


def hosting(folder: Path) -> Callable[[], Terminal]:
    """Make a contract of Ana's that nobody else knows of; what returns hosts it, each time."""
    made = Person(folder).run("new", "Tidepools", "--name", "Ana", "--role", "student")
    command = [str(BIN / "contract-tui"), "host", last_line(made), "--address", "127.0.0.1"]
    ports = ["--guests-port", str(free_port()), "--guests-address", "127.0.0.1"]
    return lambda: Terminal([*command, *ports], in_library(folder), 100, 32)


async def introduce(ana: Terminal, tab: Tab, name: str) -> None:
    """Say one's name in the browser, and be seen at the table."""
    await tab.come_in(name)
    await tab.wait_for("Interests")
    await shows(ana, f"● {name}, ")


async def laid_out(tab: Tab, button: str) -> None:
    """Wait until a question stands as it will: on a phone its buttons go below one another."""
    if tab.columns < 60:
        await tab.wait_until(
            lambda: any(row.strip(" │") == button for row in tab.text.splitlines()), button
        )


async def begin(ana: Terminal, tabs: Sequence[Tab]) -> None:
    """Begin a conference, in which the others take part; Ana writes its first words."""
    await press(ana, "Enter Open the contract")
    await holds(ana, lambda shown: shown.count(" in Interests") == 2, "both of them")
    await press(ana, "F10 Conference")
    await shows(ana, "With you: Ben and Cleo")
    await tap(ana, "  Begin  ")
    for tab in tabs:
        await tap(tab, "A conference is going on")
        await tap(tab, "N  Conference")
        await laid_out(tab, "Take part")
        await tap(tab, "  Take part  ")
        await tab.wait_for("Listen first.")
    ana.type("Whales seals")
    for tab in tabs:
        await tab.wait_for("Whales seals")


async def come_back(ana: Terminal, tabs: Sequence[Tab]) -> None:
    """Host again what was hosted before, and see the others come back with nobody's doing."""
    for name in ("Ben", "Cleo"):
        await shows(ana, f"● {name}, ")
    await press(ana, "Enter Open the contract")
    everybody: Sequence[Somebody] = (ana, *tabs)
    for one in everybody:
        await shows(one, "4 of 7: Goal and success")


def places(home: Path) -> list[bytes | None]:
    """Where the guests' programs have noted last that their people are."""
    found = []
    for guest in sorted(one.parent for one in home.glob("guests/*/*/guest.json")):
        with Library(guest) as library:
            found += [library.keepsakes(one.id).get(BOOKMARK) for one in library.entries()]
    return found


async def go_elsewhere(home: Path, ben: Tab, cleo: Tab) -> None:
    """Put both carets somewhere else, and wait until the guests' programs have noted it."""
    before = places(home)
    await ben.press("End", 35)
    await tap(cleo, "Whales seals")
    async with asyncio.timeout(PATIENCE):
        while not all(map(ne, places(home), before)):  # noqa: ASYNC110 - a file tells nobody that it changed
            await asyncio.sleep(0.05)


async def close(ana: Terminal, tabs: Sequence[Tab]) -> None:
    """Close the conference, and see what it has become in the past."""
    await find_what_is_left(ana)
    await shows(ana, "Everybody has answered it as it stands.")
    await tap(ana, "Close the conference")
    everybody: Sequence[Somebody] = (ana, *tabs)
    for one in everybody:
        await holds(one, is_closed, "no band any more")
    await press(ana, "F3 shows it as a chapter")
    await shows(ana, "Looking back")
    shown = await shows(ana, "Conference of")
    assert re.search(r"Conference of \d+ \w+, Ana, Ben and Cleo", shown)


async def test_three_agree_and_take_the_pages_home_although_the_host_dies(
    tmp_path: Path, chrome: str
) -> None:
    host = hosting(tmp_path / "Ana")
    async with browser(chrome) as running:
        with ExitStack() as stack:
            ana = stack.enter_context(host())
            ben, cleo = await running.tab(*LAPTOP), await running.tab(*PHONE)
            await cleo.be_touched()
            await type_code(ana, ben, "A teacher")
            await introduce(ana, ben, "Ben")
            await point_camera(ana, cleo, "A parent")
            await introduce(ana, cleo, "Cleo")
            await begin(ana, (ben, cleo))
            for number in (2, 3, 4):
                await go_on(ana, (ben, cleo), number)
            await go_elsewhere(tmp_path / "Ana", ben, cleo)
            ana.kill()
            ana = stack.enter_context(host())
            await come_back(ana, (ben, cleo))
            await go_on(ana, (ben, cleo), 5)
            await ben.type(" too")
            await cleo.type(" and")
            await shows(ana, "Whales and seals too")
            await go_on(ana, (ben, cleo), 6)
            for one in (ben, cleo, ana):
                await agree(one)
            for tab in (ben, cleo):
                await tab.wait_for("Everybody agrees")
            await print_pages(ben, tmp_path / "pages")
            await close(ana, (ben, cleo))
