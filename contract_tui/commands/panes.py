"""Other people's screens beside this one, as panes of tmux."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from contract_tui.session.settings import HOME_VARIABLE


def is_installed() -> bool:
    """Whether there is a tmux to ask."""
    return shutil.which("tmux") is not None


def is_inside(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this terminal is a pane of tmux already."""
    return bool(environment.get("TMUX"))


def program(*arguments: str) -> list[str]:
    """The same program with other arguments, by the interpreter that runs it now."""
    return [sys.executable, "-m", "contract_tui", *arguments]


def start_inside(command: Sequence[str]) -> None:
    """Replace this process by tmux running the command; returns only if that fails."""
    tmux = shutil.which("tmux")
    assert tmux is not None
    sys.stdout.flush()
    os.execv(tmux, [tmux, "new-session", *command])  # noqa: S606 - no shell is wanted


class Panes:
    """Panes beside this one, which go when the context ends."""

    def __init__(self) -> None:
        self._ids: list[str] = []

    def __enter__(self) -> Panes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pane in self._ids:
            _tmux("kill-pane", "-t", pane)

    def add(self, home: Path, *arguments: str) -> bool:
        """Start the program for the library's owner in a pane; returns whether there was room.

        The first pane takes the right half, the next splits that half.
        """
        beside = self._ids[-1] if self._ids else os.environ.get("TMUX_PANE", "")
        where = ["-t", beside] if beside else []
        direction = "-v" if self._ids else "-h"
        pane = _tmux(
            *("split-window", direction, "-d", "-P", "-F", "#{pane_id}", *where),
            *("-e", f"{HOME_VARIABLE}={home}", "--", *program(*arguments)),
        )
        if pane:
            self._ids.append(pane)
        return bool(pane)


def _tmux(*arguments: str) -> str:
    """What tmux answers; empty where it refuses, for example because there is no room."""
    done = subprocess.run(  # noqa: S603 - a list, no shell
        ["tmux", *arguments],  # noqa: S607 - tmux is looked up like any command
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else ""
