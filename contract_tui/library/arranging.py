"""Brings changes that are all at hand into an order, dependencies first."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.orphans import Orphans


class Arrangement:
    """Takes changes in any order; those that wait are never sent away, as a relay's would be.

    A file or a disk is read once: nobody repeats what was let go of.
    """

    def __init__(self, *, validate: bool = False) -> None:
        """Begin; with `validate`, only changes fit that can break nobody's document."""
        self._graph = Graph(orphans=Orphans(sys.maxsize, sys.maxsize), validate=validate)
        self._taken: dict[bytes, Change] = {}
        self.refused: list[Change] = []
        """Those that cannot be read, or contradict what came before them."""
        self.fitting: list[Change] = []
        """Those that have all that they were made on top of, dependencies first."""

    def take(self, changes: Iterable[Change]) -> None:
        """Take more changes."""
        for change in changes:
            self._taken.setdefault(change.hash, change)
            try:
                self.fitting += self._graph.add([change])
            except BadChunk:
                self.refused.append(change)

    @property
    def left_over(self) -> list[Change]:
        """Those that lack something, or contradict what came before them."""
        return [one for one in self._taken.values() if one.hash not in self._graph]
