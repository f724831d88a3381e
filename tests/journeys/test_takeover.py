"""The host's computer dies in the middle of a conference, and somebody else's takes its place."""

import asyncio
import re
from contextlib import suppress
from pathlib import Path

from contract_tui.library import seats
from contract_tui.library.library import Library
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id
from tests.journeys.browser import Browser, Tab, browser, needs_browser
from tests.journeys.table import QUIT, free_port
from tests.journeys.terminal import ENTER, TAB, Terminal
from tests.journeys.test_conference import UNHURRIED, confirm
from tests.journeys.test_hosting import PROGRAM, called
from tests.programs import in_library

SMALL, LARGE = (60, 20), (100, 30)
"""In a small window the code stands in plain letters, which a test can read."""
SEAT = re.compile(r"(\d+\.\d+\.\d+\.\d+:\d+)\b.*?\b(\w{3}-\w{3}-\w{3})\b", re.DOTALL)
F6, F10 = "\x1b[17~", "\x1b[21~"
PHASES = ("1 of 7: Open", "2 of 7", "3 of 7", "4 of 7")


async def shows(screen: Terminal, words: str) -> str:
    """Wait for a terminal without keeping the browser waiting."""
    return await asyncio.to_thread(screen.wait_for, words)


async def come_in(host: Terminal, running: Browser, name: str | None = None) -> Tab:
    """Come in by what the host's screen shows."""
    found = SEAT.search(await shows(host, "Then type this code"))
    assert found is not None
    address, code = found.groups()
    tab = await running.tab()
    await tab.open(f"http://{address}/j/{code}")
    await tab.come_in(name)
    await tab.wait_for("Interests")
    return tab


async def go_on(tab: Tab, phase: str) -> None:
    """Go on to a phase, as somebody who sees where they are before they press again."""
    while phase not in tab.text:
        await tab.press("F10", 121)
        with suppress(TimeoutError):
            async with asyncio.timeout(3 * UNHURRIED):
                await tab.wait_for(phase)


async def begin(cleo: Tab, ben: Terminal) -> None:
    """Begin a conference in a browser, and go on to its fourth phase."""
    await cleo.wait_until(lambda: cleo.text.count(" in Interests") == 2, "the other two")
    await cleo.press("F10", 121)
    await cleo.wait_for("With you: ")
    await cleo.press("Tab", 9)
    await cleo.press("Enter", 13)
    await cleo.wait_for(PHASES[0])
    await shows(ben, "A conference is going on")
    ben.type(F10)
    await asyncio.to_thread(confirm, ben, "Take part in the conference?")
    for phase in PHASES[1:]:
        await go_on(cleo, phase)
    await shows(ben, PHASES[3])


def begun(folder: Path, relay: str) -> str:
    """Make a contract of Ana's, in which Ben has a seat and a program of his own."""
    with Library(folder / "Ana") as ana, Library(folder / "Ben") as ben:
        contract = seats.new_contract(ana, "Tidepools", "Ana", Role.TEACHER)
        link = seats.invite_to(ana, ana.entry(contract), Role.PARENT, "Ben", relays=[relay]).link()
        seats.join(ben, link)
        ana.forget_relay(contract, relay)
    return format_document_id(contract)


@needs_browser
async def test_the_host_dies_in_the_fourth_phase_and_the_conference_goes_on_by_one_key(
    tmp_path: Path, chrome: str
) -> None:
    port = str(free_port())
    contract = begun(tmp_path, f"ws://127.0.0.1:{port}")
    here = ("--address", "127.0.0.1", "--port", port, "--guests-port", "0")
    async with browser(chrome) as running:
        with (
            Terminal(
                [PROGRAM, "host", contract, *here], in_library(tmp_path / "Ana"), *SMALL
            ) as ana,
            Terminal([PROGRAM, "open", contract], in_library(tmp_path / "Ben"), *LARGE) as ben,
        ):
            cleo = await come_in(ana, running, "Cleo")
            await shows(ben, "Cleo")
            await begin(cleo, ben)
            await cleo.type("Crabs live here. ")
            await shows(ben, "Crabs live here.")
            ana.kill()

            await shows(ben, "Ana’s computer cannot be reached")
            ben.type(F6)
            ben.resize(*SMALL)
            await shows(ben, "Cleo, the student")
            again = await come_in(ben, running)
            await again.wait_for("Crabs live here.")
            await again.wait_for(PHASES[3])
            await again.type("So do I. ")
            ben.type(ENTER)
            ben.resize(*LARGE)
            await shows(ben, "So do I.")
            await go_on(again, "5 of 7")
            await shows(ben, "5 of 7")
            ben.type(QUIT)
            await shows(ben, "Close the room?")
            ben.type(TAB + ENTER)
            assert await asyncio.to_thread(ben.end) == 0
    said = await asyncio.to_thread(called, tmp_path, "Ben", "show", "Tidepools")
    assert "Crabs live here." in said
    assert "So do I." in said
