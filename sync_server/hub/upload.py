"""Messages on their way from a connection into a room, a slice at a time."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from sync_server.protocol.chunk import Change, parse_chunk
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import ChangeHash, DocumentId
from sync_server.protocol.messages import Code, Custody, Order
from sync_server.protocol.past import Ahead
from sync_server.protocol.sync import SyncMessage

_OPERATIONS = 10
"""Operations that take about as long to check as a further change of one."""

LARGE = 200
"""Operations from which on a change is taken in by itself, after what it refers to was read."""
_READ = 100
"""Earlier changes read in one turn; each takes about as long as to check a keystroke."""


def cost(change: Change) -> int:
    """What taking a change in costs, in changes of one operation: a small one may hold many."""
    return 1 + change.ops // _OPERATIONS


class Upload:
    """A message whose changes are first all checked, then all taken, never many at once.

    Checking everything first means that of a message with one bad change nothing is kept; slices
    mean that a person who brings a year of work makes nobody wait.
    """

    __slots__ = (
        "_ahead",
        "_changes",
        "_read_for",
        "_taken",
        "_unchecked",
        "document",
        "entered",
        "message",
        "request",
        "waits",
    )

    def __init__(self, document: DocumentId, message: SyncMessage, request: bool) -> None:
        self.document = document
        self.message = message
        self.request = request
        """The sender has nothing of the document yet."""
        self.entered = 0
        """How many of its changes were new."""
        self.waits = False
        """Some of its changes wait for seals, or came again."""
        self._unchecked: Iterator[Change] | None = _parse(message.changes)
        self._changes: list[Change] = []
        self._taken = 0
        self._ahead: Ahead | None = None
        self._read_for: ChangeHash | None = None

    @property
    def checked(self) -> bool:
        """Whether every change has passed its guards."""
        return self._unchecked is None

    @property
    def finished(self) -> bool:
        """Whether the last slice was taken."""
        return self.checked and self._taken >= len(self._changes)

    @property
    def size(self) -> int:
        """Bytes that wait in it."""
        return sum(map(len, self.message.changes)) + 100

    def check(self, count: int) -> int:
        """Check up to `count` more changes; returns how many; raises BadChunk."""
        if self._unchecked is None:
            return 0
        checked = list(islice(self._unchecked, count))
        self._changes += checked
        if len(checked) < count:
            self._unchecked = None
        return len(checked)

    @property
    def large(self) -> Change | None:
        """The change that is next, if it is a large one."""
        change = self._changes[self._taken] if self._taken < len(self._changes) else None
        return change if change and change.ops > LARGE else None

    def read_ahead(self, change: Change, graph: Graph) -> bool:
        """Read a part of what the large change refers to; returns whether all is read."""
        if self._read_for != change.hash:
            self._read_for, self._ahead = change.hash, graph.read_ahead(change)
            return self._ahead is None
        return self._ahead is None or graph.advance(self._ahead, _READ)

    def take(self, budget: int) -> list[Change]:
        """Take out checked changes until the budget is spent; the last may cost more."""
        first = self._taken
        while budget > 0 and self._taken < len(self._changes):
            change = self._changes[self._taken]
            if change.ops > LARGE and self._taken > first:
                break  # what comes before it is to enter first
            budget -= cost(change)
            self._taken += 1
        return self._changes[first : self._taken]


class Deposit:
    """A custody message: proofs, vouchers and seals, of which each takes a while to verify."""

    __slots__ = ("document", "proofs", "revocations", "seals", "size", "vouchers")

    def __init__(self, message: Custody) -> None:
        self.document = message.document_id
        self.revocations = message.revocations
        self.proofs = deque(message.proofs)
        self.vouchers = deque(message.vouchers)
        self.seals = deque(message.seals)
        parts = (message.proofs, message.vouchers, message.seals)
        self.size = sum(len(one) for part in parts for one in part) + 100

    @property
    def finished(self) -> bool:
        """Whether everything was taken out."""
        return not (self.proofs or self.vouchers or self.seals or self.revocations)


class Errand:
    """An order, or the wish for a code: something to be done once for one connection."""

    __slots__ = ("document", "finished", "message", "size")

    def __init__(self, message: Order | Code) -> None:
        self.document = message.document_id
        self.message = message
        self.size = 1000
        self.finished = False


def _parse(blobs: Sequence[bytes]) -> Iterator[Change]:
    for blob in blobs:
        at = 0
        while at < len(blob):
            _, content, at = parse_chunk(blob, at)
            if not isinstance(content, Change):
                raise BadChunk("a whole document where changes were expected")
            yield content
