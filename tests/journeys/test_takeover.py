"""The host's computer dies in the middle of a conference, and somebody else's takes its place."""

import asyncio
import re
from pathlib import Path

from contract_tui.library import seats
from contract_tui.library.library import Library
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id
from tests.journeys.browser import Tab, browser, needs_browser
from tests.journeys.following import (
    Somebody,
    agree,
    find_what_is_left,
    go_on,
    holds,
    is_closed,
    press,
    print_pages,
    shows,
    tap,
    type_code,
)
from tests.journeys.table import free_port
from tests.journeys.terminal import Terminal
from tests.journeys.test_hosting import PROGRAM, called
from tests.programs import in_library

SIZE = (100, 32)
WITH_PROGRAM = re.compile(r"contract-tui (open \S+ --relay \S+)")


async def come_in(host: Terminal, tab: Tab, who: str, name: str | None = None) -> None:
    """Come in by what the host's screen shows."""
    await type_code(host, tab, who)
    await tab.come_in(name)
    await tab.wait_for("Interests")


async def begin(cleo: Tab, ana: Terminal, ben: Terminal) -> None:
    """Begin a conference in a browser, and go on to its fourth phase."""
    await press(ana, "Enter Open the contract")
    await holds(cleo, lambda shown: shown.count(" in Interests") == 2, "the other two")
    await press(cleo, "F10 Conference")
    await shows(cleo, "With you: Ana and Ben")
    await tap(cleo, "  Begin  ")
    for one in (ana, ben):
        await press(one, "F10 takes part")
        await tap(one, "  Take part  ")
        await shows(one, "1 of 7: Open")
    for number in (2, 3, 4):
        await go_on(cleo, (ana, ben), number)


async def come_after(ben: Terminal) -> list[str]:
    """Read off the new host's screen how those come in who have the program."""
    await press(ben, "F6 Room")
    await press(ben, "P With the program")
    await holds(ben, lambda shown: bool(WITH_PROGRAM.search(shown)), "how one comes in")
    found = WITH_PROGRAM.search(ben.text)
    assert found is not None
    await press(ben, "Enter ")
    await shows(ben, "5 of 7: Obstacles")
    return found[1].split()


async def close(cleo: Tab, others: tuple[Terminal, ...]) -> None:
    """Close the conference, which everybody sees."""
    await find_what_is_left(cleo)
    await shows(cleo, "Everybody has answered it as it stands.")
    await tap(cleo, "Close the conference")
    everybody: tuple[Somebody, ...] = (cleo, *others)
    for one in everybody:
        await holds(one, is_closed, "no band any more")


def begun(folder: Path, relay: str) -> str:
    """Make a contract of Ana's, in which Ben has a seat and a program of his own."""
    with Library(folder / "Ana") as ana, Library(folder / "Ben") as ben:
        contract = seats.new_contract(ana, "Tidepools", "Ana", Role.TEACHER)
        link = seats.invite_to(ana, ana.entry(contract), Role.PARENT, "Ben", relays=[relay]).link()
        seats.join(ben, link)
        ana.forget_relay(contract, relay)
    return format_document_id(contract)


@needs_browser
async def test_the_host_dies_in_the_fourth_phase_and_three_agree_by_following_the_screens(
    tmp_path: Path, chrome: str
) -> None:
    port = str(free_port())
    contract = begun(tmp_path, f"ws://127.0.0.1:{port}")
    here = ("--address", "127.0.0.1", "--port", port, "--guests-port", "0")
    homes = {name: in_library(tmp_path / name) for name in ("Ana", "Ben")}
    async with browser(chrome) as running:
        with (
            Terminal([PROGRAM, "host", contract, *here], homes["Ana"], *SIZE) as ana,
            Terminal([PROGRAM, "open", contract], homes["Ben"], *SIZE) as ben,
        ):
            cleo = await running.tab()
            await come_in(ana, cleo, "The student", "Cleo")
            await shows(ben, "Cleo")
            await begin(cleo, ana, ben)
            await cleo.type("Crabs live here. ")
            await shows(ben, "Crabs live here.")
            ana.kill()

            await shows(ben, "Ana’s computer cannot be reached")
            await press(ben, "F6 goes on")
            await come_in(ben, cleo, "Cleo, the student")
            await cleo.wait_for("Crabs live here.")
            await cleo.wait_for("4 of 7: Goal and success")
            await cleo.type("So do I. ")
            await press(ben, "Enter Open the contract")
            await shows(ben, "So do I.")
            await go_on(cleo, (ben,), 5)
            command = await come_after(ben)
            with Terminal([PROGRAM, *command], homes["Ana"], *SIZE) as back:
                await shows(back, "Do you trust this network? [y/N]")
                back.type("y\r")
                await shows(back, "So do I.")
                await go_on(cleo, (ben, back), 6)
                for one in (cleo, ben, back):
                    await agree(one)
                for one in (cleo, ben):
                    await shows(one, "Everybody agrees")
                await print_pages(cleo, tmp_path / "pages")
                await close(cleo, (ben, back))
            await press(ben, "Ctrl+Q Quit")
            await tap(ben, "  Close the room  ")
            assert await asyncio.to_thread(ben.end) == 0
    said = await asyncio.to_thread(called, tmp_path, "Ben", "show", "Tidepools")
    assert "Crabs live here." in said
    assert "So do I." in said
