"""Seals what is written on this computer: soon after the last key, and at the latest on leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from contract_tui.library.library import OwnSeat
from sync_server.access.seal import Seal, seal
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId

DELAY = 2.0
"""Seconds after the last edit."""
LONGEST = 6.0
"""Seconds after which, or …"""
MOST_UNSEALED = 20
"""… changes after which nobody waits for a pause."""
SLICE = 2000
"""Changes looked at before the screen gets its turn: some 3 ms."""


class Sealer:
    """Signs for this computer's own changes, and never for anything that came from elsewhere."""

    def __init__(
        self, own: OwnSeat, contract: DocumentId, actor: Actor, keep: Callable[[Seal], None]
    ) -> None:
        self._own = own
        self._contract = contract
        self._actor = actor
        self._keep = keep
        self._newest: ChangeHash | None = None
        """The latest own change that is not sealed."""
        self._count = 0
        self._due = 0.0
        """When the first change that is not sealed has waited long enough."""
        self._timer: asyncio.TimerHandle | None = None

    def wrote(self, change: ChangeHash, actor: Actor) -> None:
        """Note a change that was made here, as this actor."""
        if actor != self._actor:
            self.seal()
            self._actor = actor
        self._newest = change
        self._count += 1
        if self._count >= MOST_UNSEALED:
            self.seal()
            return
        loop = asyncio.get_running_loop()
        if self._timer is None:
            self._due = loop.time() + LONGEST
        else:
            self._timer.cancel()
        self._timer = loop.call_at(min(loop.time() + DELAY, self._due), self.seal)

    def seal(self) -> None:
        """Seal what was written since the last time, if anything was."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        newest, self._newest, self._count = self._newest, None, 0
        if newest is not None:
            self._seal(self._actor, newest)

    async def catch_up(
        self, graph: Graph, sealed: Callable[[Actor], int], foreign: Mapping[Actor, int]
    ) -> None:
        """Seal what earlier starts of the program on this computer left without.

        `foreign` says of which actors changes came from elsewhere, and from which number on.
        """
        for actor, positions in (await _own_work(graph, self._own.device.prefix)).items():
            mine = positions[: foreign[actor] - 1] if actor in foreign else positions
            done = sealed(actor)
            if actor == self._actor or len(mine) <= done:
                continue
            # One for each stretch, so that a relay can take a long upload slice by slice.
            for number in range(done + MOST_UNSEALED, len(mine), MOST_UNSEALED):
                self._seal(actor, graph.hashes[mine[number - 1]])
                await asyncio.sleep(0)  # a long past needs many: whoever types comes first
            self._seal(actor, graph.hashes[mine[-1]])

    def _seal(self, actor: Actor, change: ChangeHash) -> None:
        self._keep(seal(self._own.key, self._contract, actor, change))


async def _own_work(graph: Graph, prefix: bytes) -> dict[Actor, list[int]]:
    """The positions of a device's changes by actor, in the order of their numbers."""
    work: dict[Actor, list[int]] = {}
    for position in range(len(graph)):
        if position % SLICE == 0:
            await asyncio.sleep(0)
        actor = graph.header(position).actor
        if actor.startswith(prefix):
            work.setdefault(actor, []).append(position)
    return work
