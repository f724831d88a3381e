"""The rehearsal's doings outside its screen."""

import shlex
import subprocess
from pathlib import Path

import pytest

from contract_tui.commands import panes
from contract_tui.commands.rehearsing import commands
from contract_tui.library.rehearsal import set_stage
from contract_tui.library.settings import HOME_VARIABLE
from sync_server.access.proof import Role


def test_the_commands_to_paste_open_the_other_seats(tmp_path: Path) -> None:
    stage = set_stage(tmp_path / "a b", "ws://127.0.0.1:1")
    _, teacher, parent = commands(stage).splitlines()
    for line, role in ((teacher, Role.TEACHER), (parent, Role.PARENT)):
        words = shlex.split(line)
        assert words[:2] == ["env", f"{HOME_VARIABLE}={stage.homes[role]}"]
        assert words[-2] == "open"
        listed = subprocess.run(
            ["sh", "-c", line.replace(f" open {words[-1]}", " list --json")],
            capture_output=True,
            text=True,
            check=True,
        )
        assert f'"role": "{role}"' in listed.stdout
        assert words[-1] in listed.stdout


def test_a_pane_of_tmux_is_known_by_its_variable() -> None:
    assert panes.is_inside({"TMUX": "/tmp/tmux-0/default,1,0"})
    assert not panes.is_inside({})


@pytest.mark.parametrize(
    ("width", "height", "room"),
    [(80, 24, False), (121, 37, True), (120, 50, False), (200, 36, False), (0, 0, False)],
)
def test_others_are_beside_only_where_every_screen_is_large_enough(
    width: int, height: int, room: bool
) -> None:
    assert panes.have_room(width, height) is room


def test_where_tmux_does_not_answer_there_is_no_pane(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", f"{tmp_path / 'nobody'},1,0")
    with panes.Panes() as beside:
        assert not beside.add(tmp_path, "list")
