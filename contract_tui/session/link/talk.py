"""One connection to one relay: what is heard, what is said, and when."""

from __future__ import annotations

import asyncio
import importlib
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract_tui.language import _
from contract_tui.library.custody import Custodian
from contract_tui.library.errors import LinkTrouble
from contract_tui.library.parcels import Parcel
from contract_tui.session.copies.replica import Replica
from contract_tui.session.link.conversation import Conversation, NotARelay, Offer, Whisper
from contract_tui.session.link.refusals import REFUSES
from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import Code, Custody, Notice

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

_NO_CODES = _("the relay at {url} makes no short codes: send the link")
_BROKE_OFF = _("the relay at {url} broke off the connection: try again")

ACK_DELAY = 0.05
"""Seconds before thanks are sent, so that one message can carry many thanks."""
NUDGE_AFTER = 3.0
"""Seconds out of step after which the exchange is begun again."""
FAREWELL = 0.5
"""Seconds for a relay to hang up after a goodbye."""
LONGEST_QUEUE = 1 << 16
"""Bytes on their way to a slow relay beyond which presence is not worth adding to them."""
SLOWEST = 250_000
"""Bytes per second at which a relay may at least be expected to take in what it is sent."""
SEALS_AT_ONCE, VOUCHERS_AT_ONCE = 25, 10
"""Seals, or vouchers, checked before a key gets its turn: some 4 ms."""


@dataclass(frozen=True, slots=True)
class Ears:
    """Whom a connection tells what."""

    take: Callable[[Sequence[Change]], None]
    """Takes changes in; raises BadChunk."""
    on_change: Callable[[], None]
    on_whisper: Callable[[PeerId, bytes], None]
    on_notice: Callable[[str, Notice], None]
    """Hears what the relay of an address has to say to people."""


