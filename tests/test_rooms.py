"""Each room stays what it says: what importing it brings along, what its files reach for."""

import ast
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

DISK = frozenset({"sqlite3", "platformdirs"})
NETWORK = frozenset({"asyncio", "websockets"})
SCREEN = frozenset({"textual", "rich"})
DOCUMENT = frozenset({"automerge"})
PROGRAM = frozenset({"contract_tui"})

# What a pure room may not even name: the loop, the disk, the clock, chance and other programs.
# Not `io`: bytes in memory are pure, and `open` is looked for by its call.
IMPURE = frozenset(
    {
        "asyncio",
        "logging",
        "os",
        "pathlib",
        "random",
        "secrets",
        "select",
        "shutil",
        "socket",
        "sqlite3",
        "subprocess",
        "tempfile",
        "threading",
        "time",
        "urllib",
    }
)
IMPURE_CALLS = frozenset({"open", "print", "input", "breakpoint"})
CLOCKS = frozenset({"now", "utcnow", "today"})


@dataclass(frozen=True, slots=True)
class Room:
    package: str
    never: frozenset[str]
    """Top-level modules that may not be in memory after the whole room was imported."""
    may: tuple[str, ...] = ()
    """What else of ours it may bring along."""
    apart: frozenset[str] = field(default_factory=frozenset)
    """Modules of the room that run in a process of their own, and are not imported by it."""


OF_THE_WIRE = tuple(
    f"sync_server.protocol.{name}"
    for name in ("ids", "chunk", "columns", "leb", "errors", "operations")
)

ROOMS = [
    Room("sync_server.protocol", DISK | NETWORK | SCREEN | DOCUMENT | PROGRAM),
    Room(
        "sync_server.access",
        DISK | NETWORK | SCREEN | DOCUMENT | PROGRAM,
        may=("sync_server.protocol.ids", "sync_server.protocol.errors"),
    ),
    Room(
        "sync_server.storage",
        NETWORK | SCREEN | DOCUMENT | PROGRAM,
        may=("sync_server.protocol.ids", "sync_server.protocol.errors"),
    ),
    Room(
        "sync_server.hub",
        NETWORK | SCREEN | DOCUMENT | PROGRAM,
        may=("sync_server.protocol", "sync_server.access", "sync_server.storage"),
    ),
    Room(
        "sync_server.relay",
        SCREEN | DOCUMENT | PROGRAM,
        may=(
            "sync_server.hub",
            "sync_server.protocol",
            "sync_server.access",
            "sync_server.storage",
        ),
        apart=frozenset({"sync_server.relay.snapshot_worker"}),
    ),
    Room("contract_tui.language", DISK | NETWORK | SCREEN | DOCUMENT | frozenset({"gettext"})),
    Room(
        "contract_tui.contract",
        DISK | NETWORK | SCREEN,
        may=(*OF_THE_WIRE, "contract_tui.language", "sync_server.access"),
    ),
    Room(
        "contract_tui.history",
        DISK | NETWORK | SCREEN,
        may=(
            "contract_tui.language",
            "contract_tui.contract",
            "sync_server.protocol",
            "sync_server.access",
        ),
    ),
    Room(
        "contract_tui.exports",
        DISK | NETWORK | SCREEN,
        may=(
            "contract_tui.language",
            "contract_tui.contract",
            "contract_tui.history",
            "sync_server.protocol",
            "sync_server.access",
        ),
    ),
    Room(
        "contract_tui.library",
        NETWORK | SCREEN,
        may=(
            "contract_tui.language",
            "contract_tui.contract",
            "contract_tui.exports",
            "contract_tui.history",
            "sync_server.protocol",
            "sync_server.access",
            "sync_server.storage",
        ),
    ),
    Room(
        "contract_tui.session",
        SCREEN | frozenset({"aiohttp"}),
        may=(
            "contract_tui.language",
            "contract_tui.contract",
            "contract_tui.exports",
            "contract_tui.history",
            "contract_tui.library",
            "sync_server.protocol",
            "sync_server.access",
            "sync_server.storage",
        ),
    ),
    Room(
        "contract_tui.guests",
        DOCUMENT | frozenset({"websockets", "textual", "textual_serve", "jinja2"}),
        may=(
            "contract_tui.language",
            "contract_tui.library",
            "contract_tui.contract",
            "contract_tui.exports",
            "contract_tui.history",
            "sync_server.protocol",
            "sync_server.access",
            "sync_server.storage",
            "sync_server.relay.addresses",
            "sync_server.relay.errors",
            "sync_server.relay.guesses",
            "sync_server.relay.settings",
            "sync_server.hub.limits",
        ),
        apart=frozenset({"contract_tui.guests.driver"}),
    ),
    Room(
        "contract_tui.ui",
        frozenset({"aiohttp"}),
        may=(
            "contract_tui.language",
            "contract_tui.contract",
            "contract_tui.exports",
            "contract_tui.history",
            "contract_tui.library",
            "contract_tui.session",
            "sync_server.protocol",
            "sync_server.access",
            "sync_server.storage",
        ),
    ),
]
PURE = [
    "sync_server.protocol",
    "sync_server.access",
    "sync_server.hub",
    "contract_tui.contract",
    "contract_tui.exports",
    "contract_tui.history",
]


