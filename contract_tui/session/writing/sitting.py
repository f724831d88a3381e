"""When this person was last here: what they had seen and written before this sitting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from contract_tui.contract.heads import read_heads, write_heads
from contract_tui.contract.values import Heads
from contract_tui.library.errors import LibraryError, OutOfStep
from contract_tui.library.keepsakes import SEEN, Keepsakes
from contract_tui.session.copies.replica import Replica
from contract_tui.session.writing.pen import Pen
from sync_server.access.keys import DEVICE_PREFIX_SIZE
from sync_server.access.proof import Seat
from sync_server.protocol.ids import Actor


class Sitting:
    """One person's time with an open contract, from the moment of opening it.

    Whoever writes leaves a mark in the contract when they look back. Whoever reads along never
    writes into it: their mark is kept on their own computer.
    """

    def __init__(
        self,
        me: Seat | None,
        replica: Replica,
        pen: Pen,
        keepsakes: Keepsakes,
        clock: Callable[[], float],
    ) -> None:
        self._me = me
        self._replica = replica
        self._pen = pen
        self._keepsakes = keepsakes
        self._clock = clock
        self._here = replica.contract.actor[:DEVICE_PREFIX_SIZE]
        self._earlier = frozenset(replica.graph.actors)
        self._before: Heads | None = None
        self._has_marked = False

    @property
    def last_seen(self) -> Heads | None:
        """The version up to which this person knew the contract; None for the first time.

        Its heads are the newest changes among those that they had seen when they last looked back,
        and those that they made themselves, on any computer, but for this sitting.
        """
        return self._before if self._has_marked else self._known()

    def mark(self) -> None:
        """Note that this person looks back; once in a sitting, however often this is called."""
        if self._has_marked or not self._replica.has_begun:
            return
        before = self._known()
        if self._pen.can_write:
            with suppress(OutOfStep):  # the next edit says so
                self._has_marked = self._pen.mark_seen()
        else:
            said = write_heads(self._replica.contract.heads)
            with suppress(LibraryError):
                self._keepsakes.put(SEEN, {b"": f"{int(self._clock())} {said}".encode()})
            self._has_marked = True
        self._before = before

    def _known(self) -> Heads | None:
        """The newest of what was seen and of what was written before this sitting."""
        graph = self._replica.graph
        known = {graph.positions[head] for head in self._seen() if head in graph}
        mine = self._own_actors()
        below = bytearray(len(graph))
        newest: list[int] = []
        for position in reversed(range(len(graph))):
            if not below[position]:
                if position not in known and graph.header(position).actor not in mine:
                    continue
                if self._replica.is_aside(graph.hashes[position]):
                    continue
                newest.append(position)
            for dep in graph.deps(position):
                below[dep] = 1
        return tuple(sorted(graph.hashes[position] for position in newest)) or None

    def _seen(self) -> Heads:
        """The version at which this person last looked back."""
        if self._pen.can_write and self._me is not None:
            seen = self._replica.contract.seen.get(self._me.id)
            return seen.heads if seen else ()
        with suppress(LibraryError, UnicodeDecodeError):
            kept = self._keepsakes.get(SEEN) or b""
            return read_heads(kept.decode().partition(" ")[2]) or ()
        return ()

    def _own_actors(self) -> set[Actor]:
        """Under whose names this person has written, but for this sitting on this computer."""
        if self._me is None:
            return set()
        author, me = self._replica.contract.author, self._me.id
        return {
            actor
            for actor in self._replica.graph.actors
            if (actor in self._earlier or not actor.startswith(self._here))
            and author(actor).id == me
        }
