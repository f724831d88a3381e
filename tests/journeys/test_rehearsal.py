"""The newcomer's first minute: `contract-tui rehearse`."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.journeys.table import QUIT
from tests.journeys.terminal import Terminal
from tests.programs import BIN, in_library, run

REHEARSE = [str(BIN / "contract-tui"), "rehearse"]


def test_a_rehearsal_in_one_pane_says_how_to_open_the_others(tmp_path: Path) -> None:
    home = tmp_path / "own"
    without_tmux = {**in_library(home), "PATH": str(BIN)}
    with Terminal(REHEARSE, without_tmux, columns=160, rows=50) as screen:
        screen.wait_for("paste these")
        screen.wait_for("press Enter")
        screen.type("\r")
        screen.wait_for("Interests")
        screen.type(QUIT)
        assert screen.end() == 0
    assert '"contracts": []' in run(home, "list", "--json")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment with a tmux server of its own."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed here")
    environment = {**in_library(tmp_path / "own"), "TMUX_TMPDIR": str(tmp_path)}
    environment.pop("TMUX", None)
    yield environment
    subprocess.run(["tmux", "kill-server"], env=environment, check=False, capture_output=True)


def test_a_rehearsal_shows_three_people_writing_side_by_side(tmux: dict[str, str]) -> None:
    with Terminal(REHEARSE, tmux, columns=200, rows=50) as screen:
        screen.wait_until(lambda text: text.count("Interests") >= 3, "three panes")
        screen.wait_until(lambda text: text.count("shared with everyone") == 3, "all in step")
        screen.type("Typed by the student. ")
        screen.wait_until(lambda text: text.count("Typed by the") == 3, "it on every pane")
        screen.type(QUIT)
        assert screen.end() == 0
    panes = subprocess.run(["tmux", "list-panes", "-a"], env=tmux, check=False, capture_output=True)
    assert panes.returncode != 0, "tmux is still running"


def test_a_screen_that_was_killed_is_opened_again_in_its_place(tmux: dict[str, str]) -> None:
    def ask(*arguments: str) -> str:
        command = ["tmux", *arguments]
        return subprocess.run(command, env=tmux, check=True, capture_output=True, text=True).stdout

    with Terminal(REHEARSE, tmux, columns=200, rows=50) as screen:
        screen.wait_until(lambda text: text.count("shared with everyone") == 3, "all in step")
        shell = psutil.Process(
            int(ask("display-message", "-p", "-t", "{top-right}", "#{pane_pid}"))
        )
        (program,) = shell.children()
        program.kill()
        screen.wait_for("Press Enter to open it again")
        screen.type("Typed while it was closed. ")
        ask("send-keys", "-t", "{top-right}", "Enter")
        screen.wait_until(lambda text: text.count("Typed while it was") == 3, "it on every pane")
        screen.type(QUIT)
        assert screen.end() == 0


def test_a_terminal_is_needed_to_rehearse(tmp_path: Path) -> None:
    ended = subprocess.run(
        REHEARSE,
        env=in_library(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
