"""The relay as a server on one address, usable as a program or inside another one."""

import asyncio
import contextlib
import itertools
import logging
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path

from websockets.http11 import Request

from sync_server.hub.effects import Close, ConnectionId, Effect, Fault
from sync_server.hub.hub import Hub
from sync_server.hub.records import CODE
from sync_server.protocol.codec import FrameLimits
from sync_server.protocol.ids import DocumentId
from sync_server.relay.addresses import Crowd, Names, address, network_of
from sync_server.relay.admission import Admission
from sync_server.relay.codes import Codes
from sync_server.relay.connection import Connection
from sync_server.relay.datadir import DataDirectory
from sync_server.relay.desk import FrontDesk, Window
from sync_server.relay.door import Door
from sync_server.relay.errors import (
    AddressUnavailable,
    RelayError,
    TlsUnavailable,
)
from sync_server.relay.gate import Gate
from sync_server.relay.logs import Refusals
from sync_server.relay.metrics import Vitals
from sync_server.relay.patience import VIOLATIONS, Patience
from sync_server.relay.runner import Runner
from sync_server.relay.settings import Settings
from sync_server.relay.tls import Certificate
from sync_server.storage import ChangeStore, MemoryStore, StorageError, StoredRecord

_GOING_AWAY, _FAILED = 1001, 1011
_TIDY = 60.0
"""Seconds between looks for codes that are over."""
_SWEEP = 1.0
"""Most seconds between looks for what is overdue."""

_logger = logging.getLogger(__name__)


