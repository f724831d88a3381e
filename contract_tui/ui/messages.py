"""Wake-ups for the screens. None carries what has changed: whoever is woken looks for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from contract_tui.contract.values import Heads
    from contract_tui.session.session import Session
    from sync_server.protocol.ids import DocumentId


class Woken(Message, bubble=False):
    """Something about the open contract has changed; many in a row are told once."""

    def can_replace(self, message: Message) -> bool:
        """Whether this makes an earlier message superfluous."""
        return isinstance(message, Woken)


class ContractClosed(Message):
    """Somebody has finished with the open contract."""


class ContractOpened(Message):
    """A contract has been read and can be shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


@dataclass(frozen=True, slots=True)
class Since:
    """A version that somebody wants to see the changes since."""

    heads: Heads
    name: str


class PastAsked(Message):
    """Somebody wants to look back at how the open contract came to be."""

    def __init__(self, session: Session, since: Since | None = None) -> None:
        super().__init__()
        self.session = session
        self.since = since


class ContractChosen(Message):
    """Somebody wants to open a contract."""

    def __init__(self, contract: DocumentId) -> None:
        super().__init__()
        self.contract = contract
