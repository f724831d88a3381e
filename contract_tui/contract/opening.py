"""Opening a contract in slices, so that a screen can be painted while it happens."""

from collections.abc import Sequence

from contract_tui.contract.crdt import CrdtDocument, Heads
from contract_tui.contract.errors import DocumentDamaged, NotAContract
from contract_tui.contract.outline import check_format
from contract_tui.contract.schema import GENESIS
from sync_server.access.constants import GENESIS_HASH
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor

_SLICE = 500


def blank_document(actor: Actor) -> CrdtDocument:
    """Return a document that holds the constant first change and nothing else."""
    document = CrdtDocument(actor)
    document.apply([GENESIS])
    return document


def _is_first(raw: bytes) -> bool:
    """Whether this is the constant first change, which others may have deflated."""
    if raw[4:8] != GENESIS_HASH[:4]:
        return False
    try:
        return [change.hash for change in parse_changes([raw])] == [GENESIS_HASH]
    except BadChunk:
        return False


class Opening:
    """Applies the changes of a contract slice by slice, for `Contract.opened`.

    `actor` is the one to write under, new at every opening; `heads`, where known, spare counting
    the changes. A change that cannot be used is left out: one bad record is never a reason not to
    open.
    """

    def __init__(self, raws: Sequence[bytes], actor: Actor, heads: Heads | None = None) -> None:
        self._raws = raws
        self._heads = heads
        self._applied: list[Sequence[bytes]] = []
        self.document = blank_document(actor)
        self.done = 0
        """How many changes have been taken."""
        self.left_out = 0
        """How many of them could not be used."""

    @property
    def total(self) -> int:
        """How many changes there are."""
        return len(self._raws)

    def advance(self) -> bool:
        """Take the next slice, about 5 ms; returns whether there is more to do.

        Raises NotAContract or NewerFormat with the last slice.
        """
        self._apply(self._raws[self.done : self.done + _SLICE])
        self.done = min(self.done + _SLICE, self.total)
        if self.done < self.total:
            return True
        self._check()
        return False

    def complete(self) -> None:
        """Take all the slices that are left."""
        while self.advance():
            pass

    def _apply(self, raws: Sequence[bytes]) -> None:
        """Apply some changes, halving them where one breaks the document, until it stands alone."""
        try:
            self.document.apply(raws)
        except DocumentDamaged:
            self.document = self._again()
            if len(raws) > 1:
                middle = len(raws) // 2
                self._apply(raws[:middle])
                self._apply(raws[middle:])
            return
        self._applied.append(raws)

    def _again(self) -> CrdtDocument:
        document = blank_document(self.document.actor)
        for raws in self._applied:
            document.apply(raws)
        return document

    def _check(self) -> None:
        if GENESIS not in self._raws and not any(map(_is_first, self._raws)):
            raise NotAContract("This is an Automerge document, but no learning contract.")
        check_format(self.document)
        if self._heads is None or self._heads != self.document.heads:
            there = len(self.document.hashes_since(()))
            self.left_out = max(0, len(set(self._raws)) - there)
