"""The Automerge sync protocol over a change graph: one side of one exchange.

A state belongs to one document on one connection and begins anew with it, on both sides: a lost
message with a kept state would make the two talk past each other for ever. Where this departs from
Automerge's own implementation, it is understood by it:

1. A peer whose heads are all known gets exactly what it lacks; its filter is not consulted.
2. To such a peer our heads are announced as shared, true once it has applied the message.
3. Nothing to send and nothing new to say is said by silence.
4. A reset makes us forget what we believe we sent.
5. Three rounds without progress end in a message with empty heads, which makes any peer forget what
   it believes it sent, and start again. Each time that did not help it takes twice as many rounds.
"""

import sys
from bisect import bisect_left

from sync_server.protocol.bloom import build_bloom
from sync_server.protocol.chunk import Change
from sync_server.protocol.filters import Beyond, Filters
from sync_server.protocol.gathering import Gathering
from sync_server.protocol.graph import Graph, Heads
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.sync_message import Capability, Have, SyncMessage, Version

__all__ = ["Capability", "Have", "SyncMessage", "SyncState", "Version"]

_PATIENCE = 3
"""Rounds without progress before healing; twice as many each time that it did not help."""
_MOST_HEALS = 5
"""A peer that is not in step after these cannot be helped on this connection."""
_MOST_COMMON = 64
"""Hashes kept of what is known to be common while a peer's heads are not all known here."""


