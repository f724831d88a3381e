"""A whole conference of three people, two of them in browsers, by following the screens alone.

In the middle of it, the computer of the only one who has the program dies, and comes back.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from operator import ne
from pathlib import Path

from contract_tui.library.keepsakes import BOOKMARK
from contract_tui.library.library import Library
from contract_tui.ui.haste import REPEATS
from tests.contract_tui.household import Person
from tests.journeys.browser import PATIENCE, Tab, browser, needs_browser
from tests.journeys.table import free_port
from tests.journeys.terminal import DOWN, ENTER, TAB, UP, Terminal
from tests.journeys.test_conference import F10, confirm
from tests.programs import BIN, in_library, last_line

pytestmark = needs_browser

F3, CTRL_F = "\x1bOR", "\x06"
PHONE, LAPTOP = (360, 740), (1000, 700)
PHASES = ("Me and my work", "What helps", "Goal and success", "Obstacles", "Read back", "Close")


def hosting(folder: Path) -> Callable[[], Terminal]:
    """Make a contract of Ana's that nobody else knows of; what returns hosts it, each time."""
    made = Person(folder).run("new", "Tidepools", "--name", "Ana", "--role", "student")
    command = [str(BIN / "contract-tui"), "host", last_line(made), "--address", "127.0.0.1"]
    ports = ["--guests-port", str(free_port()), "--guests-address", "127.0.0.1"]
    return lambda: Terminal([*command, *ports], in_library(folder), 100, 32)


async def on(ana: Terminal, words: str) -> str:
    """Wait at the host's screen without keeping the browsers waiting."""
    return await asyncio.to_thread(ana.wait_for, words)


def expected(home: Path) -> dict[str, str]:
    """The codes of those who are expected, by role."""
    found = [json.loads(one.read_text()) for one in home.glob("guests/*/*/guest.json")]
    return {one["role"]: one["code"] for one in found}


async def come_in(ana: Terminal, tab: Tab, name: str, role: str, home: Path) -> None:
    """Come in as whoever is still expected in a role, by the address that the host reads aloud.

    The screen shows the code in letters of many characters, so that it is looked up beside it.
    """
    shown = await on(ana, f"A {role}")
    code = expected(home)[role]
    address = re.search(r"127\.0\.0\.1:\d+", shown)
    assert address is not None
    await tab.open(f"http://{address[0]}/j/{code}")
    await tab.come_in(name)
    await tab.wait_for("Interests")
    await on(ana, f"● {name}, ")


async def tap(tab: Tab, words: str) -> None:
    """Tap on words where the screen shows them first."""
    await tab.wait_for(words)
    rows = tab.text.splitlines()
    y = next(n for n, row in enumerate(rows) if words in row)
    x = rows[y].index(words) + len(words) // 2
    left, top, width, height = await tab.evaluate(
        "(r => [r.left, r.top, r.width, r.height])"
        "(document.querySelector('.xterm-screen').getBoundingClientRect())"
    )
    spot = {"x": left + (x + 0.5) * width / tab.columns, "y": top + (y + 0.5) * height / len(rows)}
    for kind in ("mousePressed", "mouseReleased"):
        await tab.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **spot)


def is_without_band(tab: Tab) -> bool:
    return " of 7: " not in tab.text


async def laid_out(tab: Tab, button: str) -> None:
    """Wait until a question stands as it will: on a phone its buttons go below one another."""
    if tab.columns < 60:
        await tab.wait_until(
            lambda: any(row.strip(" │") == button for row in tab.text.splitlines()), button
        )


async def agree(tab: Tab) -> None:
    """Say in a browser that one agrees, by way of what is left."""
    await tap(tab, "of 7: ")
    await tap(tab, "What is left")
    await tap(tab, "Say what each of you thinks")
    await tap(tab, "Agree ")
    await tab.wait_for("You have answered")


async def print_pages(tab: Tab, folder: Path) -> None:
    """Take the pages to print away, by way of what is left."""
    await tab.allow_downloads(folder)
    await tap(tab, "of 7: ")
    await tap(tab, "What is left")
    await tap(tab, "Print the pages")
    await tap(tab, "Take the file")
    await tab.wait_until(lambda: is_printed(folder), "the pages")


def is_printed(folder: Path) -> bool:
    return any(one.read_bytes().startswith(b"%PDF-") for one in folder.glob("*.pdf"))


async def go_on(ana: Terminal, tabs: Sequence[Tab], numbers: Iterable[int]) -> None:
    """Lead the others through phases, each of them seen by everybody before the next one."""
    for number in numbers:
        await asyncio.sleep(REPEATS)  # a key that comes sooner is one that is held
        ana.type(F10)
        for tab in tabs:
            await tab.wait_for(f"{number} of 7: {PHASES[number - 2]}")
        await on(ana, f"{number} of 7: {PHASES[number - 2]}")


async def begin(ana: Terminal, tabs: Sequence[Tab]) -> None:
    """Begin a conference, in which the others take part; Ana writes its first words."""
    ana.type(ENTER)
    both = lambda shown: shown.count(" in Interests") == 2  # noqa: E731
    await asyncio.to_thread(ana.wait_until, both, "both of them")
    ana.type(F10)
    await on(ana, "With you: Ben and Cleo")
    ana.type(TAB + ENTER)
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
        await on(ana, f"● {name}, ")
    ana.type(ENTER)
    for tab in tabs:
        await tab.wait_for("4 of 7: Goal and success")
    await on(ana, "4 of 7: Goal and success")


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


async def test_three_agree_and_take_the_pages_home_although_the_host_dies(
    tmp_path: Path, chrome: str
) -> None:
    host = hosting(tmp_path / "Ana")
    async with browser(chrome) as running:
        with ExitStack() as stack:
            ana = stack.enter_context(host())
            ben, cleo = await running.tab(*LAPTOP), await running.tab(*PHONE)
            await cleo.be_touched()
            await come_in(ana, ben, "Ben", "teacher", tmp_path / "Ana")
            await come_in(ana, cleo, "Cleo", "parent", tmp_path / "Ana")
            await begin(ana, (ben, cleo))
            await go_on(ana, (ben, cleo), (2, 3, 4))
            await go_elsewhere(tmp_path / "Ana", ben, cleo)
            ana.kill()
            ana = stack.enter_context(host())
            await come_back(ana, (ben, cleo))
            await go_on(ana, (ben, cleo), (5,))
            await ben.type(" too")
            await cleo.type(" and")
            await on(ana, "Whales and seals too")
            await agree(ben)
            await agree(cleo)
            ana.type(CTRL_F + "e")
            await on(ana, "Before everybody goes")
            ana.type(DOWN + ENTER)
            await on(ana, "What do you say to the contract")
            ana.type(TAB + ENTER)
            for tab in (ben, cleo):
                await tab.wait_for("Everybody agrees")
            await print_pages(ben, tmp_path / "pages")
            ana.type(CTRL_F + "e")
            await on(ana, "Everybody has answered it as it stands.")
            ana.type(UP)
            await asyncio.to_thread(confirm, ana, "Before everybody goes")
            for tab in (ben, cleo):
                await tab.wait_until(partial(is_without_band, tab), "no band any more")
            ana.type(F3)
            await on(ana, "Looking back")
            shown = await on(ana, "Conference of")
            assert re.search(r"Conference of \d+ \w+, Ana, Ben and Cleo", shown)
