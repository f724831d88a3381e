"""What a connection tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from websockets.http11 import Request

    from sync_server.relay.connection import Connection


class Listener(Protocol):
    """Whoever is told what happens on connections."""

    def arrived(self, connection: Connection) -> None:
        """A peer is at the door and has not said anything yet."""

    def asked(self, connection: Connection, request: Request) -> None:
        """A request came in; `accept` or `respond` must follow, at once or later."""

    def opened(self, connection: Connection) -> None:
        """The handshake is done."""

    def received(self, connection: Connection, message: bytes | str) -> None:
        """A whole message came in."""

    def paused(self, connection: Connection) -> None:
        """The peer reads too slowly."""

    def resumed(self, connection: Connection) -> None:
        """The peer has caught up."""

    def refused(self, connection: Connection, code: int) -> None:
        """The connection is closed by us, with a close code that says why."""

    def cut(self, connection: Connection) -> None:
        """The connection is cut off because the peer did not read."""

    def closed(self, connection: Connection) -> None:
        """The connection is gone."""