class Relay:
    """A relay: its hub, its runner and its connections.

    It stops serving when the `serve` that made it ends; `stopped` tells when it stopped by itself.
    """

    def __init__(self, settings: Settings, store: ChangeStore) -> None:
        """Be ready to listen."""
        self._settings = settings
        self._loop = asyncio.get_running_loop()
        self._started_at = self._loop.time()
        self._numbers = itertools.count(1)
        self._sockets: dict[ConnectionId, Connection] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._crowd = Crowd(settings)
        self._patience = Patience(settings.limits)
        self._certificate = _certificate(settings)
        self._names = Names(settings)
        frames = FrameLimits(frame=settings.max_frame)
        codes = Codes(store.records_of(CODE))
        self._desk = FrontDesk(codes, lambda: self._names.known)
        self._hub = Hub(store.identity, store.raws, settings.limits, frames, self._desk)
        self._runner = Runner(self._hub, store, self._sockets, settings, self._broken)
        self._window = Window(codes, self._runner, store)
        self._gate = Gate(
            self._names,
            self._crowd,
            self._patience,
            None if settings.open else self._door(store),
            self._window,
            self._hub.counters,
            lambda: self.vitals,
            self._do,
        )
        self._server: asyncio.Server
        self._sweeping: asyncio.Task[None]
        self._one_closed = asyncio.Event()
        self.stopped: asyncio.Future[None] = self._loop.create_future()
        """Done when `stop` was called, or with the reason why the relay cannot go on."""

    @classmethod
    @asynccontextmanager
    async def serve(
        cls, settings: Settings, store: ChangeStore | None = None
    ) -> AsyncIterator["Relay"]:
        """Serve while the context lasts; raises RelayError if that cannot begin.

        Without a store it opens the one in the settings' data directory.
        """
        directory = None
        if store is None and settings.data is not None:
            directory = DataDirectory(settings.data, settings.power_safe)
            store = directory.store
        try:
            relay = cls(settings, store or MemoryStore())
            await relay._listen()
            try:
                yield relay
            finally:
                await relay._stop()
        finally:
            if directory:
                directory.close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Where to reach it."""
        scheme = "wss" if self._certificate else "ws"
        return address(scheme, self._settings.host, self.port)

    @property
    def vitals(self) -> Vitals:
        """How it is at this moment."""
        return Vitals(
            self._hub.connections,
            self._hub.documents,
            self._loop.time() - self._started_at,
            not self._runner.storing_fails,
            self._hub.queued,
            self._hub.waiting,
            self._hub.proven,
        )

    def unheard(self, document: DocumentId) -> frozenset[bytes]:
        """The devices with something that is not here yet, by the prefixes of their actors."""
        return self._hub.unheard(document)

    def renew_certificate(self) -> None:
        """Read the certificate and its key anew for all further connections.

        Raises TlsUnavailable, and goes on with those it has.
        """
        if self._certificate:
            self._certificate.renew()

    def stop(self) -> None:
        """Tell whoever waits for `stopped` to end the serving."""
        if not self.stopped.done():
            self.stopped.set_result(None)

    async def _listen(self) -> None:
        host, port = self._settings.host, self._settings.port
        try:
            self._server = await self._loop.create_server(self._accept, host, port)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise AddressUnavailable(
                "cannot listen on {host}:{port}: {reason}", host=host, port=port, reason=reason
            ) from error
        self._names.listen(self.port)
        self._sweeping = self._loop.create_task(self._sweep())

    async def _stop(self) -> None:
        """Store what was received, tell everyone, and wait a while for them to go."""
        self._server.close()
        self._gate.close()
        for socket in self._sockets.values():
            socket.hold()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._settings.close_within):
                await self._runner.drain()
        for task in (self._sweeping, *self._tasks):
            task.cancel()
        await self._say_goodbye()
        await self._runner.close()

    async def _say_goodbye(self) -> None:
        for socket in list(self._sockets.values()):
            socket.release()
            socket.leave(_GOING_AWAY, "the relay stops")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._settings.close_within):
                while self._sockets:
                    await self._one_closed.wait()
                    self._one_closed.clear()
        for socket in list(self._sockets.values()):
            socket.abort()
        await self._server.wait_closed()

    async def _sweep(self) -> None:
        pause = min(_SWEEP, self._settings.ping_interval / 2)
        tidy_at = self._loop.time() + _TIDY
        refusals = Refusals(self._loop.time())
        while True:
            await asyncio.sleep(pause)
            now = self._loop.time()
            if now >= tidy_at:
                tidy_at = now + _TIDY
                self._start(self._tidy())
            for socket in list(self._sockets.values()):
                socket.check(now)
            self._runner.look()
            refusals.report(self._hub.counters.refusals, now)

    async def _tidy(self) -> None:
        self._gate.tidy()
        try:
            await self._window.tidy()
        except StorageError as error:
            _logger.error("what is over could not be forgotten: %s", error)

    def _broken(self, error: Exception) -> None:
        _logger.critical("the relay cannot go on", exc_info=error)
        if not self.stopped.done():
            self.stopped.set_exception(RelayError(f"the relay cannot go on: {error!r}"))

    def _door(self, store: ChangeStore) -> Door:
        def announce(news: StoredRecord) -> None:
            self._do(self._hub.contested(news))

        admission = Admission(time.time(), self._settings.register_key)
        return Door(admission, self._patience, self._runner, store, announce)

    # What connections tell

    def _accept(self) -> Connection:
        return Connection(ConnectionId(next(self._numbers)), self, self._settings)

    def arrived(self, connection: Connection) -> None:
        """Let a peer in as far as the door, if there is room."""
        if not self._crowd.arrives(network_of(connection.address)):
            self._hub.counters.refuse("room")
            connection.abort()
            return
        self._sockets[connection.id] = connection
        if self._certificate:
            self._start(connection.secure(self._certificate.context))

    def asked(self, connection: Connection, request: Request) -> None:
        """Let the gate answer a request."""
        self._gate.asked(connection, request)

    def opened(self, connection: Connection) -> None:
        """Tell the hub of a new peer."""
        self._crowd.enters(network_of(connection.address))
        self._do(self._hub.connected(connection.id, self._loop.time(), connection.guest))

    def received(self, connection: Connection, message: bytes | str) -> None:
        """Give the hub a message."""
        try:
            effects = self._hub.receive(connection.id, message, self._loop.time())
        except Exception as error:  # noqa: BLE001 - the root of a callback: it ends one connection
            effects = [Fault(error), Close(connection.id, _FAILED, "the relay failed")]
        self._do(effects)

    def paused(self, connection: Connection) -> None:
        """Let the hub wait for a slow reader."""
        self._hub.paused(connection.id)

    def resumed(self, connection: Connection) -> None:
        """Let the hub speak to it again."""
        self._hub.resumed(connection.id, self._loop.time())
        self._runner.wake()

    def refused(self, connection: Connection, code: int) -> None:
        """Remember who is shown out for doing what nobody may."""
        if code in VIOLATIONS:
            device = connection.guest.device if connection.guest else None
            self._patience.note(device, network_of(connection.address), self._loop.time())

    def cut(self, connection: Connection) -> None:  # noqa: ARG002 - told to every listener
        """Count a peer that did not read."""
        self._hub.counters.slow += 1

    def closed(self, connection: Connection) -> None:
        """Forget a peer."""
        if self._sockets.pop(connection.id, None) is None:
            return
        self._crowd.leaves(network_of(connection.address), connection.was_open)
        self._one_closed.set()
        self._do(self._hub.disconnected(connection.id, self._loop.time()))

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _do(self, effects: list[Effect]) -> None:
        self._runner.perform(effects)
        self._runner.wake()


def _certificate(settings: Settings) -> Certificate | None:
    match settings.tls_cert, settings.tls_key:
        case None, None:
            return None
        case Path() as cert, Path() as key:
            return Certificate(cert, key)
    raise TlsUnavailable("a certificate and its key belong together: give the relay both")
