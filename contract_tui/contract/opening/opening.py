"""Opening a contract in slices, so that a screen can be painted while it happens."""

from collections.abc import Sequence

from contract_tui.contract.crdt import CrdtDocument, Heads
from contract_tui.contract.crdt.spoken import Spoken
from contract_tui.contract.errors import DocumentDamaged, NotAContract
from contract_tui.contract.opening.aside import Aside
from contract_tui.contract.opening.outline import check_format, read_outline
from contract_tui.contract.past.memory import read_memory
from contract_tui.contract.past.milestones import Milestones
from contract_tui.contract.schema import GENESIS
from contract_tui.language import _
from sync_server.access.constants import GENESIS_HASH
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor, ChangeHash

_SLICE = 500


def blank_document(actor: Actor) -> CrdtDocument:
    """Return a document that holds the constant first change and nothing else."""
    document = CrdtDocument(actor)
    document.apply([GENESIS])
    return document


def _is_first(raw: bytes) -> bool:
    """Whether this is the constant first change, which others may have deflated."""
    return raw[4:8] == GENESIS_HASH[:4] and [one.hash for one in _parsed(raw)] == [GENESIS_HASH]


def _parsed(raw: bytes) -> Sequence[Change]:
    try:
        return parse_changes([raw])
    except BadChunk:
        return ()


