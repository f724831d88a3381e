"""What is said on one connection to one relay about one contract.

Pure: frames in, frames out. A conversation begins anew with each connection, since a sync state
that outlives a lost message never converges again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from contract_tui.contract.crdt import expand
from contract_tui.contract.errors import DocumentDamaged
from contract_tui.language import _
from contract_tui.library.errors import LinkTrouble
from sync_server.protocol.chunk import Change, Kind, parse_changes, parse_chunk
from sync_server.protocol.codec import decode, encode
from sync_server.protocol.errors import BadChunk, BadFrame, ProtocolError
from sync_server.protocol.graph import Graph, Heads
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
from sync_server.protocol.sync import SyncMessage, SyncState

_UNREADABLE = _("it sends something unreadable: {why}")


class NotARelay(LinkTrouble):
    """Something answers that does not speak the protocol."""


class Refused(LinkTrouble):
    """The relay says why it does not serve this connection."""


SLICE, LONG_SLICE = 200, 1500
MANY = 1000


@dataclass(frozen=True, slots=True)
class Offer:
    """A sync message whose changes have not been read yet."""

    message: SyncMessage

    def slices(self) -> Iterator[list[Change]]:
        """Read the changes, as many at a time as fit between two keys; raises NotARelay.

        Few at first, because each is followed character by character; many when there is no end to
        them, because then the contract reads its texts again once per slice, which is cheaper.
        """
        changes = self._changes()
        taken = 0
        try:
            while some := list(islice(changes, SLICE if taken < MANY else LONG_SLICE)):
                taken += len(some)
                yield some
        except (ProtocolError, DocumentDamaged) as error:
            raise NotARelay(_UNREADABLE.format(why=error)) from error

    def _changes(self) -> Iterator[Change]:
        """The changes in the order in which they were sent, whole documents taken apart."""
        for blob in self.message.changes:
            at = 0
            while at < len(blob):
                start = at
                kind, content, at = parse_chunk(blob, start)
                if isinstance(content, Change):
                    yield content
                elif kind is Kind.DOCUMENT:
                    for raw in expand(blob[start:at]):
                        yield from parse_changes([raw])
                else:
                    raise BadChunk("a kind of chunk that is not known here")


@dataclass(frozen=True, slots=True)
class Whisper:
    """Something about presence."""

    peer: PeerId
    data: bytes


Heard = Offer | Whisper | Custody | Notice | Code | None


_METADATA = PeerMetadata(is_ephemeral=True, learning_contract=LEARNING_CONTRACT)


class Conversation:
    """One connection's talk about one contract."""

    def __init__(
        self, contract: DocumentId, graph: Graph, me: PeerId, *, mute: bool = False
    ) -> None:
        """Begin; who is `mute` takes changes and never sends any."""
        self._contract = contract
        self._graph = graph
        self._me = me
        self._relay: PeerId | None = None
        self._mute = mute
        self._state = SyncState(graph, advertise=True, mute=mute)
        self._asked = False
        self.is_unavailable = False
        """Whether the relay said that it has nothing of the contract, nor have we."""
        self._count = 0
        self._last_counts: dict[tuple[PeerId, str], int] = {}
        self.speaks_ours = False
        """Whether the relay understands what automerge-repo's own programs do not say."""

    @property
    def is_welcome(self) -> bool:
        """Whether the relay has answered our greeting."""
        return self._relay is not None

    @property
    def in_step(self) -> bool:
        """Whether the relay said last that it has what is here; to the mute, nothing else."""
        return self._state.caught_up if self._mute else self._state.in_step

    @property
    def acknowledged(self) -> Heads | None:
        """The relay's heads as last heard, where all of them are known here."""
        theirs = self._state.their_heads
        if theirs is None or any(head not in self._graph for head in theirs):
            return None
        return theirs

    @property
    def is_done(self) -> bool:
        """Whether both sides have said all there is to say."""
        return self.in_step and (self._mute or not self._state.unshared())

    def hello(self) -> bytes:
        """The first frame."""
        return encode(Join(self._me, (PROTOCOL_VERSION,), _METADATA))

    def hear(self, frame: bytes | str) -> Heard:
        """Read a frame from the relay; raises NotARelay or Refused, after which all is said."""
        try:
            message = decode(frame)
        except BadFrame as error:
            raise NotARelay(_("it sends {what}").format(what=error)) from error
        if not self.is_welcome:
            self._greet(message)
            return None
        return self._read(message)

    def accept(self, offer: Offer) -> None:
        """Note what an offer says, after its changes have been taken into the graph."""
        self._state.receive(offer.message, [])

    def speak(self, *, ack: bool) -> bytes | None:
        """The next frame to send, if there is anything to say; with `ack` mere thanks count."""
        if self._relay is None:
            return None
        message = self._state.generate(ack=ack)
        if message is None:
            return None
        kind = Sync if self._asked or len(self._graph) else Request
        self._asked = True
        return encode(kind(self._me, self._relay, self._contract, message.encode()))

    def entrust(
        self,
        proofs: Sequence[str],
        seals: Sequence[bytes],
        revocations: str | None,
        vouchers: Sequence[str] = (),
    ) -> bytes | None:
        """A frame with what shows who wrote what, for a relay that keeps it."""
        if self._relay is None or not self.speaks_ours:
            return None
        parts = tuple(proofs), tuple(seals), revocations, tuple(vouchers)
        return encode(Custody(self._me, self._relay, self._contract, *parts))

    def order(self, token: str) -> bytes | None:
        """A frame with what the holder of the contract's key tells the relay to do."""
        if self._relay is None or not self.speaks_ours:
            return None
        return encode(Order(self._me, self._relay, self._contract, token))

    def ask_code(self, invitation: str, lifetime: int) -> bytes | None:
        """A frame that asks for a short code for an invitation."""
        if self._relay is None or not self.speaks_ours:
            return None
        return encode(Code(self._me, self._relay, self._contract, invitation, lifetime))

    def nudge(self) -> None:
        """Call after seconds without getting in step: the next `speak` speaks."""
        if not self.in_step:
            self._state.nudge()

    def whisper(self, data: bytes) -> bytes | None:
        """A frame about presence."""
        if self._relay is None:
            return None
        self._count += 1
        return encode(Ephemeral(self._me, self._relay, self._contract, self._me, self._count, data))

    def goodbye(self) -> bytes:
        """The last frame."""
        return encode(Leave(self._me))

    def _greet(self, message: WireMessage) -> None:
        match message:
            case Peer(sender, _, version, metadata) if version == PROTOCOL_VERSION:
                self._relay = sender
                self.speaks_ours = bool(metadata and metadata.learning_contract)
            case Peer(_, _, version):
                raise NotARelay(
                    _("it speaks version {version} of the protocol").format(version=version)
                )
            case Error(words):
                raise Refused(words)
            case _:
                raise NotARelay(_("it does not answer a greeting"))

    def _read(self, message: WireMessage) -> Heard:
        match message:
            case Sync(_, _, document, data) | Request(_, _, document, data):
                return self._offer(data) if document == self._contract else None
            case Ephemeral(sender, _, document, session, count, data):
                if document != self._contract or self._is_old(sender, session, count):
                    return None
                return Whisper(sender, data)
            case Error(words):
                raise Refused(words)
            case DocUnavailable():
                self.is_unavailable = not len(self._graph)
                return None
            case Leave() | Gossip() | Peer() | Join():
                return None
            case Custody() | Notice() | Code():
                return message if message.document_id == self._contract else None
            case Order():
                return None

    def _is_old(self, sender: PeerId, session: str, count: int) -> bool:
        """Our own voice, or a message that has come another way already."""
        if sender == self._me or self._last_counts.get((sender, session), -1) >= count:
            return True
        self._last_counts[sender, session] = count
        return False

    def _offer(self, data: bytes) -> Offer:
        try:
            return Offer(SyncMessage.decode(data))
        except ProtocolError as error:
            raise NotARelay(_UNREADABLE.format(why=error)) from error
