"""A guest's window in a real browser, with a clock: when a key was pressed, which frame shows it.

What a terminal in a page shows is drawn, not text. But each letter is drawn into the terminal's
store of letters when it is shown for the first time, while the very frame is made that shows it; so
the page is watched for drawing letters that were on no screen before.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Self

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from tests.journeys.browser import Browser, Tab

LAPTOP, PHONE = 1000, 390
"""How wide a window is, in pixels."""
_ASKED = 10
"""Times that a page's clock is asked for: the quickest answer is the most exact."""
_WATCHING = """(() => {
  const pressed = new Map(), shown = new Map(), awaited = new Map();  // in ms of this page
  window.whenPressed = (letter) => pressed.get(letter);
  window.whenShown = (letter) => new Promise((tell) => {
    if (shown.has(letter)) tell(shown.get(letter)); else awaited.set(letter, tell);
  });
  window.isDrawn = (letter) => {
    const afterwards = new MessageChannel();  // its turn comes when the frame has been made
    afterwards.port1.onmessage = () => {
      if (shown.has(letter)) return;
      shown.set(letter, performance.now());
      if (awaited.has(letter)) awaited.get(letter)(shown.get(letter));
    };
    afterwards.port2.postMessage(0);
  };
  addEventListener("keydown", (event) => {
    if (!pressed.has(event.key)) pressed.set(event.key, event.timeStamp);
  }, true);
  const draw = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (letters, ...where) {
    isDrawn(letters);
    return draw.call(this, letters, ...where);
  };
})();"""
_ECHOING = b"""<!doctype html><p></p><script>
  const socket = new WebSocket(`ws://${location.host}/all`);
  addEventListener("keydown", (event) => socket.send(event.key));
  socket.onopen = () => document.title = "open";
  socket.onmessage = ({ data }) => requestAnimationFrame(() => {
    document.querySelector("p").textContent += data;
    isDrawn(data);
  });
</script>"""


class Window:
    """One browser window of somebody who has nothing else open there."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self._began = 0.0
        """When the page's clock began, in seconds of the performance counter."""

    @classmethod
    async def open(cls, browser: Browser, width: int = LAPTOP) -> Self:
        """Open an empty window, whose next page will be watched."""
        tab = await browser.tab(width)
        await tab.call("Page.addScriptToEvaluateOnNewDocument", source=_WATCHING)
        await tab.call("Emulation.setFocusEmulationEnabled", enabled=True)
        return cls(tab)

    async def come_in(self, address: str) -> float:
        """Open a guest's address and go in at once; returns the seconds until one can write."""
        began = time.perf_counter()
        await self.tab.open(address)
        await self.tab.come_in()
        await self.tab.wait_for("Interests")
        await self.tab.wait_for("shared with everyone")
        seconds = time.perf_counter() - began
        await self._compare()
        return seconds

    async def settle(self) -> None:
        """Compare clocks, and read no more of what comes in: that takes time from what is timed."""
        await self.tab.call("Network.disable")
        await self._compare()

    async def _compare(self) -> None:
        self._began = min([await self._compared() for _ in range(_ASKED)])[1]

    async def press(self, letter: str) -> float:
        """Press a key; returns when, in seconds of the performance counter."""
        said = {"key": letter, "text": letter, "unmodifiedText": letter}
        await self.tab.call("Input.dispatchKeyEvent", type="keyDown", **said)
        await self.tab.call("Input.dispatchKeyEvent", type="keyUp", key=letter)
        return self._here(await self.tab.evaluate(f"whenPressed({json.dumps(letter)})"))

    def seen(self, words: str) -> asyncio.Task[None]:
        """Look out for words; only before it settles."""
        return asyncio.create_task(self.tab.wait_for(words))

    async def step(self) -> None:
        """Press F10."""
        await self.tab.press("F10", 121)

    async def next(self) -> None:
        """Press Tab."""
        await self.tab.press("Tab", 9)

    async def confirm(self) -> None:
        """Press Enter."""
        await self.tab.press("Enter", 13)

    def shown(self, letter: str) -> asyncio.Task[float]:
        """Look out for a letter from now on; tells when the frame was made that shows it first."""
        return asyncio.create_task(self._shown(letter))

    async def _shown(self, letter: str) -> float:
        return self._here(await self.tab.evaluate(f"whenShown({json.dumps(letter)})"))

    def _here(self, milliseconds: float) -> float:
        return self._began + milliseconds / 1000

    async def _compared(self) -> tuple[float, float]:
        """How long an answer took, and by it when the page's clock began."""
        asked = time.perf_counter()
        there = await self.tab.evaluate("performance.now()")
        answered = time.perf_counter()
        return answered - asked, (asked + answered) / 2 - there / 1000


@asynccontextmanager
async def echoing(browser: Browser, windows: int) -> AsyncIterator[list[Window]]:
    """Open windows of a page that shows what was pressed in any of them, and does nothing else."""
    everybody: set[ServerConnection] = set()

    async def pass_on(socket: ServerConnection) -> None:
        everybody.add(socket)
        async for letter in socket:
            broadcast(everybody, letter)

    async with serve(pass_on, "127.0.0.1", 0, process_request=_page, compression=None) as server:
        port = server.sockets[0].getsockname()[1]
        opened = [await Window.open(browser) for _ in range(windows)]
        for window in opened:
            await window.tab.open(f"http://127.0.0.1:{port}/")
            await window.tab.wait_for_page("document.title === 'open'")
            await window.settle()
        yield opened


def _page(_: ServerConnection, request: Request) -> Response | None:
    if request.path == "/all":
        return None
    headers = Headers({"Content-Type": "text/html", "Content-Length": str(len(_ECHOING))})
    return Response(HTTPStatus.OK, "OK", headers, _ECHOING)
