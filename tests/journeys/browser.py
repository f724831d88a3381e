"""A real browser without a window, spoken to by its DevTools protocol.

What a terminal in a page shows is pixels; so what the page receives is fed to a terminal emulator
too, and read there.
"""

import asyncio
import base64
import itertools
import json
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyte
import pytest
from websockets.asyncio.client import ClientConnection, connect

from contract_tui.commands.hosting import own_address

PATIENCE = 60.0
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # tests run as root, too
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)
WORDS = "document.querySelector('#words').innerText"


def program() -> str | None:
    """The browser of this computer."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


needs_browser = pytest.mark.skipif(
    program() is None and "CI" not in os.environ, reason="chromium is not installed here"
)


class Tab:
    """One tab, in a context of its own: it shares no cookie with the others unless told to."""

    def __init__(self, socket: ClientConnection, target: str, context: str) -> None:
        self.context = context
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.target = target
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self._heard = asyncio.Event()
        self._task = asyncio.create_task(self._listen())

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send(json.dumps({"id": number, "method": method, "params": arguments}))
        return await asyncio.wait_for(answer, PATIENCE)

    async def be_touched(self) -> None:
        """Be a screen that is touched, as a phone's."""
        await self.call("Emulation.setTouchEmulationEnabled", enabled=True)

    async def evaluate(self, expression: str) -> Any:
        """What an expression in the page is."""
        answer = await self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def open(self, url: str) -> None:
        await self.call("Page.navigate", url=url)

    async def type(self, text: str) -> None:
        """Type as an input method does: letter by letter, composed."""
        for letter in text:
            await self.call("Input.insertText", text=letter)

    async def press(self, key: str, code: int, modifiers: int = 0) -> None:
        """Press a key by name and number; a modifier of 2 is Ctrl."""
        about = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        typed = {"text": "\r"} if key == "Enter" else {}  # without it no button is pressed
        if len(key) == 1 and not modifiers:
            typed = {"text": key}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **about, **typed)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    @property
    def columns(self) -> int:
        """How wide the terminal is."""
        return int(self._screen.columns)

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self._screen.display)

    async def wait_for(self, words: str) -> None:
        """Wait until the terminal shows these words."""
        await self.wait_until(lambda: words in self.text, words)

    async def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    self._heard.clear()
                    await self._heard.wait()
        except TimeoutError:
            raise AssertionError(f"never: {what}\n{self.text}") from None

    async def wait_for_page(self, expression: str) -> None:
        """Wait until something is true in the page."""
        watch = (
            "new Promise(done => { const look = () => {"
            f" let seen = false; try {{ seen = {expression}; }} catch {{}}"
            " seen ? done(true) : setTimeout(look, 20); }; look(); })"
        )
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    if await self.evaluate(watch):
                        return
                except AssertionError:
                    continue  # the page was left meanwhile
                except GoneElsewhere:
                    continue

    async def come_in(self, name: str | None = None) -> None:
        """Fill in the form of an address and send it."""
        await self.wait_for_page("document.querySelector('form button') !== null")
        if name is not None:
            said = f"document.querySelector('#name').value = {json.dumps(name)}"
            await self.evaluate(said)
        await self.evaluate("setTimeout(() => document.querySelector('form button').click())")

    async def allow_downloads(self, folder: Path) -> None:
        """Keep what the page gives away in a folder, and be told when it is there."""
        await self.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(folder))

    async def picture(self, path: Path) -> None:
        answer = await self.call("Page.captureScreenshot", format="png")
        _put(path, base64.b64decode(answer["data"]))

    async def end(self) -> None:
        self._task.cancel()
        await self._socket.close()

    async def _listen(self) -> None:
        async for message in self._socket:
            said = json.loads(message)
            if "id" in said:
                self._answer(said)
            else:
                self._heed(said["method"], said["params"])
            self._heard.set()

    def _answer(self, said: dict[str, Any]) -> None:
        answer = self._answers.pop(said["id"])
        if answer.done():
            return
        if "error" in said:
            answer.set_exception(GoneElsewhere(said["error"]["message"]))
        else:
            answer.set_result(said["result"])

    def _heed(self, method: str, about: dict[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self.requests.append(about["request"]["url"])
            case "Network.webSocketCreated":
                self.requests.append(about["url"])
                self._screen.reset()
            case "Network.webSocketClosed":
                self._screen.reset()
            case "Network.webSocketFrameReceived" if about["response"]["opcode"] == 2:
                self._stream.feed(base64.b64decode(about["response"]["payloadData"]))
            case "Network.webSocketFrameSent":
                self._resize(about["response"]["payloadData"])
            case "Log.entryAdded":
                self.complaints.append(about["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(about["exceptionDetails"]))

    def _resize(self, said: str) -> None:
        match json.loads(said):
            case ["resize", {"width": int(width), "height": int(height)}]:
                self._screen.resize(height, width)


class GoneElsewhere(Exception):
    """The page that was asked is not there any more."""


class Browser:
    """A running browser, as one test uses it: what it opened is gone afterwards."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._tabs: list[Tab] = []

    async def tab(self, width: int = 1000, height: int = 700, beside: Tab | None = None) -> Tab:
        """Open a tab: with nobody's cookies, or beside another one with those of that one."""
        context = beside.context if beside else ""
        if not context:
            made = await self._ask("Target.createBrowserContext")
            context = made["browserContextId"]
        about = {"url": "about:blank", "browserContextId": context}
        target = (await self._ask("Target.createTarget", **about))["targetId"]
        page = f"ws://{urlsplit(self._address).netloc}/devtools/page/{target}"
        tab = Tab(await connect(page, max_size=None), target, context)
        self._tabs.append(tab)
        for domain in ("Page", "Network", "Log", "Runtime"):
            await tab.call(f"{domain}.enable")
        await tab.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < height,
        )
        return tab

    async def end(self) -> None:
        for tab in self._tabs:
            await tab.end()
        for context in {tab.context for tab in self._tabs}:
            await self._ask("Target.disposeBrowserContext", browserContextId=context)

    async def _ask(self, method: str, **arguments: Any) -> dict[str, Any]:
        whole = Tab(await connect(self._address), "", "")
        try:
            return await whole.call(method, **arguments)
        finally:
            await whole.end()


@asynccontextmanager
async def browser(address: str) -> AsyncIterator[Browser]:
    """Use a running browser for a while."""
    running = Browser(address)
    try:
        yield running
    finally:
        await running.end()


@contextmanager
def chromium(folder: Path) -> Iterator[str]:
    """Run a browser that knows nobody and reaches nothing but this computer; yields its address."""
    found = program()
    assert found is not None, "this test needs chromium"
    here = " , ".join(f"EXCLUDE {one}" for one in ("127.0.0.1", "localhost", own_address()))
    nowhere = f"--host-resolver-rules=MAP * ~NOTFOUND , {here}"
    command = [found, *FLAGS, nowhere, f"--user-data-dir={folder}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port, path = _where(folder / "DevToolsActivePort")
        yield f"ws://127.0.0.1:{port}{path}"
    finally:
        process.kill()
        process.wait()


def _where(file: Path) -> list[str]:
    """Wait for the file in which a browser says where it listens."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        lines = file.read_text().split() if file.exists() else []
        if len(lines) == 2:
            return lines
        time.sleep(0.02)
    raise AssertionError("the browser does not begin")


def _put(file: Path, data: bytes) -> None:
    file.write_bytes(data)
