"""The terminal that the journeys are told through is itself right."""

import os
import sys

import pytest

from tests.journeys.terminal import ENTER, Terminal

pytestmark = pytest.mark.journey

ECHO = "import os, sys\nfor line in sys.stdin: print('heard', line, os.get_terminal_size())"


def test_what_is_typed_is_heard_and_what_is_painted_is_seen() -> None:
    with Terminal([sys.executable, "-c", ECHO], dict(os.environ), columns=90, rows=20) as terminal:
        terminal.type("naïve" + ENTER)
        terminal.wait_for("heard naïve")
        terminal.wait_for("columns=90, lines=20")


def test_a_program_that_ends_leaves_its_status() -> None:
    with Terminal([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ)) as terminal:
        assert terminal.end() == 3