class SyncState:
    """What we know of one peer's copy of one document."""

    MOST_BYTES = 8 << 20
    """Raw changes in one message; the rest follows when the peer has answered."""
    MOST_UNANSWERED = 1_000
    """Changes on their way beyond which an answer is awaited before more is worked out and sent."""

    MANY = 1_000
    """Changes of which our filter tells by the one of everything, which all peers have in common.
    It is longer, and costs no further work."""
    STEP = 2_000
    """Changes that are looked up in filters, or put into one, in one step: some milliseconds."""

    def __init__(
        self, graph: Graph, *, advertise: bool = False, mute: bool = False, stepwise: bool = False
    ) -> None:
        """Begin an exchange; with `advertise` the peer may send whole documents for changes.

        Who is `mute` takes changes and never sends any. With `stepwise` a message that takes long
        is worked out in steps, so that others can be served in between: see `unfinished`.
        """
        self.their_heads: Heads | None = None
        """The heads of the peer's last message; None before the first."""
        self.unfinished = False
        """The last `generate` was one step of several: call it again soon."""
        self.extra = 0
        """Changes looked at once more though the peer has said nothing new."""
        self._graph = graph
        self._advertise = advertise
        self._mute = mute
        self._shared: Heads = ()
        self._acknowledged: Heads = ()
        self._last_sent: Heads = ()
        self._their_need: Heads = ()
        self._their_have: tuple[Have, ...] | None = None
        self._filters: Filters | None = None
        self._beyond: Beyond | None = None
        self._step = self.STEP if stepwise else sys.maxsize
        self._gathering = Gathering(graph)
        self._our_filter: tuple[Heads, Heads, bytes] = ((), (), b"")
        """From what is shared to our heads; it takes long to build."""
        self._sent: set[int] = set()
        self._in_flight = False
        self._spoken = False
        self._stalled = 0
        self._heals = 0
        """Since the peer was in step last."""
        self._packs_v2 = False
        self._read_only = False

    @property
    def in_step(self) -> bool:
        """Tell whether the peer said last that it has exactly what we have."""
        return self.their_heads == self._graph.heads

    @property
    def caught_up(self) -> bool:
        """Tell whether everything that the peer said last that it has is here."""
        return self._all_known()

    def unshared(self) -> int:
        """Return how many changes of ours the peer has not acknowledged on this connection."""
        return len(self._graph.since((*self._acknowledged, *(self.their_heads or ()))))

    def receive(self, message: SyncMessage, changes: list[Change]) -> list[Change]:
        """Take a message and the changes parsed out of it; returns those that are new.

        Raises BadChunk as `Graph.add` does; the exchange is over then.
        """
        graph = self._graph
        before = graph.heads
        self._in_flight = False
        self._gathering.take()
        self._note_capabilities(message.capabilities)
        if not changes and message.heads and message.heads == before:
            self._agree(message)
            return []
        entered = graph.add(changes)
        if changes:
            self._share_beyond(before)
        known = tuple([head for head in message.heads if head in graph])
        self._settle(message, known)
        self._watch_progress(message, known)
        self._note_heads(message.heads, known)
        self.their_heads = message.heads
        self._their_need, self._their_have = message.need, message.have
        self._filters = self._beyond = None
        if self.in_step:
            self._heals = 0
        return entered

    def generate(self, ack: bool = True) -> SyncMessage | None:
        """Return the next message, or None for silence, or for one that is `unfinished`.

        Without `ack` only a message that carries changes or asks for some.
        """
        graph = self._graph
        self.unfinished = False
        if self._in_flight and len(self._sent) > self.MOST_UNANSWERED:
            return None
        if self._assumes_too_much():
            self._their_have = ()
            return SyncMessage(graph.heads, have=(Have(()),), capabilities=self._capabilities())
        known = self._all_known()
        need = () if known else graph.missing(self.their_heads or ())
        heal = self._heals < _MOST_HEALS and self._stalled >= _PATIENCE << self._heals
        wanted = self._wanted(known, set() if heal else self._sent)
        if not heal and self._silent(known, need, wanted, ack):
            return None
        portion = self._portion(wanted)
        complete = len(portion) == len(wanted) and not (heal or self._mute)
        have = self._have(known, need, complete)
        changes = self._pack(portion)
        if self.unfinished:
            return None
        if heal:
            self._sent.clear()
            self._stalled = 0
            self._heals += 1
        self._sent.update(portion)
        self._spoken = self._in_flight = True
        self._last_sent = () if heal else graph.heads
        return SyncMessage(
            self._last_sent,
            need,
            have,
            changes,
            self._capabilities(),
            Version.V2 if self._packs_v2 else Version.V1,
        )

    def nudge(self) -> None:
        """Make the next `generate` speak if the peer is not in step: call it after seconds so."""
        if not self.in_step:
            self._in_flight = self._spoken = False
            self._stalled += 1

    # Receiving

    def _agree(self, message: SyncMessage) -> None:
        """Take the answer that most changes get: what follows for it from all the rules below."""
        self._sent.clear()
        self._stalled = self._heals = 0
        self._shared = self._acknowledged = self.their_heads = message.heads
        self._their_need, self._their_have = message.need, message.have
        self._filters = self._beyond = None

    def _note_capabilities(self, shown: Capability | None) -> None:
        if shown is None:
            return
        self._packs_v2 = True
        self._read_only = Capability.READ_ONLY in shown
        if Capability.RESET in shown:
            self._sent.clear()

    def _share_beyond(self, before: Heads) -> None:
        """Whoever sent us changes has them: heads that came with them are shared."""
        old, heads = set(before), set(self._graph.heads)
        self._shared = tuple(sorted((heads - old) | (heads & set(self._shared))))

    def _settle(self, message: SyncMessage, known: Heads) -> None:
        """Forget as sent what has arrived, or all when the peer starts over."""
        if self._sent and known:
            self._sent.intersection_update(self._graph.since(known))
        if message.is_reset:
            self._sent.clear()

    def _watch_progress(self, message: SyncMessage, known: Heads) -> None:
        repeats = not message.changes and message.heads == self.their_heads
        positions = self._graph.positions
        stuck = repeats and (
            len(known) < len(message.heads)
            or any(positions.get(change) in self._sent for change in message.need)
        )
        self._stalled = self._stalled + 1 if stuck else 0

    def _note_heads(self, heads: Heads, known: Heads) -> None:
        if len(known) == len(heads):
            self._shared = self._acknowledged = heads
            if not heads:  # the peer lost everything, or heals
                self._last_sent = ()
                self._sent.clear()
        else:
            self._shared = self._latest({*self._shared, *known})
            self._acknowledged = self._latest({*self._acknowledged, *known})

    def _latest(self, hashes: set[ChangeHash]) -> Heads:
        """Bound what a peer with unknown heads can make us keep."""
        positions = self._graph.positions
        latest = sorted(hashes, key=lambda change: positions.get(change, -1))[-_MOST_COMMON:]
        return tuple(sorted(latest))

    # Generating

    def _capabilities(self) -> Capability | None:
        return Capability.KNOWS_RESET if self._advertise else None

    def _assumes_too_much(self) -> bool:
        """Tell whether the peer believes that we share something that is not here."""
        if not self._their_have:
            return False
        graph = self._graph
        return any(
            change not in graph and not graph.expects(change)
            for change in self._their_have[0].last_sync
        )

    def _all_known(self) -> bool:
        if self.their_heads is None:
            return False
        return all(head in self._graph for head in self.their_heads)

    def _wanted(self, known: bool, sent: set[int]) -> list[int]:
        """Return the positions, ascending, that the peer lacks and was not sent."""
        if self._mute or self._their_have is None or self._read_only:
            return []
        positions = self._graph.positions
        wanted = self._lacking(known, self._their_have) if self._their_have else []
        named = {positions[change] for change in self._their_need if change in positions}
        if named:
            wanted = sorted(named.union(wanted))
        return [position for position in wanted if position not in sent] if sent else wanted

    def _lacking(self, known: bool, have: tuple[Have, ...]) -> list[int]:
        """Return what is beyond the peer's heads and, if it has more than we know, its filters."""
        graph = self._graph
        base = set(self.their_heads or ())
        for entry in have:
            base.update(entry.last_sync)
        if known:
            return graph.since(base)
        named = base & graph.positions.keys()
        if self._beyond is None or self._beyond.named != named:
            self.extra += len(graph) if self._beyond else 0
            self._filters = self._filters or Filters(graph, have)
            self._beyond = Beyond(graph, named, self._filters)
        self.unfinished = not self._beyond.advance(self._step)
        return self._beyond.lacking

    def _silent(self, known: bool, need: Heads, wanted: list[int], ack: bool) -> bool:
        if self.unfinished:
            return True
        unchanged = self._spoken and self._last_sent == self._graph.heads
        if unchanged and self._in_flight:
            return True
        if wanted:
            return False
        if unchanged and known:
            return True
        return not ack and not need and self._spoken

    def _have(self, known: bool, need: Heads, complete: bool) -> tuple[Have, ...]:
        graph = self._graph
        if complete and known:
            return (Have(graph.heads),)
        if set(need) <= set(self.their_heads or ()):
            return (Have(self._shared, self._bloom()),)
        return ()

    def _bloom(self) -> bytes:
        """Return a filter of what we have beyond what is shared, and maybe of more."""
        graph = self._graph
        since, until, wire = self._our_filter
        if (since, until) == (self._shared, graph.heads):
            return wire
        beyond = graph.since(self._shared)
        if len(beyond) <= self.MANY:
            wire = build_bloom([graph.hashes[position] for position in beyond])
        elif graph.filter.advance(self._step):
            wire = graph.filter.wire()
        else:
            self.unfinished = True
            return b""
        self._our_filter = (self._shared, graph.heads, wire)
        return wire

    def _portion(self, wanted: list[int]) -> list[int]:
        """Cut what is wanted to a size that fits one message."""
        graph = self._graph
        snapshot = graph.snapshot
        room = self.MOST_BYTES
        if graph.size <= room or graph.size_of(wanted) <= room:
            return wanted
        for count, position in enumerate(wanted):
            if snapshot and self._packs_v2 and position < snapshot.covers:
                continue
            room -= graph.size_of((position,))
            if room < 0 and count:
                return wanted[:count]
        return wanted

    def _pack(self, portion: list[int]) -> tuple[bytes, ...]:
        """Return the changes; the snapshot in place of those it covers, where that is shorter."""
        graph, snapshot = self._graph, self._graph.snapshot
        if not self._packs_v2:
            return tuple(self._gather(portion))
        chunks: list[bytes] = []
        if snapshot:
            covered = portion[: bisect_left(portion, snapshot.covers)]
            if graph.size_of(covered) > len(snapshot.data):
                chunks.append(snapshot.data)
                portion = portion[len(covered) :]
        chunks += self._gather(portion)
        return (b"".join(chunks),) if chunks else ()

    def _gather(self, portion: list[int]) -> list[bytes]:
        if len(portion) <= self._step:
            return self._graph.raws(portion)
        if self._gathering.advance(portion, self._step) and not self.unfinished:
            return self._gathering.take()
        self.unfinished = True
        return []
