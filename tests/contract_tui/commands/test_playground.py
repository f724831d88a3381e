"""What a rehearsal that was killed leaves behind is cleared by the next, and nothing else is."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract_tui.commands import playground
from contract_tui.commands.playground import clear, playing
from contract_tui.library.settings import REHEARSAL

PLAY = """
import sys
from pathlib import Path
from contract_tui.commands import playground
playground.MEMORY = Path(sys.argv[1])
with playground.playground() as directory:
    (directory / "student").mkdir()
    print(directory, flush=True)
    sys.stdin.read()
"""
STAY = """
import sys
from pathlib import Path
from contract_tui.commands.playground import playing
with playing(Path(sys.argv[1])):
    print("here", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where rehearsals are, of this test alone."""
    monkeypatch.setattr(playground, "MEMORY", tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def program(code: str, argument: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another program, and the first line that it says."""
    started = subprocess.Popen(
        [sys.executable, "-c", code, str(argument)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout is not None
        yield started, started.stdout.readline().strip()
    finally:
        started.kill()
        started.communicate()


def test_the_next_rehearsal_clears_up_behind_one_that_was_killed(place: Path) -> None:
    with program(PLAY, place) as (rehearsal, said):
        left = Path(said)
        clear({place})
        assert left.is_dir(), "it lives"
        rehearsal.kill()
        rehearsal.wait()
        assert left.is_dir()
        with playground.playground() as mine:
            assert not left.exists()
            assert list(place.iterdir()) == [mine]
    assert list(place.iterdir()) == []


def test_whoever_plays_on_without_the_first_keeps_it_there(place: Path) -> None:
    with program(PLAY, place) as (rehearsal, said):
        home = Path(said) / "student"
        with program(STAY, home) as (other, _):
            rehearsal.kill()
            rehearsal.wait()
            clear({place})
            assert home.is_dir()
            other.kill()
            other.wait()
            clear({place})
            assert list(place.iterdir()) == []


def test_several_rehearsals_leave_each_other_alone(place: Path) -> None:
    with playground.playground() as one, playground.playground() as other:
        clear({place})
        assert one.is_dir()
        assert other.is_dir()


def test_what_is_not_known_to_be_dead_or_is_no_rehearsal_stays(place: Path) -> None:
    beginning = place / f"{REHEARSAL}abc"
    beginning.mkdir()
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "held").touch()
    (place / f"{REHEARSAL}link").symlink_to(elsewhere)
    (place / f"{REHEARSAL}file").touch()
    clear({place, place / "nowhere"})
    assert beginning.is_dir()
    assert (elsewhere / "held").is_file()
    assert (place / f"{REHEARSAL}file").is_file()


def test_a_library_of_ones_own_is_held_by_nobody(place: Path) -> None:
    with playing(place / "home"):
        assert list(place.iterdir()) == []
