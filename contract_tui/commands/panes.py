"""Other people's screens in tmux: as panes beside this one, or behind it where there is no room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from contract_tui.language import _
from contract_tui.library.settings import HOME_VARIABLE

SMALLEST_SCREEN = (60, 18)
"""Columns and rows below which a screen of ours asks for more."""

SOON = _("This screen opens in a moment.")
CLOSED = _("This screen is closed. Press Enter to open it again.")
_SCRIPT = r"""
printf '%s\n' "$3"
"$1" wait-for "$2"
closed=$4
shift 4
while :; do
    "$@"
    stty sane
    printf '\033c%s\n' "$closed"
    read -r _ || exit 0
done
"""
"""Waits for a channel of tmux, then runs a program, and again whenever somebody presses Enter.

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
    tmux = _where_tmux_is()
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
        self._channels: list[str] = []
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
        """Make room for the program of the library's owner; returns whether tmux did it.

        It starts with `begin`. Whoever ends it, or has it killed, can open it again in its place.
        """
        channel = f"contract-tui-{os.getpid()}-{len(self._channels)}"
        told = _where_tmux_is(), channel, SOON, CLOSED
        script = ("sh", "-c", _SCRIPT, "sh", *told, *program(*arguments))
        command = ("-e", f"{HOME_VARIABLE}={home}", "--", *script)
        pane = _tmux(*self._place(), "-d", "-P", "-F", "#{pane_id}", *command)
        if pane:
            self._ids.append(pane)
            self._channels.append(channel)
        return bool(pane)

    def begin(self) -> None:
        """Start the programs: together they would keep the first screen from coming."""
        signals = [word for channel in self._channels for word in ("wait-for", "-S", channel, ";")]
        if signals:
            _tmux(*signals[:-1])

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
    width, _gap, height = answer.partition(" ")
    return (int(width), int(height)) if width.isdecimal() and height.isdecimal() else (0, 0)


def _where_tmux_is() -> str:
    return shutil.which("tmux") or "tmux"


def _tmux(*arguments: str) -> str:
    """What tmux answers; empty where it refuses."""
    if not is_installed():
        return ""
    done = subprocess.run(  # noqa: S603 - a list, no shell
        [_where_tmux_is(), *arguments], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""
