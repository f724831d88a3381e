"""Requests at the relay's gate: for a page, for the invitation behind a code, for a websocket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from urllib.parse import unquote

from websockets.http11 import Request, Response

from sync_server.hub.counters import Counters
from sync_server.hub.effects import Effect, Fault
from sync_server.hub.guest import Guest
from sync_server.relay.addresses import Crowd, Names, network_of
from sync_server.relay.connection import Connection
from sync_server.relay.desk import Window
from sync_server.relay.door import Door
from sync_server.relay.metrics import Vitals, health, metrics
from sync_server.relay.pages import Refused, page, plain, refusal
from sync_server.relay.patience import Patience

_CODES = "/code/"
_FOREIGN_SITE = Refused(
    403, "origin", "pages of other sites may not connect here unless the relay allows them by name"
)
_CROWDED = Refused(
    429, "crowded", "too many connections come from your network: close some and try again", 60
)
_BROKEN = Refused(503, "fault", "the relay has failed at this: try again later", 30)


class Gate:
    """Answers every request, at once or when the disk has what it takes."""

    def __init__(
        self,
        names: Names,
        crowd: Crowd,
        patience: Patience,
        door: Door | None,
        window: Window,
        counters: Counters,
        vitals: Callable[[], Vitals],
        do: Callable[[list[Effect]], None],
    ) -> None:
        """Without a door everybody is let in."""
        self._names = names
        self._crowd = crowd
        self._patience = patience
        self._door = door
        self._window = window
        self._counters = counters
        self._vitals = vitals
        self._do = do
        self._tasks: set[asyncio.Task[None]] = set()

    def asked(self, connection: Connection, request: Request) -> None:
        """See to it that a connection's request is answered."""
        path = request.path.partition("?")[0]
        if request.method != "GET":
            connection.accept()  # which answers that this is not how one asks here
        elif answer := self._page(path):
            connection.respond(answer)
        elif refused := self._turn_away(connection, request):
            self._refuse(connection, refused)
        elif path.startswith(_CODES):
            code = unquote(path.removeprefix(_CODES))
            self._start(connection, self._redeem(connection, code))
        elif connection.upgrades and self._door:
            self._start(connection, self._admit(connection, request, self._door))
        elif connection.upgrades and (pause := self._pause(connection)):
            self._start(connection, self._accept_later(connection, pause))
        else:
            connection.accept()

    def tidy(self) -> None:
        """Forget what need not be remembered any longer."""
        self._patience.tidy(asyncio.get_running_loop().time())
        if self._door:
            self._door.tidy()

    def close(self) -> None:
        """Answer nobody any more."""
        for task in self._tasks:
            task.cancel()

    def _page(self, path: str) -> Response | None:
        """Answer the questions of whoever looks after the relay."""
        match path:
            case "/health":
                vitals = self._vitals()
                return page(200 if vitals.storing else 503, "application/json", health(vitals))
            case "/metrics":
                body = metrics(self._vitals(), self._counters)
                return page(200, "text/plain; version=0.0.4; charset=utf-8", body)
            case _:
                return None

    def _turn_away(self, connection: Connection, request: Request) -> Refused | None:
        """Why a connection gets nothing, whoever it is."""
        origins = request.headers.get_all("Origin")
        if not all(self._names.welcomes(origin, connection.reached) for origin in origins):
            return _FOREIGN_SITE
        if not self._crowd.may_enter(network_of(connection.address)):
            return _CROWDED
        return None

    async def _admit(self, connection: Connection, request: Request, door: Door) -> None:
        def enter(guest: Guest) -> Refused | None:
            if not self._crowd.may_enter(network_of(connection.address)):
                return _CROWDED  # others of its network have come in meanwhile
            connection.guest = guest
            connection.accept()
            return None

        if pause := self._pause(connection):
            await asyncio.sleep(pause)
        network, names = network_of(connection.address), self._names.at(connection.reached)
        refused = await door.admit(request, network, names, enter)
        if refused:
            self._refuse(connection, refused)

    async def _accept_later(self, connection: Connection, pause: float) -> None:
        await asyncio.sleep(pause)
        if self._crowd.may_enter(network_of(connection.address)):
            connection.accept()
        else:
            self._refuse(connection, _CROWDED)

    def _pause(self, connection: Connection) -> float:
        """Seconds that a connection waits as many of its network were shown out."""
        now = asyncio.get_running_loop().time()
        pause = self._patience.pause(network_of(connection.address), now)
        if pause:
            self._counters.rests["network"] += 1
        return pause

    async def _redeem(self, connection: Connection, code: str) -> None:
        found = await self._window.redeem(code, network_of(connection.address))
        if isinstance(found, Refused):
            self._refuse(connection, found)
        else:
            connection.respond(plain(200, found))

    def _refuse(self, connection: Connection, refused: Refused) -> None:
        self._counters.refuse(refused.reason)
        connection.respond(refusal(refused))

    def _start(self, connection: Connection, answering: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(self._answer(connection, answering))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(
        self, connection: Connection, answering: Coroutine[object, object, None]
    ) -> None:
        try:
            await answering
        except Exception as error:  # noqa: BLE001 - the root of a task: it ends one connection
            self._do([Fault(error)])
            self._refuse(connection, _BROKEN)
