"""ELVA, another editor in a terminal for several people, as the peer for the screen.

It is installed from PyPI into a cache of its own on first use.
"""

import os
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.screens import HOME, PAGE_UP, Screen, drain, painted, screen

VERSION = "0.37"
NAME = f"ELVA {VERSION}"
A_COLOUR = "\x1b[48"
"""Begins the first cell that it paints."""


def program() -> Path | None:
    """Return the command, installing it on first use; None where that fails."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "contract-tui" / f"elva-{VERSION}"
    command = folder / "bin" / "elva"
    if not (folder / "complete").exists():
        venv.create(folder, clear=True, with_pip=True)
        install = [str(folder / "bin" / "pip"), "install", "-qqq", f"elva=={VERSION}"]
        if subprocess.run(install, check=False).returncode:
            sys.stderr.write(f"{NAME} could not be installed; its figures are left out\n")
            return None
        (folder / "complete").touch()
    return command


def editor(home: Path, *connect: str) -> list[str]:
    """Return the command of one editor with its document in `home`."""
    command = program()
    assert command is not None
    home.mkdir(parents=True, exist_ok=True)
    return [str(command), *connect, "editor", "--file", str(home / "note.y")]


@contextmanager
def alone(home: Path, text: str) -> Iterator[Screen]:
    """Open a document with a text in it."""
    with screen(editor(home), environment(home)) as running:
        painted([running], A_COLOUR)
        drain([running], 1.0, patience=4)
        running.paste(text)
        drain([running], 1.0, patience=4)
        running.press(PAGE_UP * (len(text) // 500) + HOME)
        drain([running], 1.0, patience=4)
        yield running


@contextmanager
def three(folder: Path) -> Iterator[list[Screen]]:
    """Open one document on three screens, with a server between them."""
    command = program()
    assert command is not None
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        serve = [str(command), "server", "--host", "127.0.0.1", "--port", port]
        server = subprocess.Popen(
            serve,
            env=environment(folder),
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(server.wait)
        stack.callback(server.kill)
        time.sleep(2)
        room = ["connect", "--host", "127.0.0.1", "--port", port, "--identifier", "bench"]
        screens = []
        for name in ("one", "two", "three"):
            home = folder / name
            opened = screen(editor(home, *room), environment(home))
            screens.append(stack.enter_context(opened))
        painted(screens, A_COLOUR)
        drain(screens, 1.5, patience=4)
        yield screens


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which ELVA keeps to a folder."""
    return {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