def modules(package: str) -> list[str]:
    found = pkgutil.walk_packages(import_module(package).__path__, f"{package}.")
    return [package, *(module.name for module in found)]


def inside(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def is_parent(name: str, packages: tuple[str, ...]) -> bool:
    return any(package.startswith(f"{name}.") for package in packages)


def loaded_after(names: list[str]) -> set[str]:
    program = f"import sys, {', '.join(names)}; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    return set(subprocess.check_output(command, cwd=ROOT, text=True).split())


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.package)
def test_a_room_brings_along_only_what_it_may(room: Room) -> None:
    loaded = loaded_after([name for name in modules(room.package) if name not in room.apart])
    assert sorted({name.partition(".")[0] for name in loaded} & room.never) == []

    allowed = (room.package, *room.may)
    ours = [name for name in loaded if inside(name, ("sync_server", "contract_tui"))]
    assert [
        name for name in ours if not inside(name, allowed) and not is_parent(name, allowed)
    ] == []


def sources(package: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / package.replace(".", "/")).rglob("*.py")):
        yield str(path.relative_to(ROOT)), parsed(path)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]


def called(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield name
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
                yield name


@pytest.mark.parametrize("package", PURE)
def test_a_pure_room_names_no_loop_no_disk_no_clock_and_no_chance(package: str) -> None:
    reached = {
        path: sorted((set(imported(tree)) & IMPURE) | set(called(tree)))
        for path, tree in sources(package)
    }
    assert {path: names for path, names in reached.items() if names} == {}


@pytest.mark.parametrize("package", ["contract_tui", "sync_server"])
def test_only_one_place_of_each_program_speaks_to_automerge(package: str) -> None:
    speaking = [path for path, tree in sources(package) if "automerge" in imported(tree)]
    place = {
        "contract_tui": "contract_tui/contract/crdt/",
        "sync_server": "sync_server/relay/snapshot_worker.py",
    }
    assert speaking
    assert [path for path in speaking if not path.startswith(place[package])] == []


def test_the_screens_reach_for_no_socket_and_no_database() -> None:
    forbidden = {"websockets", "socket", "sqlite3", "automerge"}
    reached = {path: set(imported(tree)) & forbidden for path, tree in sources("contract_tui/ui")}
    assert {path: names for path, names in reached.items() if names} == {}


def test_every_package_says_what_lives_in_it() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for program in ("contract_tui", "sync_server")
        for path in (ROOT / program).rglob("__init__.py")
        if not ast.get_docstring(parsed(path))
    ]
    assert silent == []
