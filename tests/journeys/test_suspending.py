"""A program that is put aside for a while, as a shell does with Ctrl+Z, and taken up again."""

from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal
from tests.programs import BIN, in_library, run

pytestmark = pytest.mark.journey


def is_whole(text: str) -> bool:
    """Whether the list of contracts is there from its title to its keys."""
    return all(part in text for part in ("Learning contracts", "Tidepools", "Ctrl+Q Quit"))


def test_the_whole_screen_is_there_again_and_takes_keys(tmp_path: Path) -> None:
    run(tmp_path, "new", "Tidepools", "--name", "Ana", "--role", "student")
    with Terminal([str(BIN / "contract-tui")], in_library(tmp_path)) as terminal:
        terminal.wait_until(is_whole, "the list")
        terminal.suspend()
        terminal.resume()
        terminal.wait_until(is_whole, "the list again")
        terminal.type("\x11")
        assert terminal.end() == 0
