"""A contract with a past, as three people have it on their computers."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from contract_tui.library.library import Library
from contract_tui.library.rehearsal import set_stage
from contract_tui.library.sample import SECTION_SITTINGS
from contract_tui.library.world import World
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.ui.sitting import NOW, Sitting


@pytest.fixture(scope="session", autouse=True)
def _style_sheets_read_once() -> Iterator[None]:
    """Let every program of a run read a style sheet once: reading them is much of its start."""
    read: dict[tuple[object, ...], list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parse_once(sheet: Stylesheet, css: str, *where: Any, **more: Any) -> list[RuleSet]:
        variables = frozenset(sheet._variables.items())
        name = (css, variables, where, frozenset(more.items()))
        if name not in read:
            read[name] = parse(sheet, css, *where, **more)
        return read[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


RELAY = "ws://127.0.0.1:1"
"""Where nobody answers: the tests work alone."""


def entropy() -> Callable[[int], bytes]:
    """Return what gives bytes that are the same in every run, and never the same twice.

    Each contract counts for itself: whichever is made first, its keys are the same.
    """
    numbers = count(1)
    return lambda size: (f"{next(numbers):08d}".encode() * size)[:size]


@pytest.fixture(scope="session")
def _written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DocumentId]:
    """The libraries, made once: each test gets a copy."""
    folder = tmp_path_factory.mktemp("written")
    world = World(clock=lambda: NOW, entropy=entropy(), online=False)
    return folder, set_stage(folder, RELAY, world).contract


@pytest.fixture(scope="session")
def _sections_written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DocumentId]:
    """The same of a contract in which nobody wrote but in its sections."""
    folder = tmp_path_factory.mktemp("sections")
    world = World(clock=lambda: NOW, entropy=entropy(), online=False)
    return folder, set_stage(folder, RELAY, world, SECTION_SITTINGS).contract


@pytest.fixture
def sitting(tmp_path: Path, _written: tuple[Path, DocumentId]) -> Iterator[Sitting]:
    """The student, the teacher and the parent, each with a library of their own."""
    with sitting_down(tmp_path, *_written) as sitting:
        yield sitting


@pytest.fixture
def sections_only(tmp_path: Path, _sections_written: tuple[Path, DocumentId]) -> Iterator[Sitting]:
    """The same of a contract in which nobody wrote but in its sections."""
    with sitting_down(tmp_path, *_sections_written) as sitting:
        yield sitting


@contextmanager
def sitting_down(home: Path, written: Path, contract: DocumentId) -> Iterator[Sitting]:
    """Give everybody a copy of what was written."""
    shutil.copytree(written, home, dirs_exist_ok=True)
    libraries = {role: Library(home / role.value) for role in list(Role)[:3]}
    yield Sitting(contract, libraries)
    for library in libraries.values():
        library.close()


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer in the time zone of Greenwich: what is told of times is the same everywhere."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    """A library of somebody who has just begun."""
    with Library(tmp_path / "empty") as library:
        yield library
