"""When to say what to whom: answers, acknowledgements, nudges, presence."""

from sync_server.hub.deadlines import Deadlines
from sync_server.hub.due import Acknowledge, Due, Nudge
from sync_server.hub.effects import Effect, Send
from sync_server.hub.limits import Limits
from sync_server.hub.room import Link, Member
from sync_server.hub.upload import Upload
from sync_server.protocol.codec import encode
from sync_server.protocol.envelope import Envelope
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import DocUnavailable, Ephemeral
from sync_server.protocol.sync import SyncMessage


class Exchange:
    """Whom there is something to say to; it is said when everything in the graphs is stored."""

    def __init__(self, peer: PeerId, limits: Limits, deadlines: Deadlines[Due]) -> None:
        self._peer = peer
        self._limits = limits
        self._deadlines = deadlines
        self._dirty: dict[Member, bool] = {}
        self._lengthy: dict[Member, bool] = {}
        """Those whose message takes several turns to work out."""

    def __bool__(self) -> bool:
        """Whether there is something to say."""
        return bool(self._dirty or self._lengthy)

    def mark(self, member: Member, ack: bool) -> None:
        """Look whether there is something to say to a member; `ack`: even that nothing is new."""
        self._dirty[member] = self._dirty.get(member, False) or ack

    def take(self) -> dict[Member, bool]:
        """Take out everyone who is marked; of those whose message takes long, one."""
        dirty, self._dirty = self._dirty, {}
        for member in self._lengthy:
            self._lengthy[member] |= dirty.pop(member, False)
        if self._lengthy:
            first = next(iter(self._lengthy))
            dirty[first] = self._lengthy.pop(first)
        return dirty

    def answer(self, member: Member, upload: Upload, now: float) -> list[Effect]:
        """React to a message whose changes are stored."""
        if not member.here:
            return []
        self._heard(member, now)
        if upload.request and not len(member.room.graph):
            answer = DocUnavailable(self._peer, _name(member), upload.document)
            return [Send(member.link.id, encode(answer))]
        if upload.entered or (upload.waits and member.held):
            self._acknowledge_soon(member, now)
        else:
            self.mark(member, ack=True)
        return []

    def note(self, member: Member, message: SyncMessage, now: float) -> None:
        """Take a message without changes from a member that has what is here."""
        member.sync.receive(message, [])
        self._heard(member, now)
        if member.told != message.heads:
            self._acknowledge_soon(member, now)

    def acknowledge(self, member: Member, now: float) -> None:
        """Say that changes are kept, if nothing said it since."""
        member.ack_due = False
        member.acked_at = now
        self.mark(member, ack=True)

    def nudge(self, member: Member, now: float) -> None:
        """Speak to a peer that is out of step and silent: something must have got lost."""
        if not member.here or member.sync.in_step:
            member.nudge_pause = 0
            return
        if member.link.paused:  # it has not read yet what it should answer
            member.heard_at = now
        elif now - member.heard_at >= member.nudge_pause:
            member.sync.nudge()
            self.mark(member, ack=True)
            member.heard_at = now
            member.nudge_pause = min(2 * member.nudge_pause, self._limits.nudge_at_most)
        self._deadlines.add(member.heard_at + member.nudge_pause, Nudge(member))

    def resume(self, member: Member, now: float) -> None:
        """Speak again to a slow reader, who has had no occasion to answer before now."""
        member.heard_at = now
        self.mark(member, ack=True)

    def freed(self, member: Member, now: float) -> None:
        """Note that something has entered for which a member had waited."""
        self._heard(member, now)
        self._acknowledge_soon(member, now)

    def forward(self, link: Link, message: Ephemeral) -> list[Effect]:
        """Pass presence on to the others of its room, now or never."""
        member = link.members.get(message.document_id)
        # Some programs send back what they hear from others; only the sender's own is passed on.
        if member is None or message.sender_id != link.peer:
            return []
        if message.session_id == link.session and message.count <= link.counted:
            return []
        link.session, link.counted = message.session_id, message.count
        others = (other for other in member.room.members.values() if other is not member)
        return [_copy(message, other) for other in others]

    def speak(self, member: Member, ack: bool, now: float) -> list[Effect]:
        """Say what there is to say to a marked member.

        A slow reader is passed over, and marked again when it has caught up. So is whoever is in
        the middle of an upload, and would be asked for what is on its way already.
        """
        if not member.here or member.link.paused or member.amid_upload or member.begins:
            return []
        if member.sync.in_step and not ack:
            return []
        message = member.sync.generate(ack)
        if member.sync.unfinished:
            self._lengthy[member] = ack
        if message is None:
            return []
        member.told = message.heads
        if not member.nudge_pause:
            member.nudge_pause = self._limits.nudge_after
            self._deadlines.add(now + member.nudge_pause, Nudge(member))
        if member.envelope is None:
            member.envelope = Envelope(self._peer, _name(member), member.room.document)
        return [Send(member.link.id, member.envelope.write(message.encode()))]

    def _heard(self, member: Member, now: float) -> None:
        member.heard_at = now
        member.nudge_pause = min(member.nudge_pause, self._limits.nudge_after)

    def _acknowledge_soon(self, member: Member, now: float) -> None:
        if not member.ack_due:
            member.ack_due = True
            due = max(now + self._limits.ack_delay, member.acked_at + self._limits.ack_pause)
            self._deadlines.add(due, Acknowledge(member))


def _copy(message: Ephemeral, member: Member) -> Effect:
    copy = Ephemeral(
        message.sender_id,
        _name(member),
        message.document_id,
        message.session_id,
        message.count,
        message.data,
    )
    return Send(member.link.id, encode(copy), droppable=True)


def _name(member: Member) -> PeerId:
    assert member.link.peer is not None
    return member.link.peer
