"""The command `sync-server`: reads the command line, runs one relay, stops it when told to."""

import argparse
import asyncio
import contextlib
import gc
import logging
import resource
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from sync_server.relay.errors import RelayError
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings

DESCRIPTION = """\
The relay between the people who write a learning contract: it keeps what they write, passes it on,
and opens none of it. It prints "listening on ws://HOST:PORT" once it accepts connections and stops
on SIGTERM or Ctrl-C. GET /health and GET /metrics say how it is."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 when stopped, 1 when it failed; exits with 2 on wrong usage."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="sync-server: %(message)s")
    _allow_many_connections()
    _collect_rarely()
    try:
        asyncio.run(_serve(_settings(options)))
    except RelayError as error:
        print(f"sync-server: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sync-server", description=DESCRIPTION)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=3030, help="port to listen on; 0 chooses one (%(default)s)"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help=f"directory to keep changes in ({_data_home()})"
    )
    parser.add_argument(
        "--open", action="store_true", help="admit everyone, without checking who they are"
    )
    parser.add_argument(
        "--fast",
        action="store_true",
        help="do not wait for the disk itself: a power cut may cost the last moments",
    )
    return parser


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")


def _data_home() -> Path:
    return platformdirs.user_data_path("contract-relay", appauthor=False)


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(
        host=options.host,
        port=options.port,
        data=options.data or _data_home(),
        open=options.open,
        power_safe=not options.fast,
    )


def _allow_many_connections() -> None:
    """Every connection is an open file, and the usual soft limit allows few."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _collect_rarely() -> None:
    """Look for reference cycles rarely: a keystroke makes none, and the search costs a tenth."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def _serve(settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    async with Relay.serve(settings) as relay:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, relay.stop)
        print(f"listening on {relay.url}", flush=True)
        await relay.stopped
