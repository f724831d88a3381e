"""Connects to a relay, and says in one sentence why that does not work or has ended."""

from __future__ import annotations

import asyncio
import importlib
import os
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import ModuleType
from typing import TYPE_CHECKING

from contract_tui.language import _
from contract_tui.library.errors import LinkTrouble
from contract_tui.library.settings import is_local
from contract_tui.session.link.conversation import NotARelay, Refused
from contract_tui.session.link.refusals import (
    REFUSES,
    Refusal,
    refused_connection,
    refused_handshake,
)

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

PATIENCE = 10.0
"""Seconds for a relay to accept a connection, and to show that it is alive."""
LARGEST_FRAME = 64 << 20
FIRST_WAIT, SHORT_WAIT, LONG_WAIT = 0.5, 1.5, 30.0
LONG_ABSENCE = 300.0
"""Seconds away after which waiting gets longer than `SHORT_WAIT`."""


_BROKE_OFF = _("the relay at {url} broke off the connection")
_BROKE_OFF_BECAUSE = _("the relay at {url} broke off the connection: {why}")
_NOT_A_RELAY = _("what answers at {url} is not a relay: {why}")
NOTHING_ANSWERS = _("nothing answers at {url} within {seconds:.0f} seconds")
NO_RELAY_ANSWERS = _("no relay answers at {url}: {why}")
_GOING_AWAY = 1001
"""RFC 6455, section 7.4.1: the other side ends, and has said so."""


class WentAway(LinkTrouble):
    """The relay has said goodbye: whoever ran it has ended it."""


class NobodyThere(LinkTrouble):
    """A computer answers, and has no relay at this address."""


def waiting_time(failures: int, away: float, chance: float) -> float:
    """Seconds until the next attempt; `chance` is uniform in [0, 1).

    Doubling with jitter, so that a class does not return in step; capped low for the first minutes,
    so that whoever waits for a relay that restarts is back within two seconds.
    """
    longest = SHORT_WAIT if away < LONG_ABSENCE else LONG_WAIT
    return float(min(longest, FIRST_WAIT * 2 ** min(failures, 16))) * (0.1 + 0.9 * chance)


@asynccontextmanager
async def dial(
    url: str, headers: Mapping[str, str] | None = None
) -> AsyncIterator[ClientConnection]:
    """A connection to a relay; whatever prevents or ends it is raised as LinkTrouble.

    `headers` go with the handshake; where the relay says no, that is a Refusal.
    """
    # Imported in a thread, since it takes longer than a key may wait for its paint.
    client = await asyncio.to_thread(importlib.import_module, "websockets.asyncio.client")
    errors = await asyncio.to_thread(importlib.import_module, "websockets.exceptions")
    socket: ClientConnection | None = None
    try:
        attempt = client.connect(
            url,
            additional_headers=headers,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=PATIENCE,
            ping_timeout=PATIENCE,
            close_timeout=1,
            max_size=LARGEST_FRAME,
            proxy=None if is_local(url) else True,
        )
        # What the headers carry is meant for this address and no other.
        attempt.process_redirect = lambda answer: answer
        async with attempt as socket:
            yield socket
            if went := _goodbye(url, socket.close_code):  # an orderly end is no exception
                raise went
    except (errors.ConnectionClosed, errors.InvalidStatus, Refused) as error:
        # A relay closes right after saying why, and closing on our side has waited for that.
        code = socket.close_code if socket else None
        said = _refusal(url, error, code) or _goodbye(url, code)
        raise said or _trouble(url, error, errors) from error
    except (errors.InvalidHandshake, errors.InvalidURI, errors.InvalidProxy) as error:
        raise _trouble(url, error, errors) from error
    except (NotARelay, ImportError, EOFError, OSError) as error:
        raise _trouble(url, error, errors) from error


def _goodbye(url: str, code: int | None) -> WentAway | None:
    return (
        WentAway(_("the relay at {url} has ended").format(url=url)) if code == _GOING_AWAY else None
    )


def _refusal(url: str, error: Exception, code: int | None) -> Refusal | None:
    """What a relay says that does not let us in, if that is what it says."""
    if answer := getattr(error, "response", None):
        headers = dict(answer.headers.raw_items())  # of several of one name the last counts
        return refused_handshake(url, answer.status_code, headers, answer.body)
    said = getattr(error, "rcvd", None)
    reason = str(error) if isinstance(error, Refused) else said.reason if said else ""
    return refused_connection(url, code, reason)


def _trouble(url: str, error: Exception, errors: ModuleType) -> LinkTrouble:
    """What prevents or has ended a connection, in one sentence."""
    why = _brief(error)
    match error:
        case errors.ConnectionClosed():
            why = error.rcvd.reason if error.rcvd else ""
            words = _BROKE_OFF_BECAUSE if why else _BROKE_OFF
        case NotARelay():
            words, why = _NOT_A_RELAY, str(error)
        case Refused():
            words, why = REFUSES, str(error)
        case errors.InvalidURI():
            words = _("{url} is not the address of a relay")
        case errors.InvalidProxy() | ImportError():
            words = _("the proxy on the way to {url} is of no use: {why}")
        case errors.InvalidHandshake():
            words = _NOT_A_RELAY
        case TimeoutError():
            words = NOTHING_ANSWERS
        case ConnectionRefusedError():
            return NobodyThere(NO_RELAY_ANSWERS.format(url=url, why=why))
        case EOFError():
            words = _("what answers at {url} is not a relay: it hangs up")
        case _:
            words = NO_RELAY_ANSWERS
    return LinkTrouble(words.format(url=url, why=why, seconds=PATIENCE))


def _brief(error: Exception) -> str:
    """The gist of a foreign exception in one line."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("its certificate is not good ({why})").format(why=error.verify_message)
    if isinstance(error, ssl.SSLError):
        return _("no secure connection ({why})").format(why=error.reason)
    if isinstance(error, OSError) and error.errno and error.errno > 0:
        return os.strerror(error.errno).lower()
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return next(iter(str(error).splitlines()), type(error).__name__)
