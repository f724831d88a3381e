"""How long the relay waits and how much it takes, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """How much is allowed."""

    lasting: float
    """For each second, …"""
    burst: float
    """… and at once, after a while without."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes.

    Whoever goes beyond a rate is not read from until it is kept again.
    """

    join_within: float = 10
    """A connection that has not introduced itself by then is closed."""
    ack_delay: float = 0.05
    """Acknowledgements wait this long for something to travel with, …"""
    ack_pause: float = 0.25
    """… and this long after the one before: who types on is told now and then."""
    nudge_after: float = 3
    """A peer that is out of step and silent is spoken to again; the pause doubles each time."""
    nudge_at_most: float = 60
    keep: float = 60
    """A document that nobody has open stays in memory this long."""
    slice: int = 100
    """Changes taken before other documents have their turn."""
    load_slice: int = 1000
    """Stored changes read before other documents have their turn."""
    inbox: int = 1 << 20
    """A connection with more than this waiting to be taken is not read from."""
    documents: int = 2000
    """Documents open on one connection."""
    quiet: float = 10
    """A document is compacted when nothing was written in it for this long, …"""
    quiet_tail: int = 16 << 10
    """… if it has more than this that no snapshot covers."""
    busy_tail: int = 200_000
    """With more than this it is compacted while people write."""

    # What is not shown to be its author's

    seal_within: float = 6
    """Who brings changes of others is told if no seal for them comes within this time."""
    unsealed: int = 64 << 20
    """Bytes of memory for what waits for seals on one connection, …"""
    unsealed_in_all: int = 512 << 20
    """… and on all together: who brings more is closed."""

    # What one connection may take, and one contract

    frames: Rate = Rate(500, 5_000)
    """Messages of one connection."""
    octets: Rate = Rate(2 << 20, 96 << 20)
    """Bytes that one connection sends."""
    presence: Rate = Rate(100, 500)
    """Ephemeral messages of one connection; more of them are dropped."""
    custody: Rate = Rate(500, 20_000)
    """Halves of signatures of one connection to check: a seal is two, a proof is ten."""
    effort: Rate = Rate(100_000, 400_000)
    """Changes looked at to find what a peer lacks, which grow with how little it says it has, for
    one computer as `operations`; each takes about a microsecond."""
    refused: Rate = Rate(0.2, 50)
    """Changes of one connection that could harm a document: they are held back and what builds on
    them with them, as they may be old and honest. With more of them it is closed."""
    operations: Rate = Rate(2_000, 100_000)
    """Operations in the changes of one computer, however often it comes back; on an open relay of
    one connection. A small change may hold many, and each takes as long as a keystroke to check."""
    changes: Rate = Rate(1_000, 200_000)
    """Changes that enter one contract."""
    contract: int = 256 << 20
    """Bytes of one contract's changes; who brings more is refused."""
    backlog: int = 64 << 20
    """Bytes that a connection may send while it is held back; it is closed beyond them."""

    # Who is closed again and again

    shown_out_wait: float = 60.0
    """Seconds that a seat waits at most before it comes back."""
    shown_out: Rate = Rate(1, 100)
    """Connections of one network to which that may happen before its next ones wait a moment."""


DEFAULT_LIMITS = Limits()
