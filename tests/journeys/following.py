"""People who follow their screens: they press, tap and type only what stands there.

A person sits at a terminal or at a browser's tab; both are looked at, and tapped, in the same way.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from contract_tui.ui.haste import REPEATS
from contract_tui.ui.qr import draw
from tests.journeys.browser import Tab
from tests.journeys.terminal import Terminal

KEYS = {
    "Enter": ("\r", 13),
    "Ctrl+F": ("\x06", 70),
    "F3": ("\x1bOR", 114),
    "F6": ("\x1b[17~", 117),
    "F10": ("\x1b[21~", 121),
    "P": ("p", 80),
    "Ctrl+Q": ("\x11", 81),
}
"""What a terminal and a browser send for a key, by what the screens call it."""
WAY = re.compile(r"Open in a browser: (\S+)")
CODE = re.compile(r"Then type this code: (\S+)")
PHASES = ("Me and my work", "What helps", "Goal and success", "Obstacles", "Read back", "Close")
UNHURRIED = 3.0
"""Seconds after which somebody presses again where nothing happened."""
Somebody = Terminal | Tab


async def shows(person: Somebody, words: str) -> str:
    """Wait until a screen shows words, without keeping the others waiting; returns the screen."""
    if isinstance(person, Terminal):
        return await asyncio.to_thread(person.wait_for, words)
    await person.wait_for(words)
    return person.text


async def holds(person: Somebody, what: Callable[[str], bool], name: str) -> None:
    """Wait until something is so on a screen."""
    if isinstance(person, Terminal):
        await asyncio.to_thread(person.wait_until, what, name)
    else:
        await person.wait_until(lambda: what(person.text), name)


async def press(person: Somebody, hint: str) -> None:
    """Press a key that the screen names with what it does, as in `F10 Go on`."""
    await shows(person, hint)
    key = hint.split()[0]
    sent, code = KEYS[key]
    if isinstance(person, Terminal):
        person.type(sent)
    else:
        await person.press(key, code)


async def tap(person: Somebody, words: str) -> None:
    """Tap on words where the screen shows them first."""
    rows = (await shows(person, words)).splitlines()
    y = next(n for n, row in enumerate(rows) if words in row)
    x = rows[y].index(words) + len(words) // 2
    if isinstance(person, Terminal):
        person.type(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")
        return
    left, top, width, height = await person.evaluate(
        "(r => [r.left, r.top, r.width, r.height])"
        "(document.querySelector('.xterm-screen').getBoundingClientRect())"
    )
    columns = person.columns
    spot = {"x": left + (x + 0.5) * width / columns, "y": top + (y + 0.5) * height / len(rows)}
    for kind in ("mousePressed", "mouseReleased"):
        about = {"type": kind, "button": "left", "clickCount": 1, **spot}
        await person.call("Input.dispatchMouseEvent", **about)


async def read_way(host: Terminal, role: str) -> tuple[str, str]:
    """Read the address and the code off the host's screen, once it shows those of a role."""
    found = None
    shown = await shows(host, f"▸ ○ {role}")
    while not (found := WAY.search(shown)) or not CODE.search(shown):
        shown = await shows(host, "Then type this code: ")
    code = CODE.search(shown)
    assert code is not None
    return found[1], code[1]


async def type_code(host: Terminal, tab: Tab, role: str) -> None:
    """Open the address that the host's screen shows, and type the code that it shows."""
    address, code = await read_way(host, role)
    await tab.open(f"http://{address}")
    await tab.wait_for_page("document.querySelector('#code') !== null")
    await tab.evaluate(f"document.querySelector('#code').value = '{code}'")
    await tab.evaluate("setTimeout(() => document.querySelector('form button').click())")
    await tab.wait_for_page("document.querySelector('#code') === null")


async def point_camera(host: Terminal, tab: Tab, role: str) -> None:
    """Open what the host's screen shows as a picture: it has to be the address with the code."""
    address, code = await read_way(host, role)
    link = f"http://{address}/j/{code}"
    assert all(row.rstrip() in host.text for row in draw(link))
    await tab.open(link)


async def go_on(leader: Somebody, others: Sequence[Somebody], number: int) -> None:
    """Go on to a phase with the key that the leader's screen names; it is seen by everybody."""
    phase = f"{number} of 7: {PHASES[number - 2]}"
    while phase not in leader.text:
        await asyncio.sleep(REPEATS)  # a key that comes sooner is one that is held
        await press(leader, "F10 Go on")
        with suppress(TimeoutError):
            async with asyncio.timeout(UNHURRIED):
                while phase not in leader.text:  # noqa: ASYNC110 - a terminal has no event
                    await asyncio.sleep(0.05)
    for one in others:
        await shows(one, phase)


async def find_what_is_left(person: Somebody) -> None:
    """Open the list of what is left by the lines at the top."""
    await tap(person, "of 7: ")
    await tap(person, "E  ")
    await shows(person, "Before everybody goes")


async def agree(person: Somebody) -> None:
    """Say that one agrees, by way of what is left."""
    await find_what_is_left(person)
    await tap(person, "Say what each of you thinks")
    await tap(person, "Agree ")
    await shows(person, "You have answered")


async def print_pages(tab: Tab, folder: Path) -> None:
    """Take the pages to print away, by way of what is left."""
    await tab.allow_downloads(folder)
    await find_what_is_left(tab)
    await tap(tab, "Print the pages")
    await tap(tab, "Take the file")
    await tab.wait_until(lambda: is_printed(folder), "the pages")


def is_printed(folder: Path) -> bool:
    """Whether there are pages to print in a folder."""
    return any(one.read_bytes().startswith(b"%PDF-") for one in folder.glob("*.pdf"))


def is_closed(shown: str) -> bool:
    """Whether a screen shows no conference."""
    return " of 7: " not in shown
