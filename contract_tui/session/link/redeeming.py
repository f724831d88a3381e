"""Turns a short code into the invitation that a relay keeps under it."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit, urlunsplit

from contract_tui.language import _
from contract_tui.library.errors import LinkTrouble, SessionError
from contract_tui.library.settings import is_local, is_sheltered, relay_address
from contract_tui.session.link.dialling import NO_RELAY_ANSWERS, NOTHING_ANSWERS
from contract_tui.session.link.refusals import Unconfirmed
from sync_server.access.code import normal_code

_NOT_A_RELAY = _("what answers at {url} is not a relay")
_NOT_A_RELAY_BUT = _("what answers at {url} is not a relay: HTTP {status}")
_UNKNOWN_CODE = _("the relay at {url} does not know this code")

PATIENCE = 10.0
"""Seconds for the relay to answer."""
LARGEST = 16_384
"""Bytes of an answer."""


class CodeRefused(SessionError):
    """A relay keeps nothing under a code any more, or never did."""


async def redeem(relay: str, code: str, *, trusted: bool = False) -> str:
    """The invitation link that a relay keeps under a code.

    Over an unencrypted way only where it is `trusted`: whoever reads along could take the seat.
    Raises NotACode for a mistyped code, CodeRefused, Unconfirmed or LinkTrouble.
    """
    letters = normal_code(code).replace("-", "")
    address = relay_address(relay)
    if not (trusted or is_sheltered(address)):
        raise Unconfirmed(address)
    return await asyncio.to_thread(_fetch, address, letters)


def redeem_now(relay: str, code: str, *, trusted: bool = False) -> str:
    """As `redeem`, for a command that does nothing else meanwhile."""
    return asyncio.run(redeem(relay, code, trusted=trusted))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nobody: a code is for the relay that it was asked of."""


def _fetch(address: str, letters: str) -> str:
    parts = urlsplit(address)
    scheme = "https" if parts.scheme == "wss" else "http"
    url = urlunsplit((scheme, parts.netloc, f"/code/{letters}", "", ""))
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if is_local(address):
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        with urllib.request.build_opener(*handlers).open(url, timeout=PATIENCE) as answer:
            text: str = answer.read(LARGEST).decode("utf-8", "replace").strip()
    except urllib.error.HTTPError as error:
        raise _refused(address, error) from error
    except (HTTPException, ValueError, EOFError) as error:
        raise LinkTrouble(_NOT_A_RELAY.format(url=address)) from error
    except TimeoutError as error:
        said = NOTHING_ANSWERS.format(url=address, seconds=PATIENCE)
        raise LinkTrouble(said) from error
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        words = getattr(reason, "strerror", None) or reason
        said = NO_RELAY_ANSWERS.format(url=address, why=str(words).lower())
        raise LinkTrouble(said) from error
    return text


def _refused(address: str, error: urllib.error.HTTPError) -> SessionError:
    """What the relay says of a code that it does not give an invitation for."""
    said = error.read(1000).decode("utf-8", "replace").strip().splitlines()
    plain = (error.headers.get("Content-Type") or "").startswith("text/plain")
    words = "".join(c for c in said[0] if c.isprintable()).rstrip(".") if said and plain else ""
    words = _(words)  # what a relay of ours says is known (`refusals`)
    match error.code:
        case HTTPStatus.NOT_FOUND:
            return CodeRefused(words or _UNKNOWN_CODE.format(url=address))
        case HTTPStatus.GONE:
            return CodeRefused(words or _("this code was used or has expired: ask for a new one"))
        case HTTPStatus.TOO_MANY_REQUESTS:
            return CodeRefused(words or _("too many wrong codes were tried: wait a little"))
        case _:
            return LinkTrouble(_NOT_A_RELAY_BUT.format(url=address, status=error.code))
