"""A relay on the network: connected as often as it takes, spoken to at once, left politely."""

from __future__ import annotations

import asyncio
import importlib
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from contract_tui.contract.errors import ContractError
from contract_tui.session.conversation import Conversation, NotARelay, Offer, Whisper
from contract_tui.session.dialling import PATIENCE, dial, waiting_time
from contract_tui.session.errors import SessionError
from contract_tui.session.replica import Replica
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import DocumentId, PeerId

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

ACK_DELAY = 0.05
"""Seconds before thanks are sent, so that one message can carry many thanks."""
NUDGE_AFTER = 3.0
"""Seconds out of step after which the exchange is begun again."""
LONGEST_QUEUE = 1 << 16
"""Bytes on their way to a slow relay beyond which presence is not worth adding to them."""
SLOWEST = 250_000
"""Bytes per second at which a relay may at least be expected to take in what it is sent."""


class LinkPhase(StrEnum):
    """How far a connection has got."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class LinkState:
    """A connection, and why there is none."""

    phase: LinkPhase
    trouble: str = ""
    """One sentence; empty while there is hope."""


class Link:
    """Keeps one contract in step with one relay for as long as it runs."""

    def __init__(
        self,
        url: str,
        contract: DocumentId,
        replica: Replica,
        me: PeerId,
        *,
        acknowledged: Heads = (),
        on_change: Callable[[], None],
        on_whisper: Callable[[PeerId, bytes], None],
    ) -> None:
        self.url = url
        self.state = LinkState(LinkPhase.CONNECTING)
        self.acknowledged = acknowledged
        """What the relay is known to have."""
        self.is_taking = False
        """Whether what it sent is being taken in, and so is not whole yet."""
        self.is_heard = False
        """Whether the relay has answered about this contract on the present connection."""
        self._counted: tuple[tuple[int, Heads], int] = ((0, ()), 0)
        """What `unshared` last counted, and for which state: asked for oftener than it changes."""
        self._contract = contract
        self._replica = replica
        self._me = me
        self._on_change = on_change
        self._on_whisper = on_whisper
        self._wake = asyncio.Event()
        self._hurry = asyncio.Event()
        self._ack_due = False
        self._answer_due = 0.0
        self._ack_timer: asyncio.TimerHandle | None = None
        self._socket: ClientConnection | None = None
        self._conversation: Conversation | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def is_connected(self) -> bool:
        """Whether the relay has welcomed us."""
        return self.state.phase is LinkPhase.CONNECTED

    @property
    def is_done(self) -> bool:
        """Whether relay and contract are known to be equal."""
        return self._conversation is not None and self._conversation.is_done

    @property
    def is_unavailable(self) -> bool:
        """Whether the relay said that it has nothing of the contract, nor have we."""
        return self._conversation is not None and self._conversation.is_unavailable

    @property
    def shares_all(self) -> bool:
        """Whether the relay has acknowledged everything that is here."""
        return self.acknowledged == self._replica.graph.heads or not self.unshared()

    def unshared(self) -> int:
        """How many changes the relay is not known to have."""
        graph = self._replica.graph
        state = (len(graph), self.acknowledged)
        if self._counted[0] != state:
            self._counted = (state, len(graph.since(self.acknowledged)))
        return self._counted[1]

    def start(self) -> None:
        """Begin to connect."""
        self._task = asyncio.create_task(self._run(), name=f"link to {self.url}")
        self._task.add_done_callback(self._ended)

    def wake(self) -> None:
        """Something was written: speak at once."""
        self._wake.set()

    def reconnect(self) -> None:
        """Try at once instead of waiting."""
        self._hurry.set()

    def whisper(self, data: bytes) -> None:
        """Say something about presence, unless the connection cannot follow."""
        if self._socket is None or self._conversation is None:
            return
        if self._socket.transport.get_write_buffer_size() > LONGEST_QUEUE:
            return
        if frame := self._conversation.whisper(data):
            asyncio.create_task(self._send_quietly(self._socket, frame))  # noqa: RUF006

    async def close(self) -> None:
        """Say goodbye and end."""
        if self._task is None:
            return
        if self._socket and self._conversation and self.is_connected:
            await self._send_quietly(self._socket, self._conversation.goodbye())
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None

    async def _run(self) -> None:
        """The root of the task: connect, talk, explain, wait, again."""
        loop = asyncio.get_running_loop()
        failures, last_connected = 0, loop.time()
        while True:
            self._hurry.clear()
            self._set(LinkState(LinkPhase.CONNECTING, self.state.trouble))
            trouble = await self._attempt()
            if self.is_connected:
                failures, last_connected = 0, loop.time()
            self._set(LinkState(LinkPhase.WAITING, trouble))
            away = loop.time() - last_connected
            with suppress(TimeoutError):
                async with asyncio.timeout(waiting_time(failures, away, random.random())):  # noqa: S311
                    await self._hurry.wait()
            failures += 1

    async def _attempt(self) -> str:
        """One connection from its beginning to its end; returns why it ended."""
        try:
            async with dial(self.url) as socket:
                await self._talk(socket)
        except (SessionError, ContractError) as trouble:
            return str(trouble)
        except Exception as error:  # noqa: BLE001 - a mistake of ours ends one attempt, not all
            self._report(error)
            return f"sharing was interrupted: {error!r}"
        return f"the relay at {self.url} closed the connection"

    async def _talk(self, socket: ClientConnection) -> None:
        conversation = Conversation(self._contract, self._replica.graph, self._me)
        await socket.send(conversation.hello())
        async with asyncio.timeout(PATIENCE):
            conversation.hear(await socket.recv())
        self._socket, self._conversation = socket, conversation
        self._set(LinkState(LinkPhase.CONNECTED))
        self._wake.set()
        work = [
            asyncio.create_task(self._listen(socket, conversation)),
            asyncio.create_task(self._speak(socket, conversation)),
            asyncio.create_task(self._watch(conversation)),
        ]
        try:
            ended, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            self._socket = self._conversation = None
            self.is_heard = False
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def _listen(self, socket: ClientConnection, conversation: Conversation) -> None:
        async for frame in socket:
            await self._hear(conversation, frame)

    async def _speak(self, socket: ClientConnection, conversation: Conversation) -> None:
        """Send what there is to say; what is written while a message leaves goes into the next."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._replica.is_saved and not self.is_taking:
                ack, self._ack_due = self._ack_due, False
                frame = conversation.speak(ack=ack)
                if frame is None:
                    break
                self._expect_answer(len(frame))
                await socket.send(frame)

    async def _watch(self, conversation: Conversation) -> None:
        """Begin the exchange again when it is out of step and nothing has moved for seconds."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(max(self._answer_due - loop.time(), NUDGE_AFTER))
            overdue = loop.time() >= self._answer_due
            if overdue and not conversation.in_step and not self.is_taking:
                conversation.nudge()
                self._expect_answer(0)
                self._say_thanks()

    def _expect_answer(self, size: int) -> None:
        """Something has moved: give the relay the time that so many bytes may take."""
        due = asyncio.get_running_loop().time() + NUDGE_AFTER + size / SLOWEST
        self._answer_due = max(self._answer_due, due)

    async def _hear(self, conversation: Conversation, frame: bytes | str) -> None:
        self._expect_answer(0)
        match conversation.hear(frame):
            case Offer() as offer:
                await self._accept(conversation, offer)
            case Whisper(peer, data):
                self._on_whisper(peer, data)
            case None:
                self._on_change()

    async def _accept(self, conversation: Conversation, offer: Offer) -> None:
        """Take an offer's changes in slices, so that a key pressed meanwhile is shown at once."""
        self.is_taking = True
        try:
            for number, changes in enumerate(offer.slices()):
                if number:
                    self._on_change()
                    await asyncio.sleep(0)
                self._replica.take(changes)
            conversation.accept(offer)
        except BadChunk as error:
            raise NotARelay(f"it sends a change that cannot be: {error}") from error
        finally:
            self.is_taking = False
        if (heads := conversation.acknowledged) is not None:
            self.acknowledged = heads
        self.is_heard = True
        self._wake.set()
        if self._ack_timer is None:
            loop = asyncio.get_running_loop()
            self._ack_timer = loop.call_later(ACK_DELAY, self._say_thanks)
        self._on_change()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A mistake of ours must not look like a connection that is merely slow."""
        if task.cancelled() or (error := task.exception()) is None:
            return
        self._report(error)
        self._set(LinkState(LinkPhase.WAITING, f"sharing has stopped: {error!r}"))

    def _report(self, error: BaseException) -> None:
        context = {"message": f"the link to {self.url} failed", "exception": error}
        asyncio.get_running_loop().call_exception_handler(context)

    def _say_thanks(self) -> None:
        self._ack_timer = None
        self._ack_due = True
        self._wake.set()

    def _set(self, state: LinkState) -> None:
        if state != self.state:
            self.state = state
            self._on_change()

    async def _send_quietly(self, socket: ClientConnection, frame: bytes) -> None:
        """Send; a connection that has just ended is noticed elsewhere."""
        errors = importlib.import_module("websockets.exceptions")
        with suppress(errors.ConnectionClosed):
            await socket.send(frame)
