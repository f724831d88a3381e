"""What a connection may say, judged before anything is done about it."""

from sync_server.hub.refusal import Refusal
from sync_server.hub.room import Link
from sync_server.protocol.errors import BadFrame
from sync_server.protocol.messages import (
    Code,
    Custody,
    DocUnavailable,
    Ephemeral,
    Leave,
    Order,
    Request,
    Sync,
    WireMessage,
)


def vet(link: Link, message: WireMessage) -> None:
    """Let pass what this connection may say; raises BadFrame or Refusal."""
    if link.peer is None:
        raise BadFrame("the first message must be join")
    match message:
        case Sync() | Request() | Custody() | Order() | Code() | DocUnavailable() | Leave():
            if message.sender_id != link.peer:
                raise Refusal("a message in the name of somebody else", "sender")
        case _:  # ephemerals of others are sent back by some programs, and passed over later
            pass
    if link.guest is not None:
        _vet_guest(link, message)


def vet_changes(link: Link) -> None:
    """Let pass who may bring changes; raises Refusal."""
    if link.guest is not None and not link.guest.device.seat.role.writes:
        raise Refusal("observers read along, and change nothing", "observer")


def _vet_guest(link: Link, message: WireMessage) -> None:
    assert link.guest is not None
    match message:
        case Order() | Code():
            vet_changes(link)
        case Sync() | Request() | Custody() | Ephemeral() | DocUnavailable():
            pass
        case _:
            return
    if message.document_id != link.guest.contract:
        raise Refusal("this connection was let into another contract", "document")
