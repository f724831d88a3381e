"""Changes on their way from connections into graphs and from graphs onto the disk."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from sync_server.hub.effects import Effect, Hold
from sync_server.hub.guest import Guest
from sync_server.hub.keeper import Keeper
from sync_server.hub.limits import Limits
from sync_server.hub.room import Link, Member, Room
from sync_server.hub.upload import Deposit, Errand, Upload, cost
from sync_server.hub.waiting import Place, Waiting, is_own
from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import DocumentId
from sync_server.storage.port import StoredChange

_STEPS = 10
"""Marks of seals that go one change further down for the price of taking one in."""


class Spent(NamedTuple):
    """What it cost to take something in."""

    budget: int
    """Of what may be done in one turn."""
    operations: int
    """Those that were looked at."""
    refused: int = 0
    """Changes that the graph did not take."""


class Intake:
    """The line of connections with something to take, and the batch that is being taken.

    Each connection's messages are taken in their order; connections take turns, a slice each. So
    do members for whom something waited that seals now cover.
    """

    def __init__(self, limits: Limits, keeper: Keeper) -> None:
        self.batch: list[StoredChange] = []
        """What is in the graphs and not yet on the disk."""
        self.grown: dict[Room, None] = {}
        """The rooms of the batch."""
        self.answers: list[tuple[Member, Upload]] = []
        """Whose messages are taken and wait for the disk."""
        self.freed: dict[Member, None] = {}
        """For whom something that waited has entered."""
        self._limits = limits
        self._keeper = keeper
        self._line: deque[Link | Member] = deque()
        self._stirred: set[Member] = set()

    def __bool__(self) -> bool:
        """Whether anyone stands in line."""
        return bool(self._line)

    def __len__(self) -> int:
        return len(self._line)

    def put(self, link: Link, item: Upload | Deposit | Errand) -> list[Effect]:
        """Put a message in line; a connection with too much in line is not read from."""
        link.inbox.append(item)
        link.inbox_size += item.size
        self._line_up(link)
        if link.held or link.inbox_size <= self._limits.inbox:
            return []
        link.held = True
        return [Hold(link.id)]

    def next(self) -> Link | Member:
        """Whose turn it is; it leaves the line until `done` or `resume`, or `stir`."""
        turn = self._line.popleft()
        if isinstance(turn, Member):
            self._stirred.discard(turn)
        return turn

    def resume(self, links: Sequence[Link]) -> None:
        """Let those continue who waited for their document to be loaded, or who rested."""
        self._line.extend(links)

    def stir(self, member: Member) -> None:
        """Put a member in line if seals have come for what waits."""
        if member.held and member.held.busy and member not in self._stirred:
            self._stirred.add(member)
            self._line.append(member)

    def take(self, member: Member, upload: Upload, budget: int, now: float) -> Spent:
        """Take changes into the graph until the budget is spent. Raises BadChunk."""
        graph = member.room.graph
        if not _is_ready(member, upload):
            return Spent(budget, 0)
        changes = upload.take(budget)
        shown = self._sift(member, changes, now)
        operations = sum([change.ops for change in shown if change.hash not in graph])
        first, refused = len(graph), 0
        try:
            if upload.finished:
                member.sync.receive(upload.message, shown)
            else:
                graph.add(shown)
        except BadChunk:
            refused = self._add_singly(member, shown, now)
            if upload.finished:
                member.sync.receive(upload.message, [])
        finally:  # what entered before a refused change has entered, and must be stored
            upload.entered += self._collect(member.room, first)
        upload.waits = upload.waits or refused > 0 or len(shown) < len(changes)
        if upload.finished:
            self.answers.append((member, upload))
        return Spent(1 + sum(map(cost, changes)), operations, refused)

    def settle(self, member: Member, budget: int, now: float) -> Spent:
        """Take in what seals cover until the budget is spent. Raises BadChunk."""
        held, graph = member.held, member.room.graph
        if held is None:
            return Spent(1, 0)
        steps = held.spread(_STEPS * budget)
        covered = held.take(max(1, budget - steps // _STEPS))
        first, refused = len(graph), 0
        try:
            graph.add(covered)
        except BadChunk:
            refused = self._add_singly(member, covered, now)
        finally:
            entered = self._collect(member.room, first)
        if covered:
            held.moved_at = now
        if entered:
            self.freed[member] = None
        self.stir(member)
        operations = sum([change.ops for change in covered])
        return Spent(1 + sum(map(cost, covered)) + steps // _STEPS, operations, refused)

    def done(self, link: Link) -> bool:
        """End a turn; returns whether the connection may be read from again."""
        freed = False
        if link.inbox[0].finished:
            link.inbox_size -= link.inbox.pop(0).size
            if link.held and link.inbox_size <= self._limits.inbox // 2:
                link.held = False
                freed = True
        link.queued = False
        if link.inbox:
            self._line_up(link)
        return freed

    def withdraw(self, room: Room) -> None:
        """Leave a document out of the batch."""
        document: DocumentId = room.document
        self.batch = [change for change in self.batch if change.document != document]
        self.grown.pop(room, None)
        self._keeper.withdraw(room)

    def _line_up(self, link: Link) -> None:
        if not link.queued:
            link.queued = True
            self._line.append(link)

    def _sift(self, member: Member, changes: list[Change], now: float) -> list[Change]:
        """Let pass what is shown to be its author's; on an open relay that is everything."""
        guest = member.link.guest
        if guest is None or not changes:
            return changes
        if member.held is None:
            prefix = guest.device.prefix
            if all(is_own(change, prefix) for change in changes):
                return changes
        held = _waiting(member, guest)
        before = len(held)
        shown = held.sift(changes)
        if len(held) != before:
            held.moved_at = now
        self.stir(member)
        return shown

    def _add_singly(self, member: Member, changes: Sequence[Change], now: float) -> int:
        """Take in what may enter of changes among which one may not, and hold back the others.

        Returns how many were refused. They may be old and honest, from before a rule was made, so
        that whoever has them goes on; but on an open relay, or where they are many, it ends:
        raises BadChunk.
        """
        guest, refused = member.link.guest, 0
        rest = list(changes)
        while rest:
            change = rest.pop(0)
            try:
                member.room.graph.add([change])
            except BadChunk:
                if guest is None or not member.link.rates.refused.spare(now):
                    raise
                refused += 1
                rest = _waiting(member, guest).refuse(change, rest)
        return refused

    def _collect(self, room: Room, first: int) -> int:
        """Put the changes from a position on into the batch; returns how many."""
        graph = room.graph
        positions = range(first, len(graph))
        for position, raw in zip(positions, graph.raws(positions), strict=True):
            header = graph.header(position)
            self.batch.append(
                StoredChange(
                    room.document,
                    position,
                    header.hash,
                    header.deps,
                    header.actor,
                    header.seq,
                    header.start_op,
                    header.max_op,
                    raw,
                )
            )
            self._keeper.entered(room, header)
            for waiting in room.outside.waiting:
                waiting.entered(header.hash)
        if positions:
            self.grown[room] = None
            if room.outside.waiting:
                for member in room.members.values():
                    self.stir(member)
        return len(positions)


def _is_ready(member: Member, upload: Upload) -> bool:
    """Read a part of what is needed to check a large change; returns whether it can be taken.

    Nothing is read for what is not shown to be its author's, as it is not going to be checked.
    """
    change, guest = upload.large, member.link.guest
    if change is None or (guest and not is_own(change, guest.device.prefix)):
        return True
    return upload.read_ahead(change, member.room.graph)


def _waiting(member: Member, guest: Guest) -> Waiting:
    """What of a member waits, or is held back."""
    if member.held is None:
        room = member.room
        place = Place(room.graph, room.outside, room.custody)
        member.held = Waiting(place, guest.device.prefix)
        room.outside.waiting.add(member.held)
    return member.held
