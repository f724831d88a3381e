"""Connects to a relay, and says in one sentence why that does not work or has ended."""

from __future__ import annotations

import asyncio
import importlib
import ipaddress
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contract_tui.session.conversation import NotARelay, Refused
from contract_tui.session.errors import LinkTrouble

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

PATIENCE = 10.0
"""Seconds for a relay to accept a connection, and to show that it is alive."""
LARGEST_FRAME = 64 << 20
FIRST_WAIT, SHORT_WAIT, LONG_WAIT = 0.5, 1.5, 30.0
LONG_ABSENCE = 300.0
"""Seconds away after which waiting gets longer than `SHORT_WAIT`."""


def waiting_time(failures: int, away: float, chance: float) -> float:
    """Seconds until the next attempt; `chance` is uniform in [0, 1).

    Doubling with jitter, so that a class does not return in step; capped low for the first minutes,
    so that whoever waits for a relay that restarts is back within two seconds.
    """
    longest = SHORT_WAIT if away < LONG_ABSENCE else LONG_WAIT
    return float(min(longest, FIRST_WAIT * 2 ** min(failures, 16))) * (0.1 + 0.9 * chance)


@asynccontextmanager
async def dial(url: str) -> AsyncIterator[ClientConnection]:
    """A connection to a relay; whatever prevents or ends it is raised as LinkTrouble."""
    # Imported in a thread, since it takes longer than a key may wait for its paint.
    client = await asyncio.to_thread(importlib.import_module, "websockets.asyncio.client")
    errors = await asyncio.to_thread(importlib.import_module, "websockets.exceptions")
    try:
        async with client.connect(
            url,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=PATIENCE,
            ping_timeout=PATIENCE,
            close_timeout=1,
            max_size=LARGEST_FRAME,
            proxy=None if _is_local(url) else True,
        ) as socket:
            yield socket
    except errors.ConnectionClosed as error:
        reason = f": {error.rcvd.reason}" if error.rcvd and error.rcvd.reason else ""
        raise LinkTrouble(f"the relay at {url} broke off the connection{reason}") from error
    except NotARelay as error:
        raise LinkTrouble(f"what answers at {url} is not a relay: {error}") from error
    except Refused as error:
        raise LinkTrouble(f"the relay at {url} refuses: {error}") from error
    except errors.InvalidURI as error:
        raise LinkTrouble(f"{url} is not the address of a relay") from error
    except errors.InvalidHandshake as error:
        raise LinkTrouble(f"what answers at {url} is not a relay: {_brief(error)}") from error
    except (errors.InvalidProxy, ImportError) as error:
        raise LinkTrouble(f"the proxy on the way to {url} is of no use: {_brief(error)}") from error
    except TimeoutError as error:
        raise LinkTrouble(f"nothing answers at {url} within {PATIENCE:.0f} seconds") from error
    except EOFError as error:
        raise LinkTrouble(f"what answers at {url} is not a relay: it hangs up") from error
    except OSError as error:
        raise LinkTrouble(f"no relay answers at {url}: {_brief(error)}") from error


def _brief(error: Exception) -> str:
    """The gist of a foreign exception in one line."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return f"no secure connection ({error.reason})"
    if isinstance(error, OSError) and error.errno and error.errno > 0:
        return os.strerror(error.errno).lower()
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return next(iter(str(error).splitlines()), type(error).__name__)


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
