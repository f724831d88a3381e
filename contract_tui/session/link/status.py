"""The state of the connection in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contract_tui.language import _
from contract_tui.session.link.refusals import RefusalKind

_REFUSALS = {
    # At most 44 columns.
    RefusalKind.UNKNOWN: _("not shared: the relay does not know you"),
    # At most 44 columns.
    RefusalKind.FORBIDDEN: _("not shared: the relay refuses"),
    # At most 44 columns.
    RefusalKind.SPENT: _("not shared: the invitation was of no use"),
    # At most 44 columns.
    RefusalKind.REVOKED: _("not shared: this computer was taken out"),
    # At most 44 columns.
    RefusalKind.ERASED: _("not shared: erased at the relay"),
    # At most 44 columns.
    RefusalKind.BUSY: _("not shared: the relay is busy"),
    # At most 44 columns.
    RefusalKind.UNCONFIRMED: _("not shared: confirm the relay’s address"),
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
    # At most 40 columns.
    words = _("saved here")
    return Status(StatusKind.SAVED, 0, words)


def shared() -> Status:
    """A relay has everything that is here."""
    # At most 40 columns.
    words = _("shared with everyone")
    return Status(StatusKind.SHARED, 0, words)


def sharing(unshared: int) -> Status:
    """Connected, and on the way."""
    # At most 40 columns.
    words = _("sharing…")
    return Status(StatusKind.SHARING, unshared, words)


def kept_back(unshared: int) -> Status:
    """Connected, and the relay has said why it does not take everything."""
    # At most 40 columns.
    words = _("some of it is kept back by the relay")
    return Status(StatusKind.SHARING, unshared, words)


def waiting() -> Status:
    """Connected, and nothing of the contract has arrived yet."""
    # At most 40 columns.
    words = _("waiting for the contract")
    return Status(StatusKind.SHARING, 0, words)


def alone(unshared: int, detail: str) -> Status:
    """No relay answers."""
    # At most 40 columns.
    words = _("working alone")
    if unshared:
        # At most 40 columns.
        words = _("working alone, not all shared yet")
    return Status(StatusKind.ALONE, unshared, words, detail)


def refused(unshared: int, kind: RefusalKind, detail: str) -> Status:
    """A relay answers, and does not let this program in."""
    return Status(StatusKind.ALONE, unshared, _REFUSALS[kind], detail)


def unsaved(count: int, detail: str) -> Status:
    """The disk does not take what is written; it is kept in memory and tried again."""
    # At most 40 columns.
    words = _("NOT saved yet")
    return Status(StatusKind.UNSAVED, count, words, detail)
