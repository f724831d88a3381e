"""One websocket: bytes to messages and back, on top of websockets' sans-I/O core.

A connection of websockets' own has two tasks, two queues and a dozen futures, which every keystroke
passes through. This one has none: a message is handed over in the callback that received its last
byte, and written in the call that sends it. What that leaves to do is here: the handshake, whose
answer may take a while, fragments, and slow readers; after what time nobody waits any longer, the
connection's `pulse` tells.
"""

import asyncio
import logging
import ssl
from typing import assert_never, cast

from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import Protocol, Side, State
from websockets.server import ServerProtocol

from sync_server.hub.effects import ConnectionId
from sync_server.hub.guest import Guest
from sync_server.relay.addresses import host_of
from sync_server.relay.frames import Fragments, binary_frame, fitting, whole_message, wire_size
from sync_server.relay.listener import Listener
from sync_server.relay.pulse import Pulse, Verdict
from sync_server.relay.settings import Settings
from sync_server.relay.tls import start_tls

SLOW = 64 << 10
"""Bytes waiting to be sent from which on a reader is slow."""
BEHIND = 256 << 10
"""What a slow reader may still be sent on top before it is cut off."""
_SIP = 512
"""Bytes given to websockets at once: a packet of tiny frames ends where the first is refused. In
the midst of a frame it is twice as many each time."""
_TOO_BIG, _TOO_MANY = 1009, 1008
_HEAD_END = b"\r\n\r\n"
_SWITCHING = 101

# Its debug level would write down what people type, its info level who is there.
_logger = logging.getLogger("sync_server.websocket")
_logger.setLevel(logging.WARNING)


