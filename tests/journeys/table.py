"""A student, a teacher and a parent at one table: three libraries, one contract, three screens."""

import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests.contract_tui.household import Person
from tests.journeys.terminal import PATIENCE, Terminal
from tests.programs import BIN, in_library

PEOPLE = {"Ana": "student", "Ben": "teacher", "Cleo": "parent"}
QUIT = "\x11"
"""Ctrl+Q."""


@dataclass(frozen=True, slots=True)
class Table:
    """One contract with three seats, each in a library of its own."""

    contract: str
    homes: dict[str, Path]

    def command(self) -> list[str]:
        return [str(BIN / "contract-tui"), "open", self.contract]

    def sit(self, name: str, columns: int = 140, rows: int = 40) -> Terminal:
        """Open the contract on a screen of one's own."""
        return Terminal(self.command(), in_library(self.homes[name]), columns, rows)

    @contextmanager
    def everyone(
        self, sizes: Mapping[str, tuple[int, int]] = MappingProxyType({})
    ) -> Iterator[list[Terminal]]:
        """Open it on everybody's screen, of the sizes given, and wait until they see each other."""
        with ExitStack() as stack:
            sitting = [self.sit(name, *sizes.get(name, ())) for name in self.homes]
            screens = [stack.enter_context(screen) for screen in sitting]
            for screen in screens:
                screen.wait_until(lambda text: all(name in text for name in PEOPLE), "all names")
            yield screens

    def text(self, name: str) -> str:
        """Return the contract as one of them has it on disk; a call and no program, for speed."""
        return Person(self.homes[name]).run("show", self.contract)

    def texts(self) -> list[str]:
        return [self.text(name) for name in self.homes]


def lay(folder: Path, relay: str) -> Table:
    """Make a contract, invite two people to it, and let everybody fetch it.

    These are calls and no programs, for speed: what is tested comes after.
    """
    ana, ben, cleo = people = [Person(folder / name) for name in PEOPLE]
    ana.new("Ana", PEOPLE["Ana"], relay)
    for person, name in ((ben, "Ben"), (cleo, "Cleo")):
        person.join(ana.invite("--role", PEOPLE[name], "--name", name, "--relay", relay))
    for person in (*people, ana, ben):
        person.sync()
    return Table(ana.contract, {name: folder / name for name in PEOPLE})


def leave(screens: Sequence[Terminal]) -> None:
    """Quit every program as a person does."""
    for screen in screens:
        screen.type(QUIT)
        assert screen.end() == 0


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Relay:
    """A `sync-server` that can be killed and started again where it was."""

    def __init__(self, data: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self._data = data
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"ws://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        command = [str(BIN / "sync-server"), "--open", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [*command, "--data", str(self._data)], stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().startswith(b"listening on ws://")

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None
