"""Two ends of a connection, in one room."""

from collections.abc import Sequence

from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.sync import SyncMessage, SyncState

UNKNOWN = ChangeHash(b"\xee" * 32)


class End:
    """One of two ends that talk without a network."""

    def __init__(
        self, changes: Sequence[Change] = (), *, advertise: bool = False, mute: bool = False
    ) -> None:
        self.graph = Graph()
        self.graph.add(changes)
        self.state = SyncState(self.graph, advertise=advertise, mute=mute)

    def hear(self, message: SyncMessage) -> list[Change]:
        return self.state.receive(message, parse_changes(message.changes))

    def say(self, *, ack: bool = True) -> SyncMessage:
        message = self.state.generate(ack)
        assert message is not None
        return SyncMessage.decode(message.encode())

    @property
    def silent(self) -> bool:
        return self.state.generate() is None


def talk(left: End, right: End) -> int:
    """Let the two talk until both are silent; returns the number of messages."""
    for spoken in range(50):
        left_says, right_says = left.state.generate(), right.state.generate()
        if left_says:
            right.hear(left_says)
        if right_says:
            left.hear(right_says)
        if not left_says and not right_says:
            return spoken
    raise AssertionError("they never fall silent")


def raws(changes: Sequence[Change]) -> tuple[bytes, ...]:
    return tuple(change.raw for change in changes)
