"""Frames as they come in: judged, answered if that needs no disk, and otherwise put in line."""

from typing import assert_never

from sync_server.hub.counters import Counters
from sync_server.hub.effects import Effect, Send
from sync_server.hub.exchange import Exchange
from sync_server.hub.intake import Intake
from sync_server.hub.limits import Limits
from sync_server.hub.links import Links
from sync_server.hub.refusal import LIMITED, UNSUPPORTED, Refusal
from sync_server.hub.room import Link
from sync_server.hub.upload import Deposit, Errand, Upload
from sync_server.hub.vetting import vet, vet_changes
from sync_server.protocol.codec import FrameLimits, decode, encode
from sync_server.protocol.envelope import Envelope
from sync_server.protocol.errors import BadFrame, ProtocolError
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import (
    LEARNING_CONTRACT,
    PROTOCOL_VERSION,
    Code,
    Custody,
    DocUnavailable,
    Ephemeral,
    Error,
    Gossip,
    Join,
    Leave,
    Notice,
    Order,
    Peer,
    PeerMetadata,
    Request,
    Sync,
    WireMessage,
)
from sync_server.protocol.sync import SyncMessage


class Reception:
    """Takes frames, no more of them than a connection may send."""

    def __init__(
        self,
        identity: str,
        peer: PeerId,
        limits: Limits,
        frames: FrameLimits,
        links: Links,
        intake: Intake,
        exchange: Exchange,
        counters: Counters,
    ) -> None:
        metadata = PeerMetadata(identity, is_ephemeral=False, learning_contract=LEARNING_CONTRACT)
        self._metadata = metadata
        self._peer = peer
        self._limits = limits
        self._frames = frames
        self._links = links
        self._intake = intake
        self._exchange = exchange
        self._counters = counters

    def receive(self, link: Link, frame: bytes | str, now: float) -> list[Effect]:
        """Take a frame, or keep it for later; whoever sent a bad one is told and closed."""
        self._counters.frames += 1
        self._counters.octets += len(frame)
        if link.rests_until > now or link.backlog:
            return self._put_off(link, frame, now)
        return self._read(link, frame, now)

    def wake(self, link: Link, now: float) -> list[Effect]:
        """Go on with a connection that has rested."""
        if not self._links.may_wake(link, now):
            return []
        effects: list[Effect] = []
        if link.queued:
            self._intake.resume([link])
        while link.backlog and link.rests_until <= now:
            frame = link.backlog.pop(0)
            link.backlog_size -= len(frame)
            effects += self._read(link, frame, now)
        return effects + self._links.release(link, now)

    def _put_off(self, link: Link, frame: bytes | str, now: float) -> list[Effect]:
        """Keep what was on its way already when its sender was no longer read from."""
        link.backlog.append(frame)
        link.backlog_size += len(frame)
        if link.backlog_size <= self._limits.backlog:
            return []
        return self._links.refuse(link, Refusal("too much at once", "backlog", LIMITED), now)

    def _read(self, link: Link, frame: bytes | str, now: float) -> list[Effect]:
        if isinstance(frame, str):
            error = Refusal("text frames are not spoken here", "frame", UNSUPPORTED)
            return self._links.refuse(link, error, now)
        try:
            effects = self._open(link, frame, now)
        except ProtocolError as error:
            return self._links.refuse(link, error, now)
        if pause := link.rates.frames.take(1, now):
            effects += self._links.rest(link, pause, "messages", now)
        if pause := link.rates.octets.take(len(frame), now):
            effects += self._links.rest(link, pause, "bytes", now)
        return effects

    def _open(self, link: Link, frame: bytes, now: float) -> list[Effect]:
        """Read a frame; of one in a known envelope nothing but the data is left to judge."""
        if link.envelope and len(frame) <= self._frames.frame:
            data = link.envelope.read(frame)
            if data is not None:
                return self._hear(link, link.envelope.document, SyncMessage.decode(data), now)
        return self._dispatch(link, decode(frame, self._frames), now)

    def _dispatch(self, link: Link, message: WireMessage, now: float) -> list[Effect]:
        if isinstance(message, Join):
            return self._welcome(link, message)
        vet(link, message)
        match message:
            case Sync(sender, target, document, data):
                link.envelope = link.envelope or Envelope(sender, target, document)
                return self._hear(link, document, SyncMessage.decode(data), now)
            case Request(_, _, document, data):
                return self._queue(link, Upload(document, SyncMessage.decode(data), True))
            case Ephemeral():
                return self._forward(link, message, now)
            case Custody():
                return self._intake.put(link, Deposit(message))
            case Order() | Code():
                return self._intake.put(link, Errand(message))
            case Leave():
                link.leaving = True
                return [] if link.inbox else self._links.let_go(link, now)
            case DocUnavailable() | Error() | Gossip():
                return []
            case Peer() | Notice():
                raise BadFrame("a message that is the relay's to send")
            case _:
                assert_never(message)

    def _welcome(self, link: Link, message: Join) -> list[Effect]:
        if PROTOCOL_VERSION not in message.supported_protocol_versions:
            raise BadFrame(f"only protocol version {PROTOCOL_VERSION} is spoken here")
        if link.peer not in (None, message.sender_id):
            raise BadFrame("a second join under another name")
        link.peer = message.sender_id
        said = message.peer_metadata
        link.speaks = bool(said and said.learning_contract)
        return [
            Send(link.id, encode(Peer(self._peer, link.peer, PROTOCOL_VERSION, self._metadata)))
        ]

    def _hear(
        self, link: Link, document: DocumentId, message: SyncMessage, now: float
    ) -> list[Effect]:
        """Put a message in line, unless it says only that its sender has what is here.

        Readers answer every keystroke with that; it touches no graph, and waits for no disk.
        """
        member = link.members.get(document)
        if member and not link.inbox and member.only_agrees(message):
            self._exchange.note(member, message, now)
            return []
        return self._queue(link, Upload(document, message, False))

    def _queue(self, link: Link, upload: Upload) -> list[Effect]:
        if upload.message.changes:
            vet_changes(link)
        upload.check(self._limits.slice)  # a keystroke is refused before it waits for anything
        return self._intake.put(link, upload)

    def _forward(self, link: Link, message: Ephemeral, now: float) -> list[Effect]:
        if not link.rates.presence.spare(now):
            self._counters.dropped += 1
            return []
        return self._exchange.forward(link, message)