class Opening:
    """Applies the changes of a contract slice by slice, for `Contract.opened`.

    `actor` is the one to write under, new at every opening; `heads`, where known, spare counting
    the changes. A change that cannot be used is left out: one bad record is never a reason not to
    open. Given `aside`, it is put there, with what was made on top of it. From the `doubtful`
    change on, each is tried on a copy first. A `thorough` opening tests whether what is saved of
    the document can be read again, and searches for the changes because of which it cannot.
    """

    def __init__(
        self,
        raws: Sequence[bytes],
        actor: Actor,
        heads: Heads | None = None,
        *,
        aside: Aside | None = None,
        doubtful: int | None = None,
        thorough: bool = False,
    ) -> None:
        self._raws = raws
        self._heads = heads
        self._aside = Aside() if aside is None else aside
        self._tells = aside is not None
        self._doubtful = len(raws) if doubtful is None else doubtful
        self._thorough = thorough
        self._applied: list[Sequence[bytes]] = []
        self._span: tuple[int, int] | None = None
        """So many of the first changes applied can be saved and read again; so many cannot."""
        self._milestones, self._spoken = Milestones(), Spoken()
        self._is_whole = self._doubtful == len(raws)
        """Whether all changes were taken, as far as anybody knows."""
        self.document = blank_document(actor)
        self.offenders: list[Change] = []
        """Those that the document cannot take."""
        self.done = 0
        """How many changes have been taken."""
        self.left_out = 0
        """How many of them could not be used, beside those that were put `aside`."""

    @property
    def total(self) -> int:
        """How many changes there are."""
        return len(self._raws)

    @property
    def noted(self) -> Milestones | None:
        """The answers among the changes, read in passing; None where not all were taken."""
        return self._milestones if self._is_whole and not self.offenders else None

    def advance(self) -> bool:
        """Take the next slice, about 5 ms; returns whether there is more to do.

        The steps of a search are longer, up to 15 µs for each change. Raises NotAContract or
        NewerFormat with the last slice.
        """
        if self.done < self.total:
            self._take()
            if self.done < self.total or self._thorough:
                return True
        elif self._thorough and not self._examine():
            return True
        self._check()
        return False

    def complete(self) -> None:
        """Take all the slices that are left."""
        while self.advance():
            pass

    def _take(self) -> None:
        sure = self.done < self._doubtful
        end = min(self.done + _SLICE, self._doubtful if sure else self.total)
        raws = self._raws[self.done : end]
        self.done = end
        if not sure:
            self._search(raws)
            return
        raws = self._without_waiting(raws)
        try:
            self.document.apply(raws)
        except DocumentDamaged:
            self.document = self._rebuilt(self._applied)
            self._search(raws)
        else:
            self._applied.append(raws)
            for raw in raws:
                self._milestones.read_answers(raw)
                self._spoken.read(raw)

    def _search(self, raws: Sequence[bytes]) -> None:
        """Apply some changes on copies, halving them where that fails, until one stands alone."""
        raws = self._without_waiting(raws)
        if not raws:
            return
        trial = self.document.fork()
        try:
            trial.apply(raws)
            _read(trial)
        except Exception:  # noqa: BLE001 - whatever it is that cannot bear it
            if len(raws) == 1:
                self._accuse(raws[0])
                return
            middle = len(raws) // 2
            self._search(raws[:middle])
            self._search(raws[middle:])
        else:
            self.document = trial
            self._applied.append(raws)

    def _examine(self) -> bool:
        """Make one test of what is saved; returns whether all of it can be read again.

        Halves the changes, in their order, until the first is found that spoils it.
        """
        if self._span is None:
            if _is_sound(self.document):
                return True
            self._applied = [[raw] for raws in self._applied for raw in raws]
            self._span = (0, len(self._applied))
            return False
        sound, spoilt = self._span
        if spoilt - sound > 1:
            middle = (sound + spoilt) // 2
            fine = _is_sound(self._rebuilt(self._applied[:middle]))
            self._span = (middle, spoilt) if fine else (sound, middle)
            return False
        raws = [raws[0] for raws in self._applied]
        self._accuse(raws[sound])
        self._applied = [raws[:sound], self._without_waiting(raws[sound + 1 :])]
        self._span = None
        self.document = self._rebuilt(self._applied)
        return False

    def _rebuilt(self, applied: Sequence[Sequence[bytes]]) -> CrdtDocument:
        document = blank_document(self.document.actor)
        for first in range(0, len(applied), _SLICE):
            document.apply([raw for raws in applied[first : first + _SLICE] for raw in raws])
        return document

    def _accuse(self, raw: bytes) -> None:
        for change in _parsed(raw):
            self._aside.accuse(change.hash, change.actor)
            self.offenders.append(change)

    def _without_waiting(self, raws: Sequence[bytes]) -> Sequence[bytes]:
        """Leave out what was made on top of changes that turned out to be unreadable."""
        if not self.offenders:
            return raws
        return [raw for raw in raws if not any(map(self._waits, _parsed(raw)))]

    def _waits(self, change: Change) -> bool:
        return self._aside.takes(change.hash, change.deps, change.actor)

    def _check(self) -> None:
        if GENESIS not in self._raws and not any(map(_is_first, self._raws)):
            raise NotAContract(_("This is an Automerge document, but no learning contract."))
        if self._heads is None or self._heads != self.document.heads:
            self._count()
        if self.noted is not None:
            self.document.know(self._spoken)
        check_format(self.document)

    def _count(self) -> None:
        """Find out what the document has not taken, though it did not break."""
        there = set(self.document.hashes_since(()))
        self.left_out = max(0, len(set(self._raws)) - len(there))
        if not self.left_out:
            return
        self._is_whole = False
        named: set[ChangeHash] = set()
        for raw in self._raws:
            for change in _parsed(raw):
                if change.hash in there:
                    continue
                if not self._waits(change) and there.issuperset(change.deps):
                    self._accuse(raw)
                if self._waits(change):
                    named.add(change.hash)
        if self._tells:
            self.left_out -= len(named)


def _read(document: CrdtDocument) -> None:
    """Read all that a contract shows."""
    outline = read_outline(document, None)
    read_memory(document, outline.roster)
    for obj in outline.texts.values():
        document.elements(obj)


def _is_sound(document: CrdtDocument) -> bool:
    try:
        document.prove()
    except DocumentDamaged:
        return False
    return True
