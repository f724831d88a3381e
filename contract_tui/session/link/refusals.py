"""What a relay says when it does not let this program in, and whether waiting can help.

A relay answers a handshake with a status and one sentence, or ends a connection with a code and a
reason. What waiting does not heal is tried again ever so seldom: a person may be given their seat
back, but nobody gains from being refused twice a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from contract_tui.language import _, gettext_noop
from contract_tui.library.errors import LinkTrouble

HOPELESS_WAIT = 300.0
"""Seconds until a relay is asked again whose answer will hardly change."""
BUSY_WAIT = 15.0
"""Seconds until a relay is asked again that has too much to do."""
LONGEST_BUSY_WAIT = 600.0
LONGEST_SENTENCE = 300


class RefusalKind(StrEnum):
    """Why a relay refuses."""

    UNKNOWN = "unknown"
    """It does not accept what this program shows, or asks for a seat."""
    FORBIDDEN = "forbidden"
    SPENT = "spent"
    """The invitation was taken on another computer before, or came too late."""
    REVOKED = "revoked"
    ERASED = "erased"
    BUSY = "busy"
    UNCONFIRMED = "unconfirmed"
    """Not the relay but this program refuses: the way there is not encrypted."""


_STATUSES = {
    401: RefusalKind.UNKNOWN,
    403: RefusalKind.FORBIDDEN,
    410: RefusalKind.ERASED,
    429: RefusalKind.BUSY,
    503: RefusalKind.BUSY,
}
_WORDS = {
    "contested": RefusalKind.SPENT,
    "late": RefusalKind.SPENT,
    "revoked": RefusalKind.REVOKED,
}
"""What a relay of ours says more exactly, in a header of its own."""
WORD_HEADER = "X-Refused"
_CODES = {
    4403: RefusalKind.REVOKED,
    4410: RefusalKind.ERASED,
    4429: RefusalKind.BUSY,
}
REFUSES = _("the relay at {url} refuses: {why}")
SAID_BY_RELAYS = (
    gettext_noop("this credential was used before: try again with a new one"),
    gettext_noop("this credential is older than this run of the relay: try again"),
    gettext_noop("this contract was erased here; your own copy of it is untouched"),
    gettext_noop("the contract of this code was erased here"),
    gettext_noop("this invitation has expired: ask for a new one"),
    gettext_noop("the relay has failed at this: try again later"),
    gettext_noop("there is no such code here: read it again, or ask for a new one"),
    gettext_noop("this code was used already: ask for a new one"),
    gettext_noop("this code has expired: ask for a new one"),
)
"""What a relay of ours says beside that, which is looked up where it arrives."""
_REASONS = {
    RefusalKind.UNKNOWN: _("only people with a seat are let in: ask for an invitation and join"),
    RefusalKind.FORBIDDEN: _("you are not let in"),
    RefusalKind.SPENT: _("this invitation is of no use any more: ask for a new one"),
    RefusalKind.REVOKED: _("this computer may no longer take part: ask whoever invited you"),
    RefusalKind.ERASED: _("the contract was erased there; your copy here is untouched"),
    RefusalKind.BUSY: _("it has too much to do at the moment"),
}


class Refusal(LinkTrouble):
    """A relay that works does not let this program in."""

    def __init__(
        self,
        url: str,
        kind: RefusalKind,
        reason: str = "",
        *,
        wait: float | None = None,
        relay_time: float | None = None,
    ) -> None:
        self.kind = kind
        self.reason = _(_calm(reason)) or _REASONS.get(kind, "")
        self.wait = _WAITS[kind] if wait is None else wait
        self.relay_time = relay_time
        """What the relay's clock showed, in seconds since 1970; None where it did not say."""
        super().__init__(REFUSES.format(url=url, why=self.reason))


_WAITS = {
    RefusalKind.UNKNOWN: HOPELESS_WAIT,
    RefusalKind.FORBIDDEN: HOPELESS_WAIT,
    RefusalKind.SPENT: HOPELESS_WAIT,
    RefusalKind.REVOKED: HOPELESS_WAIT,
    RefusalKind.ERASED: HOPELESS_WAIT,
    RefusalKind.BUSY: BUSY_WAIT,
    RefusalKind.UNCONFIRMED: HOPELESS_WAIT,
}


class Unconfirmed(Refusal):
    """A person has to say first that they trust the network on the way to a relay."""

    def __init__(self, url: str) -> None:
        super().__init__(url, RefusalKind.UNCONFIRMED)
        self.args = (
            _(
                "the way to {url} is not encrypted: confirm the address if you trust this network, "
                "or ask for one that begins with wss://"
            ).format(url=url),
        )


def refused_handshake(
    url: str, status: int, headers: Mapping[str, str], body: bytes
) -> Refusal | None:
    """The refusal in an HTTP answer; None for what no relay answers."""
    kind = _STATUSES.get(status)
    if kind is None:
        return None
    said = {name.lower(): value for name, value in headers.items()}
    if kind is RefusalKind.FORBIDDEN:
        kind = _WORDS.get(said.get(WORD_HEADER.lower(), ""), kind)
    # Anybody may answer these numbers; a relay says why in plain text.
    plain = said.get("content-type", "").startswith("text/plain")
    words = body.decode("utf-8", "replace") if plain else ""
    wait = _retry_after(said.get("retry-after", "")) if kind is RefusalKind.BUSY else None
    return Refusal(url, kind, words, wait=wait, relay_time=_time(said.get("date", "")))


def refused_connection(url: str, code: int | None, reason: str) -> Refusal | None:
    """The refusal in the end of a connection; None for codes that say nothing of the kind."""
    kind = _CODES.get(code or 0)
    return Refusal(url, kind, reason if len(reason.split()) > 1 else "") if kind else None


def _calm(text: str) -> str:
    """The first line of what a relay said, without anything that a terminal would act on."""
    line = next(iter(text.strip().splitlines()), "")
    return "".join(c for c in line if c.isprintable()).strip()[:LONGEST_SENTENCE].rstrip(". ")


def _retry_after(text: str) -> float | None:
    """RFC 9110, section 10.2.3, in seconds; the other form, a date, is not used by relays."""
    return min(float(text), LONGEST_BUSY_WAIT) if text.isascii() and text.isdigit() else None


def _time(text: str) -> float | None:
    from email.utils import parsedate_to_datetime  # slow to import, and rarely needed

    try:
        return parsedate_to_datetime(text).timestamp()
    except ValueError:
        return None
