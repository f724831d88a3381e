"""What a relay does for one connection when asked: it obeys orders and gives out short codes."""

from typing import Protocol

from sync_server.access.errors import AccessError
from sync_server.access.order import OrderKind
from sync_server.hub.counters import Counters
from sync_server.hub.effects import Effect, Erase, Send
from sync_server.hub.intake import Intake
from sync_server.hub.keeper import Keeper
from sync_server.hub.links import Links
from sync_server.hub.refusal import ERASED, FAILED, Refusal
from sync_server.hub.room import Link, Room
from sync_server.hub.shelf import Shelf
from sync_server.hub.upload import Errand
from sync_server.protocol.codec import encode
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import Code, Order
from sync_server.storage.port import StoredRecord


class Desk(Protocol):
    """Whoever knows the relay's own addresses, the time of day, and the codes given out."""

    def order(self, contract: DocumentId, token: str) -> OrderKind:
        """What a contract's key orders this relay to do, once; raises AccessError."""

    def code(
        self, contract: DocumentId, invitation: str, lifetime: int
    ) -> tuple[str, int, StoredRecord]:
        """A short code for an invitation, when it expires, and what to keep of it.

        The lifetime is in seconds, 0 for the usual one; the end in seconds since 1970. Raises
        AccessError.
        """


class Errands:
    """Does what the desk allows."""

    def __init__(
        self,
        peer: PeerId,
        links: Links,
        shelf: Shelf,
        intake: Intake,
        keeper: Keeper,
        counters: Counters,
        desk: Desk | None,
    ) -> None:
        self._peer = peer
        self._links = links
        self._shelf = shelf
        self._intake = intake
        self._keeper = keeper
        self._counters = counters
        self._desk = desk
        self._erasing: dict[DocumentId, Room] = {}
        self._answers: list[Effect] = []

    def run(self, link: Link, room: Room, errand: Errand) -> list[Effect]:
        """Do an errand; what has to be stored first is answered by `committed`."""
        errand.finished = True
        try:
            match errand.message:
                case Order(token=token):
                    return self._obey(room, token)
                case Code(invitation=invitation, lifetime=lifetime):
                    self._give_code(link, room, invitation, lifetime)
        except AccessError as error:
            asked = "code" if isinstance(errand.message, Code) else "order"
            fields: dict[str, str | int] = {"asked": asked, "reason": str(error)}
            return self._links.notify(link, room.document, "refused", fields)
        return []

    def committed(self) -> list[Effect]:
        """Answer, as what was promised is on the disk."""
        answers, self._answers = self._answers, []
        return answers

    def failed(self) -> None:
        """Promise nothing: it could not be stored."""
        self._answers.clear()

    def withdraw(self, document: DocumentId, tombstone: bytes) -> list[Effect]:
        """The relay's operator has erased a document, with this tombstone: let go what is here.

        It is erased once more, as something of it may have been stored since.
        """
        room = self._shelf.get(document)
        if room is None or not room.loaded or room.erased:
            return []
        return self._withdraw(room, tombstone)

    def erased(self, document: DocumentId, now: float) -> list[Effect]:
        """A document is erased: tell everyone who had it open, and close."""
        self._counters.erased += 1
        words = "this contract was erased here; your own copy of it is untouched"
        return self._close(document, Refusal(words, "erased", ERASED, "erased"), now)

    def erasing_failed(self, document: DocumentId, now: float) -> list[Effect]:
        """A document could not be erased: it is opened anew when somebody comes back."""
        words = "the relay cannot erase the contract now"
        return self._close(document, Refusal(words, "storage", FAILED), now)

    def _obey(self, room: Room, token: str) -> list[Effect]:
        if self._desk is None:
            raise AccessError("this relay takes no orders")
        match self._desk.order(room.document, token):
            case OrderKind.ERASE:
                return self._withdraw(room, token.encode())

    def _withdraw(self, room: Room, tombstone: bytes) -> list[Effect]:
        self._shelf.remove(room)
        self._intake.withdraw(room)
        self._erasing[room.document] = room
        return [Erase(room.document, tombstone)]

    def _give_code(self, link: Link, room: Room, invitation: str, lifetime: int) -> None:
        if self._desk is None:
            raise AccessError("this relay gives out no codes")
        code, expires, record = self._desk.code(room.document, invitation, lifetime)
        self._keeper.keep(room, record)
        assert link.peer is not None
        answer = Code(self._peer, link.peer, room.document, "", lifetime, code, expires)
        self._answers.append(Send(link.id, encode(answer)))

    def _close(self, document: DocumentId, reason: Refusal, now: float) -> list[Effect]:
        effects: list[Effect] = []
        room = self._erasing.pop(document)
        for link in [member.link for member in room.members.values()]:
            effects += self._links.refuse(link, reason, now, document)
        return effects
