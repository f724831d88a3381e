"""Guests in real browsers: two of them take part in a contract that is on the host's computer."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from tests.journeys.browser import WORDS, Browser, Tab, browser, needs_browser
from tests.journeys.table import free_port
from tests.programs import PATIENCE

pytestmark = needs_browser
ENTER, TAB = ("Enter", 13), ("Tab", 9)
CTRL = 2


@dataclass
class Host:
    """A host's program, which can be ended and started again."""

    folder: Path
    port: int = field(default_factory=free_port)
    addresses: dict[str, str] = field(default_factory=dict)
    process: Process | None = None

    @property
    def origin(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def start(self) -> None:
        command = [sys.executable, "-m", "tests.journeys.guest_host", str(self.folder)]
        self.process = await asyncio.create_subprocess_exec(*command, str(self.port), stdout=PIPE)
        assert self.process.stdout is not None
        for _ in range(2):
            line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
            name, _, address = line.decode().strip().partition(" ")
            self.addresses[name] = address

    def guests(self) -> list[psutil.Process]:
        """The guests' programs."""
        assert self.process is not None
        found: list[psutil.Process] = psutil.Process(self.process.pid).children()
        return found

    async def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(how)
            await asyncio.wait_for(self.process.wait(), PATIENCE)


@asynccontextmanager
async def hosted(folder: Path, chrome: str) -> AsyncIterator[tuple[Host, Browser]]:
    host = Host(folder / "host")
    async with browser(chrome) as running:
        await host.start()
        try:
            yield host, running
        finally:
            await host.end()


async def seated(host: Host, running: Browser, name: str, width: int = 1000) -> Tab:
    """Come in from a browser of one's own."""
    tab = await running.tab(width, 700)
    await tab.open(host.addresses[name])
    await tab.come_in()
    await tab.wait_for("Interests")
    await tab.wait_for("shared with everyone")
    return tab


async def test_two_guests_write_together_and_nothing_leaves_the_host(
    tmp_path: Path, chrome: str
) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        cleo, ben = await asyncio.gather(
            seated(host, running, "Cleo"), seated(host, running, "Ben", 390)
        )
        await cleo.wait_for("Ben")
        await cleo.type("Ça coûte déjà 猫と犬")
        await ben.wait_for("Ça coûte déjà 猫と犬")
        await ben.type("Olá — ")
        await cleo.wait_for("Olá — ")
        for tab in (cleo, ben):
            assert {urlsplit(url).netloc for url in tab.requests} == {host.origin}
            assert not tab.complaints
            assert await tab.evaluate("document.documentElement.lang") == "en"
            assert await tab.evaluate("document.title")
            focused = await tab.evaluate("document.activeElement.className")
            assert focused == "xterm-helper-textarea"
            assert await tab.evaluate("document.cookie") == ""


async def test_a_second_tab_takes_over_where_the_first_one_was(tmp_path: Path, chrome: str) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        first = await seated(host, running, "Cleo")
        await first.type("one")
        await first.wait_for("one")
        (running_now,) = host.guests()
        second = await running.tab(beside=first)
        await second.open(host.addresses["Cleo"])
        await second.wait_for("one")
        await first.wait_for_page(f"{WORDS}.includes('open in another window now')")
        await second.type(" two")
        await second.wait_for("one two")
        await first.evaluate("document.querySelector('#again').click()")
        await first.wait_for("one two")
        await second.wait_for_page(f"{WORDS}.includes('open in another window now')")
        assert host.guests() == [running_now]


async def test_a_page_of_another_site_gets_no_window(tmp_path: Path, chrome: str) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        cleo = await seated(host, running, "Cleo")
        seat = await cleo.evaluate("location.href")
        stranger = await running.tab(beside=cleo)
        await stranger.open(f"http://localhost:{host.port}/elsewhere")
        address = seat.replace("http", "ws") + "live/dark"
        attempt = (
            f"new Promise(done => {{ const one = new WebSocket('{address}');"
            " one.onopen = () => done('open'); one.onerror = () => done('refused'); })"
        )
        await stranger.call("Page.setBypassCSP", enabled=True)
        await stranger.open(f"http://localhost:{host.port}/elsewhere-again")
        await stranger.wait_for_page("location.href.endsWith('again')")
        assert await stranger.evaluate(attempt) == "refused"
        assert await cleo.evaluate("document.body.className.includes('over')") is False


async def test_a_program_that_is_killed_comes_back_with_every_word(
    tmp_path: Path, chrome: str
) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        cleo = await seated(host, running, "Cleo")
        await cleo.type("kept words")
        await cleo.wait_for("kept words")
        (running_now,) = host.guests()
        running_now.kill()
        await cleo.wait_for_page(f"{WORDS}.includes('Everything you wrote is kept')")
        await cleo.evaluate("document.querySelector('#again').click()")
        await cleo.wait_for("kept words")


async def test_when_the_host_leaves_and_returns_so_does_the_guest(
    tmp_path: Path, chrome: str
) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        cleo = await seated(host, running, "Cleo")
        await cleo.type("before")
        await cleo.wait_for("before")
        programs = host.guests()
        await host.end()
        assert not any(one.is_running() for one in programs)
        await cleo.wait_for_page(f"{WORDS}.includes('The host has closed the door')")
        await host.start()
        await cleo.wait_for("before")
        await cleo.type("and after ")
        await cleo.wait_for("and after")


async def test_no_program_goes_on_when_the_host_is_killed(tmp_path: Path, chrome: str) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        cleo = await seated(host, running, "Cleo")
        await cleo.type("last words")
        await cleo.wait_for("last words")
        programs = host.guests()
        await host.end(signal.SIGKILL)
        gone, left = await asyncio.to_thread(psutil.wait_procs, programs, PATIENCE)
        assert gone
        assert not left
        await host.start()
        await cleo.wait_for("last words")


async def test_a_phone_held_upright_shows_enough_and_has_the_keys_that_it_lacks(
    tmp_path: Path, chrome: str
) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        phone = await running.tab(360, 740)
        await phone.be_touched()
        await phone.open(host.addresses["Cleo"])
        await phone.come_in()
        await phone.wait_for("shared with everyone")
        assert 45 <= phone.columns <= 60
        letters = "Number(document.querySelector('#terminal').dataset.fontSize)"
        assert await phone.evaluate(letters) >= 12
        await phone.type("kits")
        await phone.wait_for("kits")
        for key in ("Left", "Keyboard"):
            await phone.evaluate(f"document.querySelector('[data-key={key}]').click()")
        await phone.type("e")
        await phone.wait_for("kites")
        apart = "document.querySelector('#keys').getBoundingClientRect().top >= "
        assert await phone.evaluate(
            f"{apart} document.querySelector('.xterm-screen').getBoundingClientRect().bottom"
        )


async def test_a_screen_reader_gets_every_row_and_hears_only_that_of_the_caret(
    tmp_path: Path, chrome: str
) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        cleo = await seated(host, running, "Cleo")
        first = "document.querySelector('button, a').textContent"
        assert await cleo.evaluate(first) == "I use a screen reader"
        await cleo.evaluate("document.querySelector('#reader').click()")
        rows = "[...document.querySelectorAll('[role=listitem]')].map(row => row.textContent)"
        await cleo.wait_for_page(f"{rows}.some(row => row.includes('Interests'))")
        for letter in "Whales":  # as keys: so the terminal expects them of whoever hears them
            await cleo.press(letter, ord(letter.upper()))
        await cleo.wait_for_page(f"{rows}.some(row => row.includes('Whales'))")
        quiet = "document.querySelector('.live-region').getAttribute('aria-live')"
        assert await cleo.evaluate(quiet) == "off"
        line = "document.querySelector('#line').textContent"
        await cleo.evaluate(f"{line} = ''")
        await cleo.press(*ENTER)
        await cleo.wait_for_page(f"{line} !== ''")  # whoever is back sooner is told nothing
        assert "Whales" not in await cleo.evaluate(line)
        await cleo.press("ArrowUp", 38)
        await cleo.wait_for_page(f"{line}.includes('Whales')")
        assert not cleo.complaints


async def test_a_guest_takes_the_contract_away_on_paper(tmp_path: Path, chrome: str) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        cleo = await seated(host, running, "Cleo")
        downloads = tmp_path / "downloads"
        await cleo.allow_downloads(downloads)
        await cleo.press("p", 80, CTRL)
        await cleo.wait_for("Search")
        await cleo.type("take away")
        await cleo.wait_for("Take away")
        await cleo.press(*ENTER)
        await cleo.wait_for("Take the file")
        assert "Where should it go" not in cleo.text
        for _ in range(2):
            await cleo.press(*TAB)
        await cleo.press(*ENTER)
        await cleo.wait_for("Your browser has")
        await cleo.wait_until(lambda: list(downloads.glob("*.pdf")) != [], "the file")
        (paper,) = downloads.glob("*.pdf")
        assert paper.read_bytes().startswith(b"%PDF-")


async def test_a_browser_that_cannot_show_it_says_so(tmp_path: Path, chrome: str) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        tab = await running.tab()
        without = "HTMLCanvasElement.prototype.getContext = () => null"
        await tab.call("Page.addScriptToEvaluateOnNewDocument", source=without)
        await tab.open(host.addresses["Cleo"])
        await tab.come_in()
        await tab.wait_for_page(f"{WORDS}.includes('has no WebGL')")


async def test_leaving_is_told_and_the_way_back_is_one_press(tmp_path: Path, chrome: str) -> None:
    async with hosted(tmp_path, chrome) as (host, running):
        cleo = await seated(host, running, "Cleo")
        await cleo.press("F9", 120)  # elsewhere it leads to the list, and a guest has none here
        await cleo.wait_for_page(f"{WORDS}.includes('You have left')")
        assert not host.guests()
        await cleo.press(*ENTER)
        await cleo.wait_for("Interests")
