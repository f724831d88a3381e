"""One contract's changes in three places, kept in step: on disk, in the graph, in the document.

All three happen without a pause between them, and nothing may be told to a relay while something of
the graph is not on the disk (`is_saved`), because telling vouches for keeping.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from secrets import token_bytes

from contract_tui.contract.contract import Contract
from contract_tui.contract.effects import heads_after
from contract_tui.contract.errors import NewerFormat, NotAContract
from contract_tui.contract.opening.opening import Opening
from contract_tui.history.history import History
from contract_tui.language import _, ngettext
from contract_tui.library.errors import LibraryError, OutOfStep
from contract_tui.library.journal import Appearance, Journal
from contract_tui.library.quarantine import Quarantine
from contract_tui.session.copies.names import Names
from sync_server.access.constants import GENESIS_HASH
from sync_server.access.keys import DEVICE_PREFIX_SIZE
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph, Heads
from sync_server.protocol.ids import Actor, ChangeHash

OUT_OF_STEP = _("what you write cannot be kept: copy your last words and open the contract again")


def _damaged(n: int) -> str:
    return ngettext(
        "{n} damaged change on the disk was left out",
        "{n} damaged changes on the disk were left out",
        n,
    ).format(n=n)


def _left_over(n: int) -> str:
    return ngettext(
        "{n} change on the disk is not used: it lacks others that it needs, or contradicts them",
        "{n} changes on the disk are not used: they lack others that they need, or contradict them",
        n,
    ).format(n=n)


class Replica:
    """One computer's copy of one contract."""

    def __init__(
        self,
        journal: Journal,
        graph: Graph,
        contract: Contract,
        clock: Callable[[], float] = time.time,
        unsaved: Sequence[Change] = (),
        quarantine: Quarantine | None = None,
    ) -> None:
        self.graph = graph
        self.contract = contract
        self.trouble = ""
        """Why the disk does not take what is written, in one sentence; empty while it does."""
        self.recalled: Callable[[], History | None] = lambda: None
        """The past that was read last, for as long as somebody looks at it."""
        self._journal = journal
        self._clock = clock
        self._unsaved = list(unsaved)
        self._quarantine = quarantine or Quarantine(journal.keepsakes)
        self._has_waited = False

    @property
    def has_begun(self) -> bool:
        """Whether the first change of every contract is here, on which all others are made."""
        return GENESIS_HASH in self.graph

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
        told = self._quarantine.sentence(self.contract.author)
        found = [told] if told else []
        if self.damaged:
            found.append(_damaged(self.damaged))
        if self.left_over:
            found.append(_left_over(self.left_over))
        return [*found, *self.contract.set_aside]

    def is_aside(self, change: ChangeHash) -> bool:
        """Whether a change of the graph is not in the document, because that cannot bear it."""
        return change in self._quarantine.aside.hashes

    @property
    def is_saved(self) -> bool:
        """Whether everything in the graph is on the disk."""
        return not self._unsaved

    def history(self) -> History:
        """How the contract came to be until now; about 20 µs for each change."""
        return History.read(self.contract, Names(self.graph))

    def record(self, raw: bytes) -> Change:
        """Keep a change that the contract has just made, and return it as it was read.

        Raises OutOfStep when it does not follow what is kept, and then again for every later one:
        whatever is written on top of it could be neither kept nor shared.
        """
        try:
            entered = self.graph.add(parse_changes([raw]), trusted=True)
        except BadChunk as error:
            raise OutOfStep(OUT_OF_STEP) from error
        if not entered:
            raise OutOfStep(OUT_OF_STEP)
        self._keep(entered)
        return entered[0]

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
            self._show(entered)
        finally:
            self._keep(entered)  # it is in the graph already
        if any(change.actor == self.contract.actor for change in entered):
            # Somebody wrote as this program: nothing of one's own may follow that, or be sealed so.
            self.contract.write_as(self._another_actor())

    def catch_up(self) -> bool:
        """Take what other programs of this person stored; returns whether there was anything.

        What contradicts the contract here, or cannot be read, counts as left over.
        """
        entered: list[Change] = []
        news = self._journal.news()
        for raw in news:
            with suppress(BadChunk):
                entered += self.graph.add(parse_changes([raw]), trusted=True)
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

    def mend(self, news: int = 0) -> None:
        """Build the document again, without the changes that break it.

        The newest `news` changes are the likeliest; with 0 none is more likely than the others.
        """
        aside = self._quarantine.aside
        places = [p for p, name in enumerate(self.graph.hashes) if name not in aside.hashes]
        doubtful = sum(place < len(self.graph) - news for place in places)
        actor = self.contract.actor
        opening = Opening(self.graph.raws(places), actor, aside=aside, doubtful=doubtful)
        # What is open stays open; the next opening says that it needs a newer program.
        with suppress(NewerFormat, NotAContract):
            opening.complete()
        for change in opening.offenders:
            self._quarantine.put(change.hash, change.actor, change.raw)
        if aside.holds(actor):  # somebody wrote as this computer: it needs another name
            opening.document = opening.document.fork(self._another_actor())
        self.contract = self.contract.reopened(opening)

    def _another_actor(self) -> Actor:
        return Actor(self.contract.actor[:DEVICE_PREFIX_SIZE] + token_bytes(8))

    def _show(self, changes: Sequence[Change]) -> None:
        """Show changes that have entered the graph, but for those that cannot be read."""
        shown = [change for change in changes if not self._quarantine.takes(change)]
        if not shown:
            return
        try:
            before = self.contract.heads
            self.contract.apply(shown)
            if self.contract.heads != heads_after(before, shown):
                self._set_ignored_aside(shown, before)
        except Exception:  # noqa: BLE001 - whatever it was, what was written before it stays
            self.mend(len(changes))

    def _set_ignored_aside(self, shown: Sequence[Change], before: Heads) -> None:
        """Set aside what the document passed over without a word; the rest waits for that."""
        taken = {change.hash for change in parse_changes(self.contract.changes_since(before))}
        for change in shown:
            if change.hash not in taken and not self._quarantine.takes(change):
                self._quarantine.put(change.hash, change.actor, change.raw)

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
