"""The connections that there are, and how one of them is ended."""

from sync_server.hub.counters import Counters
from sync_server.hub.deadlines import Deadlines
from sync_server.hub.due import Due, JoinBy, Wake
from sync_server.hub.effects import Close, ConnectionId, Effect, Hold, Release, Send
from sync_server.hub.guest import Guest
from sync_server.hub.limits import Limits
from sync_server.hub.rates import Allowance, Rates
from sync_server.hub.refusal import NORMAL, Refusal, code_of, word_of
from sync_server.hub.room import Link
from sync_server.hub.shelf import Shelf
from sync_server.protocol.codec import encode
from sync_server.protocol.errors import ProtocolError
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import Error, Notice

_FEW = 100
"""Computers of which more is remembered than there are here, without a thought."""

Fields = dict[str, str | int]


class Links:
    """Links by the number of their connection."""

    def __init__(
        self,
        peer: PeerId,
        limits: Limits,
        deadlines: Deadlines[Due],
        shelf: Shelf,
        counters: Counters,
    ) -> None:
        self._peer = peer
        self._limits = limits
        self._deadlines = deadlines
        self._shelf = shelf
        self._counters = counters
        self._links: dict[ConnectionId, Link] = {}
        self._allowances: dict[bytes, Allowance] = {}
        """By computer, as long as there is something to remember."""

    def __len__(self) -> int:
        return len(self._links)

    def __contains__(self, link: Link) -> bool:
        return self._links.get(link.id) is link

    def get(self, connection: ConnectionId) -> Link | None:
        """The connection's link, unless it has ended."""
        return self._links.get(connection)

    def add(self, connection: ConnectionId, guest: Guest | None, now: float) -> Link:
        """Begin with a connection, which now has a while to join."""
        rates = Rates(self._limits, now, self._allowance(guest, now))
        link = self._links[connection] = Link(connection, guest, rates)
        self._deadlines.add(now + self._limits.join_within, JoinBy(link))
        return link

    def drop(self, link: Link, now: float) -> None:
        """Forget a connection."""
        self._links.pop(link.id, None)
        link.inbox.clear()
        link.backlog.clear()
        for member in link.members.values():
            room = member.room
            room.members.pop(link.id, None)
            if member.held is not None:
                room.outside.waiting.discard(member.held)
            if not room.members:
                self._shelf.left_empty(room, now)
        link.members.clear()
        if link.guest and (brought := self._shelf.get(link.guest.contract)):
            brought.bearers.discard(link.id)

    def let_go(self, link: Link, now: float) -> list[Effect]:
        """Close a connection that has said goodbye."""
        self.drop(link, now)
        return [Close(link.id, NORMAL, "")]

    def _allowance(self, guest: Guest | None, now: float) -> Allowance | None:
        """What is left to a computer; to come back does not make it more."""
        if guest is None:
            return None
        if len(self._allowances) > 2 * len(self._links) + _FEW:
            kept = self._allowances.items()
            self._allowances = {key: left for key, left in kept if not left.is_full(now)}
        fresh = Allowance(self._limits, now)
        return self._allowances.setdefault(guest.device.key.raw, fresh)

    def refuse(
        self, link: Link, error: ProtocolError, now: float, document: DocumentId | None = None
    ) -> list[Effect]:
        """Tell a connection why it is closed, and close it."""
        if link not in self:
            return []
        self._counters.refuse(word_of(error))
        effects: list[Effect] = []
        if isinstance(error, Refusal) and error.notice and document is not None:
            effects += self.notify(link, document, error.notice, {"reason": str(error)})
        self.drop(link, now)
        words = encode(Error(str(error), self._peer, link.peer))
        return [*effects, Send(link.id, words), Close(link.id, code_of(error), str(error))]

    def notify(self, link: Link, document: DocumentId, kind: str, fields: Fields) -> list[Effect]:
        """Tell a connection something, if it understands."""
        if not link.speaks or link.peer is None:
            return []
        notice = Notice(self._peer, link.peer, document, kind, fields)
        return [Send(link.id, encode(notice))]

    # Those that take more than they may

    def rest(self, link: Link, seconds: float, word: str, now: float) -> list[Effect]:
        """Stop listening to a connection for a while, if there is a reason to."""
        until = now + seconds
        if until <= max(now, link.rests_until) or link not in self:
            return []
        self._counters.rests[word] += 1
        resting = link.rests_until > now
        link.rests_until = until
        if resting:
            return []
        self._deadlines.add(until, Wake(link))
        return [] if link.held else [Hold(link.id)]

    def may_wake(self, link: Link, now: float) -> bool:
        """Whether a connection has rested enough; otherwise it is looked at again later."""
        if link not in self:
            return False
        if link.rests_until > now:
            self._deadlines.add(link.rests_until, Wake(link))
            return False
        return True

    def release(self, link: Link, now: float) -> list[Effect]:
        """Listen to a connection again, unless something else is against it."""
        if link not in self or link.held or link.backlog or link.rests_until > now:
            return []
        return [Release(link.id)]