class Connection(asyncio.Protocol):
    """One websocket of the relay."""

    __slots__ = (
        "_acceptance",
        "_backlog",
        "_controls",
        "_early",
        "_fragments",
        "_greeted",
        "_handshake",
        "_head",
        "_listener",
        "_loop",
        "_protocol",
        "_pulse",
        "_settings",
        "_slow",
        "_transport",
        "_unread",
        "_waits",
        "guest",
        "id",
        "was_open",
    )

    def __init__(self, connection: ConnectionId, listener: Listener, settings: Settings) -> None:
        """Wait for a handshake; the loop calls the rest."""
        self.id = connection
        self._listener = listener
        self._settings = settings
        self._loop = asyncio.get_running_loop()
        greeter = ServerProtocol(max_size=settings.max_frame, logger=_logger)
        self._protocol: Protocol = greeter
        self._handshake: ServerProtocol | None = greeter
        self._transport: asyncio.Transport
        self.guest: Guest | None = None
        """Who it is, if anybody asked."""
        self.was_open = False
        """Its handshake went well, however long ago."""
        self._acceptance: Response | None = None
        """What websockets answers to the request, once there is one."""
        self._head = b""
        """The last bytes of a request that is not whole yet."""
        self._early = b""
        """What came while something else has to be done first."""
        self._waits = False
        self._greeted = False
        """The request is answered."""
        self._fragments: Fragments | None = None
        self._unread = 0
        """Bytes of a frame that is not whole yet."""
        self._slow = False
        self._backlog = 0
        """Bytes sent since the reader became slow."""
        self._controls = 0
        self._pulse = Pulse(settings, self._loop.time())

    # What the relay asks for

    @property
    def address(self) -> str:
        """The peer's address, without its port."""
        return host_of(self._transport.get_extra_info("peername"))

    @property
    def reached(self) -> str:
        """The address of ours that the peer has reached, without the port."""
        return host_of(self._transport.get_extra_info("sockname"))

    @property
    def upgrades(self) -> bool:
        """Whether the request is a proper one for a websocket."""
        return self._acceptance is not None and self._acceptance.status_code == _SWITCHING

    async def secure(self, context: ssl.SSLContext) -> None:
        """Speak TLS before anything else; the connection is cut if the peer does not."""
        self._waits = True
        transport = None
        try:
            transport = await start_tls(self._transport, self, context, self._settings)
        finally:
            if transport is None:
                self.abort()
                self._listener.closed(self)
        if transport is None:
            return
        self._transport = transport
        self._transport.set_write_buffer_limits(SLOW)
        self._go_on()

    def accept(self) -> None:
        """Answer the request as websockets sees fit: with a websocket, if it is a proper one."""
        assert self._acceptance is not None
        self.respond(self._acceptance)

    def respond(self, response: Response) -> None:
        """Answer the request; a peer that has gone meanwhile is let go."""
        if self._transport.is_closing() or self._handshake is None:
            return
        self._greeted = True
        self._handshake.send_response(response)
        self._flush()
        if self._protocol.state is State.OPEN:
            # The request and its answer would be the largest part of a quiet connection.
            self._handshake = self._acceptance = None
            self._protocol = Protocol(
                Side.SERVER, max_size=self._settings.max_frame, logger=_logger
            )
            self._pulse.opened()
            self.was_open = True
            self._listener.opened(self)
        self._go_on()

    def send(self, message: bytes, droppable: bool = False) -> bool:
        """Send a message; returns False if it was dropped because the peer reads too slowly."""
        if self._protocol.state is not State.OPEN:
            return True
        if self._slow:
            if droppable:
                return False
            self._backlog += len(message)
            if self._backlog > BEHIND:
                self._cut_off()
                return True
        self._write(binary_frame(message))
        return True

    def refuse(self, code: int, reason: str) -> None:
        """Close without listening any further."""
        if self._protocol.state is State.OPEN:
            self._protocol.fail(code, fitting(reason))
            self._listener.refused(self, code)
        self._end()

    def leave(self, code: int, reason: str) -> None:
        """Close in order, waiting a while for the peer to agree."""
        if not self._greeted:
            self.abort()
            return
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(code, fitting(reason))
        self._end()

    def abort(self) -> None:
        """Cut the connection."""
        self._transport.abort()

    def hold(self) -> None:
        """Stop reading."""
        self._transport.pause_reading()

    def release(self) -> None:
        """Read again."""
        self._transport.resume_reading()

    def check(self, now: float) -> None:
        """Look for what is overdue: a handshake, an end, a sign of life."""
        self._controls = 0
        match self._pulse.check(now, self._transport.get_write_buffer_size()):
            case Verdict.NOTHING:
                pass
            case Verdict.ASK:
                self._protocol.send_ping(b"")
                self._flush()
            case Verdict.CUT_OFF:
                self._cut_off()
            case Verdict.ABORT:
                self.abort()
            case verdict:
                assert_never(verdict)

    # What the loop tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(SLOW)
        self._listener.arrived(self)

    def data_received(self, data: bytes) -> None:
        """Hand over every message that is whole now."""
        self._pulse.heard(self._loop.time())
        if self._is_between_messages() and (message := whole_message(data)) is not None:
            self._listener.received(self, message)
            return
        if self._waits:
            self._early += data
        elif self._greeted:
            self._read(data)
        else:
            self._listen(data)

    def eof_received(self) -> None:
        """Let the loop close the socket: nothing can be said after an orderly end."""
        self._protocol.receive_eof()
        self._flush()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's
        """Tell that it is over."""
        self._protocol.receive_eof()
        self._listener.closed(self)

    def pause_writing(self) -> None:
        """Note that more than SLOW bytes wait to be sent."""
        self._slow, self._backlog = True, 0
        self._listener.paused(self)

    def resume_writing(self) -> None:
        """Note that the peer has caught up."""
        self._slow = False
        self._listener.resumed(self)

    # Within

    def _is_between_messages(self) -> bool:
        """Tell whether the next byte is the first of a message's first frame."""
        return not self._unread and self._fragments is None and self._protocol.state is State.OPEN

    def _listen(self, data: bytes) -> None:
        """Read the request and nothing behind it, which waits until the request is answered."""
        seen = self._head + data
        end = seen.find(_HEAD_END)
        cut = len(data) if end < 0 else end + len(_HEAD_END) - len(self._head)
        self._head = seen[1 - len(_HEAD_END) :]
        self._protocol.receive_data(data[:cut])
        self._flush()
        for event in self._protocol.events_received():
            if isinstance(event, Request) and self._handshake:
                self._early = data[cut:]
                self._waits = True
                self.hold()
                self._acceptance = self._handshake.accept(event)
                self._listener.asked(self, event)

    def _go_on(self) -> None:
        """Read again, first what came early."""
        self._waits = False
        self.release()
        early, self._early = self._early, b""
        if early:
            self.data_received(early)

    def _read(self, data: bytes) -> None:
        at, size = 0, _SIP
        while at < len(data):
            whole = self._swallow(data[at : at + size])
            at, size = at + size, _SIP if whole else 2 * size

    def _swallow(self, data: bytes) -> bool:
        """Read some bytes; returns whether a frame ended in them."""
        self._unread += len(data)
        self._protocol.receive_data(data)
        self._flush()
        events = self._protocol.events_received()
        for event in events:
            if isinstance(event, Frame):
                self._unread -= wire_size(len(event.data))
                self._take(event)
        if not self._pulse.ends and self._protocol.close_expected():
            self._pulse.end(self._loop.time())
            if (sent := self._protocol.close_sent) and not self._protocol.close_rcvd:
                self._listener.refused(self, sent.code)  # it spoke no websocket
        return bool(events)

    def _take(self, frame: Frame) -> None:
        if self._protocol.state is not State.OPEN:
            return
        if frame.opcode is Opcode.BINARY and frame.fin:
            self._listener.received(self, bytes(frame.data))
        elif frame.opcode in (Opcode.BINARY, Opcode.TEXT, Opcode.CONT):
            self._assemble(frame)
        else:
            self._controls += 1
            if self._controls > self._settings.controls:
                self.refuse(_TOO_MANY, "too many pings")

    def _assemble(self, frame: Frame) -> None:
        fragments = self._fragments = self._fragments or Fragments()
        message = fragments.add(frame)
        if message is not None:
            self._fragments = None
            self._listener.received(self, message)
        elif fragments.are_too_many:
            self.refuse(_TOO_BIG, "too many fragments")

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self._write(data)
            elif self._transport.can_write_eof():
                self._transport.write_eof()
            else:
                self._transport.close()

    def _write(self, data: bytes) -> None:
        self._pulse.wrote(len(data))
        self._transport.write(data)

    def _end(self) -> None:
        self._flush()
        self._pulse.end(self._loop.time())

    def _cut_off(self) -> None:
        self._listener.cut(self)
        self.abort()
