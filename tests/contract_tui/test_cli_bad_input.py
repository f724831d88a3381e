"""Whatever is wrong: one clear line, the right exit status, and nothing lost."""

import os
import resource
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.library import seats
from contract_tui.library.database import FILE_NAME
from contract_tui.library.library import Library
from contract_tui.library.settings import HOME_VARIABLE
from contract_tui.library.world import World
from sync_server.access.proof import Role
from sync_server.protocol.ids import Actor, DocumentId, format_document_id
from tests.contract_tui.contract.genesis import LATER


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int
    out: str
    err: str


class Person:
    def __init__(self, home: Path) -> None:
        self.home = home
        with Library(home) as library:
            self.id = seats.new_contract(library, "My year", "Heidi", Role.STUDENT)
        self.contract = format_document_id(self.id)

    def run(
        self, *arguments: str, home: Path | None = None, before: Callable[[], None] | None = None
    ) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "contract_tui", *arguments],
            env={**os.environ, HOME_VARIABLE: str(home or self.home)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            preexec_fn=before,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def refused(
        self, *arguments: str, home: Path | None = None, before: Callable[[], None] | None = None
    ) -> str:
        """The one line that says why."""
        outcome = self.run(*arguments, home=home, before=before)
        assert (outcome.status, outcome.out) == (1, ""), outcome
        (line,) = outcome.err.splitlines()
        assert line.startswith("contract-tui: ")
        return line


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "heidi")


def test_an_unknown_contract(person: Person) -> None:
    assert "no contract here has the id or title “nothing”" in person.refused("show", "nothing")


def test_an_ambiguous_title(person: Person) -> None:
    with Library(person.home) as library:
        seats.new_contract(library, "My year", "Heidi", Role.STUDENT)
    line = person.refused("show", "my year")
    assert "fits several contracts" in line
    assert person.contract in line


