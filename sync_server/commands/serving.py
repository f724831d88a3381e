"""Running the relay itself, until it is told to stop."""

import asyncio
import contextlib
import gc
import logging
import resource
import signal
from argparse import Namespace
from pathlib import Path

from sync_server.commands.limits import with_limits
from sync_server.commands.places import data_directory
from sync_server.relay.errors import RelayError, TlsUnavailable
from sync_server.relay.logs import configure, note
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings

_logger = logging.getLogger(__name__)


class RegisterKeyUnavailable(RelayError):
    """The file with the registration key cannot be used."""


def serve(options: Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C; raises RelayError if that cannot begin or go on.

    SIGHUP renews the certificate.
    """
    settings = _settings(options)
    configure(options.log_json)
    _allow_many_connections()
    _collect_rarely()
    asyncio.run(_serve(settings))
    return 0


def _settings(options: Namespace) -> Settings:
    settings = Settings(
        host=options.host,
        port=options.port,
        data=data_directory(options),
        open=options.open,
        public_urls=tuple(options.public_url),
        register_key=_register_key(options.register_key_file),
        allow_origins=tuple(options.allow_origin),
        tls_cert=options.tls_cert,
        tls_key=options.tls_key,
        power_safe=not options.fast,
    )
    return with_limits(settings, options.limit)


def _register_key(path: Path | None) -> str | None:
    """The first word of a file; a file without one is a mistake, not an open door."""
    if path is None:
        return None
    try:
        words = path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise RegisterKeyUnavailable(
            f"the registration key in {path} cannot be read: {reason}"
        ) from error
    if len(words) != 1:
        raise RegisterKeyUnavailable(f"{path} should hold the registration key and nothing else")
    return words[0]


def _allow_many_connections() -> None:
    """Every connection is an open file, and the usual soft limit allows few."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _collect_rarely() -> None:
    """Look for reference cycles rarely: a keystroke makes none, and the search costs a tenth.

    Connections make some; after 50,000 objects of theirs a search would take a tenth of a second.
    """
    gc.freeze()
    gc.set_threshold(5_000, 20, 100)


async def _serve(settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    async with Relay.serve(settings) as relay:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, relay.stop)
        if settings.tls_cert:
            loop.add_signal_handler(signal.SIGHUP, _renew_certificate, relay)
        note(
            _logger,
            "started",
            access="open" if settings.open else "closed",
            tls="yes" if settings.tls_cert else "no",
            disk="safe" if settings.power_safe else "fast",
        )
        print(f"listening on {relay.url}", flush=True)
        await relay.stopped
    note(_logger, "stopped")


def _renew_certificate(relay: Relay) -> None:
    """Read the certificate anew; one that cannot be used leaves the one that is in use."""
    try:
        relay.renew_certificate()
    except TlsUnavailable as error:
        _logger.error("the certificate stays as it was: %s", error)
