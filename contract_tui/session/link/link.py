"""A relay on the network: connected as often as it takes, spoken to at once, left politely."""

from __future__ import annotations

import asyncio
import importlib
import random
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from contract_tui.contract.errors import ContractError
from contract_tui.language import _, told
from contract_tui.library.custody import Custodian
from contract_tui.library.errors import LinkTrouble, SessionError
from contract_tui.session.copies.replica import Replica
from contract_tui.session.link.conversation import Conversation
from contract_tui.session.link.credentials import Badge
from contract_tui.session.link.dialling import PATIENCE, dial, waiting_time
from contract_tui.session.link.refusals import Refusal, RefusalKind
from contract_tui.session.link.resting import Absence, closed
from contract_tui.session.link.talk import Ears, Talk
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import DocumentId, PeerId

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection


class LinkPhase(StrEnum):
    """How far a connection has got."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    WAITING = "waiting"
    RESTING = "resting"
    """It is not tried any more until somebody asks for that."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """A connection, and why there is none."""

    phase: LinkPhase
    trouble: str = ""
    """One sentence; empty while there is hope."""
    refusal: RefusalKind | None = None
    """Why a relay that works does not let this program in."""


_STOPPED = _(
    "sharing has stopped by a mistake of the program: your words are safe here; close and open the "
    "contract to go on ({mistake})"
)
_INTERRUPTED = _(
    "sharing was interrupted by a mistake of the program, and is tried again ({mistake})"
)


def stopped(error: BaseException) -> str:
    """What a person is told of a mistake of the program."""
    return _STOPPED.format(mistake=type(error).__name__)


class Link:
    """Keeps one contract in step with one relay for as long as it runs."""

    def __init__(
        self,
        url: str,
        contract: DocumentId,
        replica: Replica,
        custodian: Custodian,
        me: PeerId,
        ears: Ears,
        *,
        badge: Badge | None = None,
        acknowledged: Heads = (),
        mute: bool = False,
    ) -> None:
        """Be ready; `badge` lets this program in, and who is `mute` never sends a change."""
        self.url = url
        self.badge = badge
        self.state = LinkState(LinkPhase.CONNECTING)
        self._acknowledged = acknowledged
        self._counted: tuple[tuple[int, Heads], int] = ((0, ()), 0)
        """What `unshared` last counted, and for which state: asked for oftener than it changes."""
        self._contract = contract
        self._replica = replica
        self._custodian = custodian
        self._me = me
        self._ears = ears
        self._mute = mute
        self._hurry = asyncio.Event()
        self._talk: Talk | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def is_connected(self) -> bool:
        """Whether the relay has welcomed us."""
        return self.state.phase is LinkPhase.CONNECTED

    @property
    def is_resting(self) -> bool:
        """Whether it is at a room that has closed."""
        return self.state.phase is LinkPhase.RESTING

    @property
    def is_done(self) -> bool:
        """Whether relay and contract are known to be equal."""
        return self._talk is not None and self._talk.conversation.is_done

    @property
    def is_unavailable(self) -> bool:
        """Whether the relay said that it has nothing of the contract, nor have we."""
        return self._talk is not None and self._talk.conversation.is_unavailable

    @property
    def is_taking(self) -> bool:
        """Whether what it sent is being taken in, and so is not whole yet."""
        return self._talk is not None and self._talk.is_taking

    @property
    def is_heard(self) -> bool:
        """Whether the relay has answered about this contract on the present connection."""
        return self._talk is not None and self._talk.is_heard

    @property
    def passes_seals(self) -> bool:
        """Whether the relay speaks of what shows who wrote what."""
        return self._talk is not None and self._talk.conversation.speaks_ours

    @property
    def keeps_back(self) -> bool:
        """Whether the relay has said that it does not take some of what is here."""
        return self._talk is not None and self._talk.keeps_back

    @property
    def acknowledged(self) -> Heads:
        """What the relay is known to have."""
        if self._talk is not None and self._talk.acknowledged is not None:
            self._acknowledged = self._talk.acknowledged
        return self._acknowledged

    @property
    def shares_all(self) -> bool:
        """Whether the relay has acknowledged everything that is here."""
        return self.acknowledged == self._replica.graph.heads or not self.unshared()

    @property
    def talk(self) -> Talk | None:
        """The present connection."""
        return self._talk

    def unshared(self) -> int:
        """How many changes the relay is not known to have; none for who only reads."""
        if self._mute:
            return 0
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
        if self._talk is not None:
            self._talk.wake()

    def reconnect(self) -> None:
        """Try at once instead of waiting."""
        self._hurry.set()

    def whisper(self, data: bytes) -> None:
        """Say something about presence, if there is somebody to hear it."""
        if self._talk is not None:
            self._talk.whisper(data)

    async def close(self) -> None:
        """Say goodbye and end."""
        if self._task is None:
            return
        if self._talk is not None:
            await self._talk.say_goodbye()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None

    async def _run(self) -> None:
        """The root of the task: connect, talk, explain, wait, again."""
        loop = asyncio.get_running_loop()
        failures, last_connected = 0, loop.time()
        absence = Absence(self.url)
        while True:
            self._hurry.clear()
            self._set(LinkState(LinkPhase.CONNECTING, self.state.trouble, self.state.refusal))
            trouble = await self._attempt()
            if self.is_connected:
                failures, last_connected = 0, loop.time()
                absence.begin()
            absence.note(trouble)
            if not absence.is_final:
                await self._wait(trouble, failures, loop.time() - last_connected)
                failures += 1
            if absence.is_final and not self._hurry.is_set():
                self._set(LinkState(LinkPhase.RESTING, closed(self.url)))
                await self._hurry.wait()
                failures, last_connected = 0, loop.time()
                absence.begin()

    async def _wait(self, trouble: LinkTrouble, failures: int, away: float) -> None:
        """Wait for the next attempt, which somebody may ask for earlier."""
        refusal = trouble.kind if isinstance(trouble, Refusal) else None
        self._set(LinkState(LinkPhase.WAITING, str(trouble), refusal))
        chance = random.random()  # noqa: S311 - spreads people out, and protects nothing
        wait = waiting_time(failures, away, chance)
        with suppress(TimeoutError):
            async with asyncio.timeout(max(wait, trouble.wait * (0.9 + 0.2 * chance))):
                await self._hurry.wait()

    async def _attempt(self) -> LinkTrouble:
        """One connection from its beginning to its end; returns why it ended."""
        try:
            await self._connect()
        except LinkTrouble as trouble:
            return trouble
        except (SessionError, ContractError) as trouble:
            return LinkTrouble(told(trouble))
        except Exception as error:  # noqa: BLE001 - a mistake of ours ends one attempt, not all
            self._report(error)
            return LinkTrouble(_INTERRUPTED.format(mistake=type(error).__name__))
        return LinkTrouble(_("the relay at {url} closed the connection").format(url=self.url))

    async def _connect(self) -> None:
        """Connect and talk; once more, by the relay's clock, where it refuses by that."""
        try:
            await self._dial()
        except Refusal as refusal:
            by_clock = refusal.kind is RefusalKind.UNKNOWN and self.badge is not None
            if not (by_clock and self.badge and self.badge.learn(refusal.relay_time)):
                raise
            await self._dial()

    async def _dial(self) -> None:
        headers = None
        if self.badge is not None:
            # Imported in a thread, since it takes longer than a key may wait for its paint.
            await asyncio.to_thread(importlib.import_module, "jwt")
            headers = self.badge.headers()
        async with dial(self.url, headers) as socket:
            await self._greet(socket)

    async def _greet(self, socket: ClientConnection) -> None:
        conversation = Conversation(self._contract, self._replica.graph, self._me, mute=self._mute)
        await socket.send(conversation.hello())
        async with asyncio.timeout(PATIENCE):
            conversation.hear(await socket.recv())
        talk = Talk(self.url, socket, conversation, self._replica, self._custodian, self._ears)
        self._talk = talk
        try:
            self._set(LinkState(LinkPhase.CONNECTED))
            await talk.run()
        finally:
            self._acknowledged = self.acknowledged
            self._talk = None

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A mistake of ours must not look like a connection that is merely slow."""
        if task.cancelled() or (error := task.exception()) is None:
            return
        self._report(error)
        self._set(LinkState(LinkPhase.WAITING, stopped(error)))

    def _report(self, error: BaseException) -> None:
        context = {"message": f"the link to {self.url} failed", "exception": error}
        asyncio.get_running_loop().call_exception_handler(context)

    def _set(self, state: LinkState) -> None:
        if state != self.state:
            self.state = state
            self._ears.on_change()