def test_a_file_that_is_no_contract(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(os.urandom(4000))
    assert "photo.jpg is not a learning contract" in person.refused("import", str(file))
    assert "cannot be read" in person.refused("import", str(tmp_path / "missing"))
    assert "cannot be read" in person.refused("import", str(tmp_path))


def test_a_contract_of_a_newer_format(person: Person, tmp_path: Path) -> None:
    contract = Contract.blank(Actor(b"1" * 16), DocumentId(bytes(16)))
    document = CrdtDocument(LATER)
    document.apply(contract.changes_since())
    document.transact(lambda writer: writer.put(None, "format", "learning-contract/2"))
    file = tmp_path / "newer.automerge"
    file.write_bytes(document.save())
    assert "newer" in person.refused("import", str(file))


def test_a_library_of_a_newer_version(person: Person) -> None:
    connection = sqlite3.connect(person.home / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "newer version: update contract-tui" in person.refused("list")


def test_a_library_that_is_none(person: Person, tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / FILE_NAME).write_text("shopping list\n" * 100)
    line = person.refused("list", home=tmp_path / "odd")
    assert "is damaged or is not a library" in line


def test_a_library_in_an_impossible_place(person: Person, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be used" in person.refused("list", home=tmp_path / "file" / "home")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_library(person: Person) -> None:
    (person.home / FILE_NAME).chmod(0o400)
    person.home.chmod(0o500)
    line = person.refused("write", person.contract, "interests", "goats")
    person.home.chmod(0o700)
    assert "cannot be written" in line


def test_a_locked_library(person: Person) -> None:
    connection = sqlite3.connect(person.home / FILE_NAME, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    line = person.refused("new", "Another", "--name", "Heidi", "--role", "student")
    assert "in use by another program" in line
    assert person.run("list").status == 0
    connection.execute("ROLLBACK")
    connection.close()


def test_a_disk_that_takes_no_more(person: Person) -> None:
    def no_more() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    outcome = person.run("write", person.contract, "interests", "goats " * 1000, before=no_more)
    assert outcome.status == 1, outcome
    assert len(outcome.err.splitlines()) == 1
    assert "saved" not in outcome.err.replace("not saved", "")
    assert person.run("show", person.contract).status == 0


def test_a_disk_without_room_can_be_read(person: Person, tmp_path: Path) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    shown = person.run("show", person.contract, before=no_room)
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.startswith("My year\n")
    assert person.contract in person.run("list", before=no_room).out
    line = person.refused("write", person.contract, "interests", "goats", before=no_room)
    assert line.count("library.sqlite3") == 1
    assert "full" in line
    assert person.run("write", person.contract, "interests", "goats").status == 0


def test_a_relay_that_is_not_there(person: Person) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"ws://127.0.0.1:{probe.getsockname()[1]}"
    line = person.refused("sync", person.contract, "--relay", url)
    assert line == f"contract-tui: no relay answers at {url}: connection refused"


def test_no_relay_at_all(person: Person) -> None:
    assert "knows no relay" in person.refused("sync", person.contract)


def test_an_address_that_is_none(person: Person) -> None:
    assert "is not the address of a relay" in person.refused(
        "sync", person.contract, "--relay", "school"
    )


def test_invitations_that_are_none(person: Person) -> None:
    assert "this is not an invitation" in person.refused("join", "hello")
    assert "this invitation is damaged" in person.refused("join", "learning-contract:abc")


def test_an_invitation_that_has_expired(person: Person, tmp_path: Path) -> None:
    long_ago = World(clock=lambda: 1e9)
    with Library(person.home) as library:
        entry = library.entry(person.id)
        link = seats.invite_to(library, entry, Role.PARENT, "Opa", world=long_ago).link()
    line = person.refused("join", link, home=tmp_path / "opa")
    assert line == "contract-tui: the invitation has expired: ask for a new one"


def test_an_address_that_is_not_encrypted(person: Person) -> None:
    way = ("--relay", "ws://school.example:3030")
    for arguments in (
        ("sync", person.contract, *way),
        ("invite", person.contract, "--role", "parent", "--name", "Opa", *way),
        ("new", "Another", "--name", "Heidi", "--role", "student", *way),
        ("join", "ABC-DEF-GHJ", *way),
    ):
        line = person.refused(*arguments)
        assert "the way to ws://school.example:3030 is not encrypted" in line
        assert "--allow-unencrypted" in line
    assert "school.example" not in person.run("list", "--json").out


def test_keys_that_are_none(person: Person) -> None:
    assert "a key on paper has four lines" in person.refused("key", person.contract, "--take")


def test_a_screen_without_a_terminal(person: Person) -> None:
    for arguments in ([], ["open", person.contract], ["rehearse"]):
        assert "needs a terminal" in person.refused(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["show"],
        ["new", "Title"],
        ["new", "Title", "--name", "Heidi", "--role", "observer"],
        ["new", "Title", "--name", " ", "--role", "student"],
        ["show", "x", "--format", "docx"],
        ["invite", "x", "--role", "parent", "--name", "Opa", "--expires", "0"],
        ["list", "extra"],
        ["invite", "x"],
        ["invite", "x", "--role", "parent"],
        ["invite", "x", "--me", "--name", "Opa"],
        ["invite", "x", "--me", "--replaces", "Opa"],
        ["revoke", "x"],
        ["key", "x", "--paper", "--take"],
    ],
)
def test_a_wrong_command_line(person: Person, arguments: list[str]) -> None:
    outcome = person.run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("usage: contract-tui")


def test_help_explains_every_command(person: Person) -> None:
    outcome = person.run("--help")
    assert outcome.status == 0
    for command in (
        *("new", "open", "join", "invite", "list", "show", "write", "sync", "history"),
        *("diff", "export", "import", "erase", "rehearse", "revoke", "devices", "key"),
    ):
        assert f"\n    {command} " in outcome.out


def test_a_reader_who_leaves_early_is_no_trouble(person: Person) -> None:
    command = f"{sys.executable} -m contract_tui show {person.contract} | true"
    done = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, HOME_VARIABLE: str(person.home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