class Talk:
    """A conversation on a socket, for as long as that lasts."""

    def __init__(
        self,
        url: str,
        socket: ClientConnection,
        conversation: Conversation,
        replica: Replica,
        custodian: Custodian,
        ears: Ears,
    ) -> None:
        self.url = url
        self.conversation = conversation
        self.is_taking = False
        """Whether what the relay sent is being taken in, and so is not whole yet."""
        self.is_heard = False
        """Whether the relay has answered about this contract."""
        self.acknowledged: Heads | None = None
        """What the relay said last that it has, where all of it is known here."""
        self.keeps_back = False
        """Whether the relay has said that it does not take some of what is here."""
        self._socket = socket
        self._replica = replica
        self._custodian = custodian
        self._outbox = custodian.open()
        self._ears = ears
        self._wake = asyncio.Event()
        self._wake.set()
        self._ack_due = False
        self._answer_due = 0.0
        self._ack_timer: asyncio.TimerHandle | None = None
        self._codes: deque[asyncio.Future[Code]] = deque()
        self._orders: deque[asyncio.Future[None]] = deque()

    async def run(self) -> None:
        """Talk until the connection ends; raises what ended it."""
        work = [
            asyncio.create_task(self._listen()),
            asyncio.create_task(self._speak()),
            asyncio.create_task(self._watch()),
        ]
        try:
            ended, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            self._custodian.close(self._outbox)
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
            for code in self._codes:
                code.cancel()
            for order in self._orders:
                order.cancel()

    def wake(self) -> None:
        """There may be something to say."""
        self._wake.set()

    def whisper(self, data: bytes) -> None:
        """Say something about presence, unless the connection cannot follow."""
        if self._socket.transport.get_write_buffer_size() > LONGEST_QUEUE:
            return
        if frame := self.conversation.whisper(data):
            asyncio.create_task(self.send_quietly(frame))  # noqa: RUF006

    async def ask_code(self, invitation: str, lifetime: int) -> Code:
        """Let the relay keep an invitation under a short code; raises LinkTrouble."""
        frame = self.conversation.ask_code(invitation, lifetime)
        if frame is None:
            raise LinkTrouble(_NO_CODES.format(url=self.url))
        answer: asyncio.Future[Code] = asyncio.get_running_loop().create_future()
        self._codes.append(answer)
        await self.send_quietly(frame)
        await asyncio.wait([answer])
        if answer.cancelled():
            raise LinkTrouble(_BROKE_OFF.format(url=self.url))
        return answer.result()

    async def order(self, token: str) -> None:
        """Tell the relay what the holder of the contract's key orders.

        Returns when the connection has ended, as it does when a contract is erased. Raises
        LinkTrouble where the relay refuses.
        """
        frame = self.conversation.order(token)
        if frame is None:
            raise LinkTrouble(_("the relay at {url} takes no orders").format(url=self.url))
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._orders.append(answer)
        await self.send_quietly(frame)
        await asyncio.wait([answer])
        if not answer.cancelled():
            answer.result()

    async def say_goodbye(self) -> None:
        """Say the last words, with whatever is still to be kept.

        Then wait a moment for the relay to hang up: to do so first, with something of the relay's
        still unread, would take back what it has not read yet (RFC 1122, section 4.2.2.13).
        """
        await self._entrust()
        await self.send_quietly(self.conversation.goodbye())
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL):
                await self._socket.wait_closed()

    async def send_quietly(self, frame: bytes) -> None:
        """Send; a connection that has just ended is noticed elsewhere."""
        errors = importlib.import_module("websockets.exceptions")
        with suppress(errors.ConnectionClosed):
            await self._socket.send(frame)

    async def _listen(self) -> None:
        async for frame in self._socket:
            self._expect_answer(0)
            match self.conversation.hear(frame):
                case Offer() as offer:
                    await self._accept(offer)
                case Whisper(peer, data):
                    self._ears.on_whisper(peer, data)
                case Custody(_, _, _, proofs, seals, revocations, vouchers):
                    await self._keep(Parcel(proofs, seals, revocations, vouchers))
                case Notice(kind="refused") as notice:
                    self._take_refusal(notice)
                case Notice() as notice:
                    self.keeps_back = self.keeps_back or notice.kind == "withheld"
                    self._ears.on_notice(self.url, notice)
                case Code() as code:
                    self._take_code(code)
                case None:
                    self._ears.on_change()

    async def _speak(self) -> None:
        """Send what there is to say; what is written while a message leaves goes into the next."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self._entrust()
            while self._replica.is_saved and not self.is_taking:
                ack, self._ack_due = self._ack_due, False
                frame = self.conversation.speak(ack=ack)
                if frame is None:
                    break
                self._expect_answer(len(frame))
                await self._socket.send(frame)

    async def _entrust(self) -> None:
        """Send what shows who wrote what, before the changes that need it."""
        while self.conversation.speaks_ours and (parcel := self._outbox.take()):
            parts = parcel.proofs, parcel.seals, parcel.revocations, parcel.vouchers
            if frame := self.conversation.entrust(*parts):
                await self.send_quietly(frame)

    async def _watch(self) -> None:
        """Begin the exchange again when it is out of step and nothing has moved for seconds."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(max(self._answer_due - loop.time(), NUDGE_AFTER))
            overdue = loop.time() >= self._answer_due
            if overdue and not self.conversation.in_step and not self.is_taking:
                self.conversation.nudge()
                self._expect_answer(0)
                self._say_thanks()

    def _expect_answer(self, size: int) -> None:
        """Something has moved: give the relay the time that so many bytes may take."""
        due = asyncio.get_running_loop().time() + NUDGE_AFTER + size / SLOWEST
        self._answer_due = max(self._answer_due, due)

    async def _accept(self, offer: Offer) -> None:
        """Take an offer's changes in slices, so that a key pressed meanwhile is shown at once."""
        self.is_taking = True
        try:
            for number, changes in enumerate(offer.slices()):
                if number:
                    self._ears.on_change()
                    await asyncio.sleep(0)
                self._ears.take(changes)
            self.conversation.accept(offer)
        except BadChunk as error:
            raise NotARelay(
                _("it sends a change that cannot be: {why}").format(why=error)
            ) from error
        finally:
            self.is_taking = False
        if (heads := self.conversation.acknowledged) is not None:
            self.acknowledged = heads
            self.keeps_back = self.keeps_back and heads != self._replica.graph.heads
        self.is_heard = True
        self._wake.set()
        if self._ack_timer is None:
            loop = asyncio.get_running_loop()
            self._ack_timer = loop.call_later(ACK_DELAY, self._say_thanks)
        self._ears.on_change()

    async def _keep(self, parcel: Parcel) -> None:
        """Take in what the relay keeps, without letting a key wait for many signatures."""
        self._custodian.hear(Parcel(parcel.proofs, (), parcel.revocations), self._outbox)
        for first in range(0, len(parcel.vouchers), VOUCHERS_AT_ONCE):
            some_vouchers = parcel.vouchers[first : first + VOUCHERS_AT_ONCE]
            self._custodian.hear(Parcel(vouchers=some_vouchers), self._outbox)
            await asyncio.sleep(0)
        for first in range(0, len(parcel.seals), SEALS_AT_ONCE):
            some = parcel.seals[first : first + SEALS_AT_ONCE]
            self._custodian.hear(Parcel(seals=some), self._outbox)
            await asyncio.sleep(0)
        self._ears.on_change()

    def _take_code(self, code: Code) -> None:
        if self._codes:
            answer = self._codes.popleft()
            if not answer.done():
                answer.set_result(code)

    def _take_refusal(self, notice: Notice) -> None:
        """The relay does not do what it was asked for."""
        why = _(str(notice.fields.get("reason", ""))) or _("it does not say")
        words = REFUSES.format(url=self.url, why=why)
        waiting = self._codes if notice.fields.get("asked") == "code" else self._orders
        if waiting:
            answer = waiting.popleft()
            if not answer.done():
                answer.set_exception(LinkTrouble(words))

    def _say_thanks(self) -> None:
        self._ack_timer = None
        self._ack_due = True
        self._wake.set()
