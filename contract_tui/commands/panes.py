"""Other people's screens in tmux: as panes beside this one, or behind it where there is no room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from contract_tui.session.settings import HOME_VARIABLE

SMALLEST_SCREEN = (60, 18)
"""Columns and rows below which a screen of ours asks for more."""

_AGAIN = r"""
while :; do
    "$@"
    stty sane
    printf '\033cThis screen is closed. Press Enter to open it again.\n'
    read -r _ || exit 0
done
"""
"""Runs a program, and again whenever it ends and somebody presses Enter.

A program that was killed leaves its terminal without echo and in another screen; hence the reset.
"""


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


def have_room(width: int, height: int) -> bool:
    """Whether one screen fits to the left, and two others above each other to its right."""
    columns, rows = SMALLEST_SCREEN
    return width >= 2 * columns + 1 and height >= 2 * rows + 1


class Panes:
    """Others' screens, which go when the context ends."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self.are_beside = have_room(*_window_size())
        """Whether they can be seen together; else each has a window of tmux to itself."""

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
        """Start the program for the library's owner; returns whether tmux did it.

        Whoever ends it, or has it killed, can open it again in its place.
        """
        again = ("sh", "-c", _AGAIN, "sh", *program(*arguments))
        command = ("-e", f"{HOME_VARIABLE}={home}", "--", *again)
        pane = _tmux(*self._place(), "-d", "-P", "-F", "#{pane_id}", *command)
        if pane:
            self._ids.append(pane)
        return bool(pane)

    def _place(self) -> list[str]:
        """The right half for the first, the lower half of that for the second."""
        if not self.are_beside:
            return ["new-window"]
        if self._ids:
            return ["split-window", "-v", "-t", self._ids[-1]]
        mine = os.environ.get("TMUX_PANE")
        return ["split-window", "-h", *(["-t", mine] if mine else [])]


def _window_size() -> tuple[int, int]:
    answer = _tmux("display-message", "-p", "#{window_width} #{window_height}")
    width, _, height = answer.partition(" ")
    return (int(width), int(height)) if width.isdecimal() and height.isdecimal() else (0, 0)


def _tmux(*arguments: str) -> str:
    """What tmux answers; empty where it refuses."""
    tmux = shutil.which("tmux")
    if tmux is None:
        return ""
    done = subprocess.run(  # noqa: S603 - a list, no shell
        [tmux, *arguments], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""
