"""A newcomer's first minute: what `make` says and does before anything of ours is installed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.table import QUIT
from tests.journeys.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
FIND_PYTHON = ROOT / "tools" / "find-python.sh"

Find = Callable[[], subprocess.CompletedProcess[str]]


def a_python(folder: Path, name: str, before: str) -> None:
    """Put a real Python in the folder that runs the line `before` first."""
    starter = f"import sys; {before}; exec(sys.argv[1])"
    script = folder / name
    script.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{starter}' \"$2\"\n")
    script.chmod(0o755)


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Run the search for a Python with only `tmp_path` on the path."""

    def run() -> subprocess.CompletedProcess[str]:
        command = ["/bin/sh", str(FIND_PYTHON)]
        environment = {"PATH": str(tmp_path)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def test_a_python_that_fits_is_named(tmp_path: Path, find: Find) -> None:
    a_python(tmp_path, "python3", "sys.version_info = (3, 12, 1)")
    answer = find()
    assert (answer.returncode, answer.stdout.strip()) == (0, sys.executable)


def test_a_newer_python_is_passed_over_for_one_that_fits(tmp_path: Path, find: Find) -> None:
    a_python(tmp_path, "python3.11", "sys.version_info = (3, 11, 0)")
    a_python(tmp_path, "python3", "sys.version_info = (3, 13, 0)")
    assert find().returncode == 0


def test_a_command_that_is_no_working_python_is_passed_over(tmp_path: Path, find: Find) -> None:
    broken = tmp_path / "python3.12"
    broken.write_text("#!/bin/sh\necho no such version >&2\nexit 127\n")
    broken.chmod(0o755)
    a_python(tmp_path, "python3", "sys.version_info = (3, 11, 7)")
    assert find().returncode == 0


@pytest.mark.parametrize("version", ["(3, 10, 9)", "(3, 13, 0)", "(2, 7, 18)"])
def test_a_python_of_another_version_is_refused_in_one_sentence(
    tmp_path: Path, find: Find, version: str
) -> None:
    a_python(tmp_path, "python3", f"sys.version_info = {version}")
    answer = find()
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert "needs Python 3.11 or 3.12" in answer.stderr
    assert "please install Python 3.12" in answer.stderr


def test_a_python_without_venv_is_refused_with_the_package_to_install(
    tmp_path: Path, find: Find
) -> None:
    a_python(tmp_path, "python3", 'sys.version_info = (3, 11, 2); sys.modules["ensurepip"] = None')
    answer = find()
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "apt install python3.11-venv" in answer.stderr


def test_no_python_at_all_is_refused_in_one_sentence(find: Find) -> None:
    answer = find()
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "please install Python 3.11 or 3.12" in answer.stderr


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """A tree that is set up, as far as `setup.sh` can see, on a machine without a Python."""
    tree = tmp_path / "tree"
    for name in ("tools", "requirements"):
        shutil.copytree(ROOT / name, tree / name)
    shutil.copy(ROOT / "pyproject.toml", tree)
    commands = tmp_path / "commands"
    commands.mkdir()
    for name in ("cat", "cksum", "dirname"):
        (commands / name).symlink_to(shutil.which(name) or name)
    (tree / ".venv" / "bin").mkdir(parents=True)
    a_python(tree / ".venv" / "bin", "python", "pass")
    write_down = ["sh", "-c", "cksum requirements/*.txt pyproject.toml tools/prepare.py"]
    noted = subprocess.run(write_down, cwd=tree, capture_output=True, check=True).stdout
    (tree / ".venv" / "runtime.made-from").write_bytes(noted)
    return tree


def set_up(tree: Path, kind: str) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(tree / "tools" / "setup.sh"), kind]
    path = {"PATH": str(tree.parent / "commands")}
    return subprocess.run(command, env=path, capture_output=True, text=True, check=False)


def test_no_python_is_looked_for_where_everything_is_set_up(prepared: Path) -> None:
    done = set_up(prepared, "runtime")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_set_up_of_another_kind_is_not_passed_over(prepared: Path) -> None:
    assert "found none" in set_up(prepared, "development").stderr


@pytest.mark.parametrize("changed", ["requirements/runtime.txt", "pyproject.toml"])
def test_a_set_up_is_not_passed_over_when_what_it_is_made_from_changed(
    prepared: Path, changed: str
) -> None:
    with (prepared / changed).open("a") as file:
        file.write("# changed\n")
    assert "found none" in set_up(prepared, "runtime").stderr


def test_a_set_up_is_not_passed_over_when_its_python_is_gone(prepared: Path) -> None:
    (prepared / ".venv" / "bin" / "python").unlink()
    (prepared / ".venv" / "bin" / "python").symlink_to("/nowhere")
    assert "found none" in set_up(prepared, "runtime").stderr


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Path]:
    """A copy of the tree as a newcomer gets it, with nothing set up in it."""
    target = tmp_path / "clone"
    leave = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", "*.egg-info")
    shutil.copytree(ROOT, target, ignore=leave)
    yield target
    shutil.rmtree(target)


def make(folder: Path, target: str) -> subprocess.CompletedProcess[str]:
    command = ["make", target]
    return subprocess.run(
        command, cwd=folder, env=bare_environment(), capture_output=True, text=True, check=False
    )


def bare_environment() -> dict[str, str]:
    """Return an environment without the traces of a `make` or a tmux that runs the tests."""
    traces = ("MAKE", "MFLAGS", "TMUX", "VIRTUAL_ENV")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(traces)}
    return {**bare, "PYTHON": sys.executable}


@pytest.mark.soak
def test_a_set_up_that_was_interrupted_is_begun_again_and_ends_in_the_rehearsal(
    clone: Path,
) -> None:
    first = subprocess.Popen(
        [sys.executable, "tools/prepare.py", "runtime"],
        cwd=clone,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    with first:
        assert first.stdout is not None
        while b"packages" not in first.stdout.readline():
            assert first.poll() is None
        os.killpg(first.pid, signal.SIGKILL)

    again = make(clone, "runtime")
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("Making a virtual environment in .venv")
    assert again.stdout.endswith("Ready.\n")
    for program in ("contract-tui", "sync-server"):
        command = [str(clone / ".venv" / "bin" / program), "--help"]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0

    began = time.monotonic()
    third = make(clone, "runtime")
    assert (third.returncode, third.stdout) == (0, "")
    assert time.monotonic() - began < 2

    workshop = ["make", "-C", str(clone), "workshop"]
    own = {**bare_environment(), "TMUX_TMPDIR": str(clone), "CONTRACT_TUI_HOME": str(clone / "own")}
    with Terminal(workshop, own, columns=200, rows=50) as screen:
        screen.wait_until(lambda text: "Interests" in text, "the rehearsal")
        screen.type(QUIT)
        assert screen.end() == 0
