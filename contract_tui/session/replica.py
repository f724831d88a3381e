"""One contract's changes in three places, kept in step: on disk, in the graph, in the document.

All three happen without a pause between them, and nothing may be told to a relay while something of
the graph is not on the disk (`is_saved`), because telling vouches for keeping.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import DocumentDamaged, NewerFormat, NotAContract
from contract_tui.contract.opening import Opening
from contract_tui.session.errors import LibraryError, OutOfStep
from contract_tui.session.journal import Appearance, Journal
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph

OUT_OF_STEP = "what you write cannot be kept: copy your last words and open the contract again"


class Replica:
    """One computer's copy of one contract."""

    def __init__(
        self,
        journal: Journal,
        graph: Graph,
        contract: Contract,
        clock: Callable[[], float] = time.time,
        unsaved: Sequence[Change] = (),
    ) -> None:
        self.graph = graph
        self.contract = contract
        self.trouble = ""
        """Why the disk does not take what is written, in one sentence; empty while it does."""
        self._journal = journal
        self._clock = clock
        self._unsaved = list(unsaved)
        self._has_waited = False

    @property
    def unsaved(self) -> int:
        """How many changes are in memory only."""
        return len(self._unsaved)

    @property
    def damaged(self) -> int:
        """How many changes on the disk could not be read and have not come again."""
        return self._journal.lost

    @property
    def left_over(self) -> int:
        """How many changes on the disk lack one that they need, or contradict another."""
        only_here = sum(change.hash not in self._journal for change in self._unsaved)
        return max(0, self._journal.whole + only_here - len(self.graph))

    @property
    def set_aside(self) -> list[str]:
        """What is not used of what is stored or written, in words."""
        found = []
        if self.damaged:
            found.append(f"{self.damaged} damaged changes on the disk were left out")
        if self.left_over:
            found.append(
                f"{self.left_over} changes on the disk are not used: "
                "they lack others that they need, or contradict them"
            )
        return [*found, *self.contract.set_aside]

    @property
    def is_saved(self) -> bool:
        """Whether everything in the graph is on the disk."""
        return not self._unsaved

    def record(self, raw: bytes) -> None:
        """Keep a change that the contract has just made.

        Raises OutOfStep when it does not follow what is kept, and then again for every later one:
        whatever is written on top of it could be neither kept nor shared.
        """
        try:
            entered = self.graph.add(parse_changes([raw]))
        except BadChunk as error:
            raise OutOfStep(OUT_OF_STEP) from error
        if not entered:
            raise OutOfStep(OUT_OF_STEP)
        self._keep(entered)

    def take(self, changes: Sequence[Change]) -> list[Change]:
        """Take changes from elsewhere; returns those that are new. Raises BadChunk."""
        before = len(self.graph)
        try:
            entered = self.graph.add(changes)
        except BadChunk:
            # What came before the bad one has entered, and must not stay in the graph alone.
            self._admit_from(before)
            raise
        self.admit(entered)
        return entered

    def admit(self, entered: Sequence[Change]) -> None:
        """Store changes that have entered the graph already, and show them in the document."""
        if not entered:
            return
        try:
            self._show([change.raw for change in entered])
        finally:
            self._keep(entered)  # it is in the graph already

    def catch_up(self) -> bool:
        """Take what other programs of this person stored; returns whether there was anything.

        What contradicts the contract here, or cannot be read, counts as left over.
        """
        entered: list[Change] = []
        news = self._journal.news()
        for raw in news:
            with suppress(BadChunk):
                entered += self.graph.add(parse_changes([raw]))
        self.admit(entered)
        return bool(news)

    def retry(self) -> bool:
        """Try again to store what could not be stored; returns whether all is saved now."""
        if self._unsaved:
            self._store(in_haste=True)
        return self.is_saved

    def save(self) -> None:
        """Store everything, waiting for other programs if need be; raises LibraryError.

        Whoever has waited in vain is not kept waiting a second time.
        """
        if self._unsaved:
            self._store(in_haste=self._has_waited)
            self._has_waited = bool(self._unsaved)
        if self._unsaved:
            raise LibraryError(self.trouble)

    def _show(self, raws: Sequence[bytes]) -> None:
        try:
            self.contract.apply(raws)
        except DocumentDamaged:
            # The document is lost in memory only; what broke it is left out when it is opened.
            raws = self.graph.raws(range(len(self.graph)))
            opening = Opening(raws, self.contract.actor)
            # What is open stays open; the next opening says that it needs a newer program.
            with suppress(NewerFormat, NotAContract):
                opening.complete()
            self.contract = self.contract.reopened(opening)

    def _admit_from(self, position: int) -> None:
        raws = self.graph.raws(range(position, len(self.graph)))
        self.admit(parse_changes(raws))

    def _keep(self, changes: Sequence[Change]) -> None:
        """Store changes, or keep them in memory until `retry` succeeds.

        While the disk takes nothing, it is not asked at each key: that would cost more each time.
        """
        self._unsaved += changes
        if not self.trouble:
            self._store(in_haste=True)

    def _store(self, *, in_haste: bool) -> None:
        appearance = Appearance(self.contract.title, int(self._clock()), self.graph.heads)
        try:
            self._journal.append(self._unsaved, appearance, in_haste=in_haste)
        except LibraryError as error:
            self.trouble = str(error)
            return
        self._unsaved.clear()
        self.trouble = ""
        self.graph.trim()
