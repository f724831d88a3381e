"""The state of the connection in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contract_tui.session.link.refusals import RefusalKind

_REFUSALS = {
    RefusalKind.UNKNOWN: "the relay does not know you",
    RefusalKind.FORBIDDEN: "the relay refuses",
    RefusalKind.SPENT: "the invitation was of no use",
    RefusalKind.REVOKED: "this computer was taken out",
    RefusalKind.ERASED: "erased at the relay",
    RefusalKind.BUSY: "the relay is busy",
    RefusalKind.UNCONFIRMED: "confirm the relay’s address",
}


class StatusKind(StrEnum):
    """What has become of what was written here."""

    SAVED = "saved"
    SHARED = "shared"
    ALONE = "alone"
    SHARING = "sharing"
    UNSAVED = "unsaved"


@dataclass(frozen=True, slots=True)
class Status:
    """What to tell a person about their words: where they are, and whether others have them."""

    kind: StatusKind
    unshared: int
    """Changes that no relay is known to have; 0 where no relay is known."""
    words: str
    """For the status line; without a number, which would say nothing to who reads it."""
    detail: str = ""
    """Why it is so, in one sentence, where there is something to say."""

    @property
    def is_saved(self) -> bool:
        """Whether everything that was written is on the disk."""
        return self.kind is not StatusKind.UNSAVED


def saved() -> Status:
    """No relay is known: the contract lives on this computer."""
    return Status(StatusKind.SAVED, 0, "saved here")


def shared() -> Status:
    """A relay has everything that is here."""
    return Status(StatusKind.SHARED, 0, "shared with everyone")


def sharing(unshared: int) -> Status:
    """Connected, and on the way."""
    return Status(StatusKind.SHARING, unshared, "sharing…")


def kept_back(unshared: int) -> Status:
    """Connected, and the relay has said why it does not take everything."""
    return Status(StatusKind.SHARING, unshared, "some of it is kept back by the relay")


def waiting() -> Status:
    """Connected, and nothing of the contract has arrived yet."""
    return Status(StatusKind.SHARING, 0, "waiting for the contract")


def alone(unshared: int, detail: str) -> Status:
    """No relay answers."""
    words = "working alone, not all shared yet" if unshared else "working alone"
    return Status(StatusKind.ALONE, unshared, words, detail)


def refused(unshared: int, kind: RefusalKind, detail: str) -> Status:
    """A relay answers, and does not let this program in."""
    return Status(StatusKind.ALONE, unshared, f"not shared: {_REFUSALS[kind]}", detail)


def unsaved(count: int, detail: str) -> Status:
    """The disk does not take what is written; it is kept in memory and tried again."""
    return Status(StatusKind.UNSAVED, count, "NOT saved yet", detail)
