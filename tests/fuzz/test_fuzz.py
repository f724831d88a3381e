import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.kept import CORPUS, kept
from tests.fuzz.targets import TARGETS, Target

ROOT = Path(__file__).resolve().parents[2]
HAS_ATHERIS = importlib.util.find_spec("atheris") is not None


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_before_is_taken_or_refused_in_order(name: str) -> None:
    taken = [TARGETS[name](data) for data in kept(name)]
    assert True in taken, "no input that is kept gets through the reader"


def test_every_reader_has_inputs_of_its_own() -> None:
    assert {file.stem for file in CORPUS.iterdir()} == {*TARGETS}
    assert sum(file.stat().st_size for file in CORPUS.iterdir()) < 300_000


def test_another_error_is_not_taken_for_a_refusal() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Target(int, KeyError)(b"x")


@pytest.mark.soak
@pytest.mark.skipif(not HAS_ATHERIS, reason="atheris runs on Linux alone")
def test_a_short_search_finds_nothing_that_a_reader_neither_takes_nor_refuses() -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--seconds", "2", "--runs", "20000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert [line for line in done.stdout.splitlines() if line.endswith(" …")] == [
        f"{name} …" for name in TARGETS
    ]
