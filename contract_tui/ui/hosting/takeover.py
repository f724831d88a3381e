"""What is said, and done, when the host's computer has gone in the middle of a conference."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from contract_tui.language.lists import either
from contract_tui.session.conference.standing_by import Takeover
from contract_tui.session.session import Session
from contract_tui.ui.hosting import words
from sync_server.access.standby import Standby


def offered(session: Session) -> Takeover | None:
    """Return what this computer could do for the others; None where nobody needs it."""
    found = session.conferring.standby.takeover
    if found is None or not (_concerned(found) or not _relay(session)):
        return None
    return found


def instead_of_host(session: Session) -> tuple[tuple[Standby, ...] | None, str]:
    """Return whose seats go on here, and the relay that goes on without the host, if one does.

    None where nobody's place is taken.
    """
    found = offered(session)
    return (found.guests, _relay(session)) if found else (None, "")


def in_short(takeover: Takeover) -> str:
    """Return the one line that stands there for as long as somebody could take over."""
    return words.TAKE_OVER_KEY.format(host=takeover.host)


def sentences(takeover: Takeover) -> str:
    """Return all there is to say of it, once."""
    said = [words.HOST_IS_GONE.format(host=takeover.host), words.TAKE_OVER]
    if takeover.guests:
        said.append(words.GUESTS_RETURN.format(names=_names(takeover.guests)))
    if takeover.kept:
        said.append(words.GUESTS_KEPT.format(names=", ".join(takeover.kept)))
    if takeover.missing:
        names = ", ".join(takeover.missing)
        said.append(words.GUESTS_WAIT.format(names=names, host=takeover.host))
    if takeover.elsewhere:
        names = _either([name for name, _ in takeover.elsewhere])
        said.append(words.COME_ALONG_TO.format(names=names))
    return " ".join(said)


def _concerned(takeover: Takeover) -> bool:
    """Whether anybody was a guest of the host who has gone."""
    return bool(takeover.guests or takeover.kept or takeover.missing)


def _either(names: Sequence[str]) -> str:
    return reduce(either, names)


def _names(guests: tuple[Standby, ...]) -> str:
    return ", ".join(sorted(one.seat.name for one in guests))


def _relay(session: Session) -> str:
    return next((link.url for link in session.links if link.is_heard), "")
