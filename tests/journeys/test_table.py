"""A table: one hosts in a terminal, another comes in from a browser by the code on the screen."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from tests.journeys.browser import WORDS, Browser, Tab, browser, needs_browser
from tests.journeys.table import QUIT, free_port
from tests.journeys.terminal import ENTER, ESCAPE, TAB, Terminal
from tests.journeys.test_hosting import PROGRAM, begun, called
from tests.programs import in_library

SMALL = (60, 20)
"""A window in which the code stands in plain letters, that a test can read."""
LARGE = (100, 30)
GO_TO, TAKE_AWAY = ("g", 71, 2), ("p", 80, 2)
SEAT = re.compile(r"(127\.0\.0\.1:\d+)\b.*?\b(\w{3}-\w{3}-\w{3})\b", re.DOTALL)
F6 = "\x1b[17~"


def hosting(folder: Path, contract: str, *options: str) -> Terminal:
    """Ana's screen, with a table on this computer alone."""
    here = ("--address", "127.0.0.1", "--port", "0")
    return Terminal(
        [PROGRAM, "host", contract, *here, *options], in_library(folder / "Ana"), *SMALL
    )


@asynccontextmanager
async def at_the_table(folder: Path, chrome: str) -> AsyncIterator[tuple[Terminal, Browser]]:
    contract = begun(folder)
    async with browser(chrome) as running:
        with hosting(folder, contract, "--guests-port", "0") as ana:
            yield ana, running


async def shows(screen: Terminal, words: str) -> str:
    """Wait for the host's screen without keeping the browser waiting."""
    return await asyncio.to_thread(screen.wait_for, words)


async def come_in(ana: Terminal, running: Browser, name: str) -> Tab:
    """Come in as somebody at the table does: by what the host's screen shows, and one's name."""
    found = SEAT.search(await shows(ana, "Then type this code"))
    assert found is not None
    address, code = found.groups()
    tab = await running.tab()
    await tab.open(f"http://{address}/")
    await tab.wait_for_page("document.querySelector('form input') !== null")
    await tab.evaluate(f"document.querySelector('form input').value = '{code.lower()}'")
    await tab.evaluate("setTimeout(() => document.querySelector('form button').click())")
    await tab.wait_for_page("document.querySelector('#name') !== null")
    await tab.come_in(name)
    await tab.wait_for("shared with everyone")
    return tab


async def shown(folder: Path) -> str:
    """The contract as it is in the host's own library."""
    return await asyncio.to_thread(called, folder, "Ana", "show", "Tidepools")


@needs_browser
async def test_a_guest_comes_in_writes_agrees_takes_the_paper_along_and_the_host_ends_it(
    tmp_path: Path, chrome: str
) -> None:
    async with at_the_table(tmp_path, chrome) as (ana, running):
        ben = await come_in(ana, running, "Ben")
        await shows(ana, "● Ben, a teacher")
        assert "▸ ○ A parent" in await shows(ana, "Then type this code")
        ana.type(ENTER)
        ana.resize(*LARGE)
        await shows(ana, "Structure wanted")
        ana.type("Ana was here. ")
        await ben.wait_for("Ana was here.")
        await ben.type("Ben too. ")
        await shows(ana, "Ben too.")

        await ben.press(*GO_TO)
        await ben.wait_for("Agreement")
        await ben.type("a")
        await ben.wait_for("do you say to")
        await ben.press("Tab", 9)
        await ben.press("Enter", 13)
        await ben.wait_for("Given on")
        ana.type("\x07a")
        await shows(ana, "Given on")

        downloads = tmp_path / "downloads"
        await ben.allow_downloads(downloads)
        await ben.press(*TAKE_AWAY)
        await ben.wait_for("Search")
        await ben.type("take away")
        await ben.wait_for("On paper, as a page")
        await ben.press("Enter", 13)
        await ben.wait_for("Take the file")
        for key in (("Tab", 9), ("Tab", 9), ("Enter", 13)):
            await ben.press(*key)
        await ben.wait_until(lambda: list(downloads.glob("*.pdf")) != [], "the paper")

        programs = psutil.Process(ana.process.pid).children()
        assert programs
        ana.type(QUIT)
        await shows(ana, "Close the room?")
        ana.type(TAB + ENTER)
        await ben.wait_for_page(f"{WORDS}.includes('The host has closed the door')")
        assert await asyncio.to_thread(ana.end) == 0
        assert not any(one.is_running() for one in programs)
    said = await shown(tmp_path)
    assert "Ana was here." in said
    assert "Ben too." in said


@needs_browser
async def test_what_a_guest_wrote_last_is_with_the_host_also_when_the_terminal_closes(
    tmp_path: Path, chrome: str
) -> None:
    async with at_the_table(tmp_path, chrome) as (ana, running):
        ben = await come_in(ana, running, "Ben")
        await ben.type("last words")
        await ben.wait_for("last words")
        ana.process.terminate()
        assert await asyncio.to_thread(ana.end) == 0
    assert "last words" in await shown(tmp_path)


@needs_browser
async def test_a_guest_finds_their_seat_again_when_the_table_is_laid_again(
    tmp_path: Path, chrome: str
) -> None:
    contract, port = begun(tmp_path), str(free_port())
    async with browser(chrome) as running:
        with hosting(tmp_path, contract, "--guests-port", port) as ana:
            ben = await come_in(ana, running, "Ben")
            await ben.type("before")
            await ben.wait_for("before")
            ana.kill()
        with hosting(tmp_path, contract, "--guests-port", port) as ana:
            await ben.wait_for("before")
            await shows(ana, "● Ben, a teacher")
            ana.kill()


def test_a_table_is_one_key_away_in_an_open_contract(tmp_path: Path) -> None:
    contract = begun(tmp_path)
    with Terminal([PROGRAM, "open", contract], in_library(tmp_path / "Ana"), *LARGE) as ana:
        ana.wait_for("Structure wanted")
        ana.type("Alone. ")
        ana.wait_for("Alone.")
        ana.type(F6)
        ana.wait_for("Around one table")
        ana.wait_for("○ A teacher")
        ana.type(ENTER)
        ana.wait_for("Alone.")
        ana.type(ESCAPE)
        ana.wait_for("Around one table")
        ana.type(ESCAPE)
        assert ana.end() == 0


def refused(folder: Path, *options: str) -> str:
    with hosting(folder, begun(folder), *options) as ana:
        ana.resize(200, 20)
        assert ana.end() == 1
        return " ".join(ana.text.split())


def test_a_port_that_somebody_has_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused(tmp_path, "--guests-port", port)
    assert f"port {port}: address already in use" in said


def test_a_certificate_that_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    files = ("--tls-cert", "none.pem", "--tls-key", "none.key")
    assert "none.pem cannot be read" in refused(tmp_path, *files)
