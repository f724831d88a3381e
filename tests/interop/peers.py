"""The npm programs as the tests hold them: a JavaScript peer, and the npm sync server."""

import asyncio
import json
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from sync_server.protocol.codec import encode
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import Join
from tests.interop import npm

PATIENCE = 30.0
"""Seconds that a test waits for anything."""


class JavaScriptError(Exception):
    """The JavaScript program could not do what it was told."""


class JavaScriptPeer:
    """A program with automerge-repo in it; each method is one command of `peer.mjs`."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._next = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._ready = asyncio.Event()
        self.ephemeral: asyncio.Queue[Any] = asyncio.Queue()
        self._reader = asyncio.create_task(self._read())

    async def tell(self, command: str, **arguments: object) -> Any:
        """Give one command and return its answer; raises JavaScriptError."""
        await asyncio.wait_for(self._ready.wait(), PATIENCE)
        self._next += 1
        answer = self._answers[self._next] = asyncio.get_running_loop().create_future()
        line = json.dumps({"id": self._next, "command": command, **arguments})
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        return await asyncio.wait_for(answer, PATIENCE)

    async def connect(self, url: str) -> None:
        await self.tell("connect", url=url)

    async def create(self, value: object) -> str:
        return str(await self.tell("create", value=value))

    async def read(self, url: str, *path: str) -> Any:
        return await self.tell("read", url=url, path=path)

    async def until(self, url: str, *path: str, **condition: str) -> Any:
        """Return the value at the path once it is `value=…` or `contains=…`."""
        return await self.tell("until", url=url, path=path, **condition)

    async def splice(
        self, url: str, path: Sequence[str], start: int, remove: int, insert: str
    ) -> None:
        where = {"url": url, "path": list(path)}
        await self.tell("splice", **where, start=start, remove=remove, insert=insert)

    async def broadcast(self, url: str, message: object) -> None:
        await self.tell("broadcast", url=url, message=message)

    async def heard(self) -> Any:
        """Return the next ephemeral message."""
        return await asyncio.wait_for(self.ephemeral.get(), PATIENCE)

    async def heads(self, url: str) -> list[bytes]:
        return sorted(bytes.fromhex(head) for head in await self.tell("heads", url=url))

    async def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._reader
        await self._process.wait()

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self._take(json.loads(line))
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(JavaScriptError("the program ended"))

    def _take(self, said: dict[str, Any]) -> None:
        match said:
            case {"event": "ready"}:
                self._ready.set()
            case {"event": "ephemeral", "message": message}:
                self.ephemeral.put_nowait(message)
            case {"id": number, "error": error}:
                self._answers.pop(number).set_exception(JavaScriptError(error))
            case {"id": number, "answer": answer}:
                self._answers.pop(number).set_result(answer)


@asynccontextmanager
async def javascript_peer() -> AsyncIterator[JavaScriptPeer]:
    """Run a JavaScript program for as long as the block lasts."""
    script = npm.script("peer.mjs")
    process = await asyncio.create_subprocess_exec(*npm.NODE, str(script), stdin=PIPE, stdout=PIPE)
    peer = JavaScriptPeer(process)
    try:
        yield peer
    finally:
        await peer.close()


async def _answers(url: str) -> None:
    """Wait until a relay answers: the npm one hears nobody in the moment after it listens."""
    while True:
        async with connect(url) as socket:
            await socket.send(encode(Join(PeerId("knocking"))))
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await socket.recv()
                    return


@asynccontextmanager
async def npm_sync_server(data: Path, port: int) -> AsyncIterator[str]:
    """Run the npm sync server; yields its address."""
    main = "node_modules/@automerge/automerge-repo-sync-server/src/index.js"
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(data)}
    process = await asyncio.create_subprocess_exec(
        *npm.NODE, str(npm.installed() / main), stdout=PIPE, env=environment
    )
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        assert line.startswith(b"Listening"), line
        url = f"ws://127.0.0.1:{port}"
        await asyncio.wait_for(_answers(url), PATIENCE)
        yield url
    finally:
        process.terminate()
        await process.wait()
