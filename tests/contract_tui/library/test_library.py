import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.database import FILE_NAME, SCHEMA_VERSION, transaction
from contract_tui.library.errors import (
    AlreadyThere,
    AmbiguousContract,
    LibraryDamaged,
    LibraryError,
    LibraryFull,
    LibraryLocked,
    LibraryReadOnly,
    LibraryTooNew,
    NoSuchContract,
)
from contract_tui.library.library import Library
from sync_server.access.keys import contract_id
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId, document_url

RELAY = "ws://127.0.0.1:3030"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "home") as found:
        yield found


def new(library: Library, title: str = "My year", *relays: str) -> DocumentId:
    return seats.new_contract(library, title, "Heidi", Role.STUDENT, relays)


def test_nobody_else_can_read_the_library(library: Library) -> None:
    new(library)
    assert stat.S_IMODE(library.path.parent.stat().st_mode) == 0o700
    for file in library.path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nobody_else_can_read_a_library_that_was_copied_back(library: Library) -> None:
    new(library)
    library.path.chmod(0o644)
    with Library(library.path.parent):
        for file in library.path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_contract_is_listed_with_its_seat_and_relays(library: Library) -> None:
    contract = new(library, "My year", RELAY)
    (entry,) = library.entries()
    assert (entry.id, entry.title, entry.holder, entry.relays) == (
        contract,
        "My year",
        True,
        (RELAY,),
    )
    assert entry.seat is not None
    assert (entry.seat.name, entry.seat.role) == ("Heidi", Role.STUDENT)
    assert entry.unshared
    assert entry.changed_at > 0


def test_without_relays_nothing_counts_as_unshared(library: Library) -> None:
    assert not library.entry(new(library)).unshared


def test_what_a_relay_acknowledged_is_remembered(library: Library) -> None:
    contract = new(library, "My year", RELAY, "ws://other:1")
    heads = tuple(one.header.hash for one in library.journal(contract).read(100)[-1:])
    library.remember_shared(contract, "ws://other:1", heads)
    assert library.shared(contract) == {RELAY: (), "ws://other:1": heads}
    assert not library.entry(contract).unshared


def test_keys_come_back_as_they_went_in(library: Library) -> None:
    contract = new(library)
    own = library.own_seat(contract)
    assert own is not None
    assert own.key.public == own.seat.key
    key = library.contract_key(contract)
    assert key is not None
    assert contract_id(key.public) == contract


def test_a_contract_is_found_by_id_beginning_or_title(library: Library) -> None:
    contract = new(library, "My year")
    text = library.entry(contract).text_id
    for wanted in (text, text[:5], document_url(contract), "my YEAR ", f" {text} "):
        assert library.resolve(wanted).id == contract


@pytest.mark.parametrize("wanted", ["", "nothing", "automerge:", "My"])
def test_what_fits_no_contract_is_said(library: Library, wanted: str) -> None:
    new(library)
    with pytest.raises(NoSuchContract, match="no contract here"):
        library.resolve(wanted)


def test_what_fits_several_names_them_all(library: Library) -> None:
    ids = [library.entry(new(library, "Twice")).text_id for _ in range(2)]
    with pytest.raises(AmbiguousContract) as refusal:
        library.resolve("twice")
    assert all(one in str(refusal.value) for one in ids)


def test_an_ambiguous_beginning_of_an_id_is_refused(library: Library) -> None:
    begins: list[str] = []
    while len(set(begins)) == len(begins):
        begins.append(library.entry(new(library)).text_id[0])
    shared = begins[-1]
    with pytest.raises(AmbiguousContract):
        library.resolve(shared)


def test_a_contract_is_entered_once(library: Library) -> None:
    contract = new(library)
    with pytest.raises(AlreadyThere):
        library.add(contract)


def test_erasing_leaves_nothing_behind(library: Library) -> None:
    contract = new(library, "Secret words of Heidi", RELAY)
    kept = new(library, "Kept")
    own = library.own_seat(contract)
    key = library.contract_key(contract)
    assert own is not None
    assert key is not None
    guest = library.guests(contract) / "a guest"
    guest.mkdir(parents=True)
    (guest / "library.sqlite3").write_text("the key of a guest")
    library.erase(contract)
    assert not guest.exists()
    assert [entry.id for entry in library.entries()] == [kept]
    assert library.own_seat(contract) is None
    assert library.journal(contract).stored() == 0
    library.close()
    files = (file for file in library.path.parent.rglob("*") if file.is_file())
    left = b"".join(file.read_bytes() for file in files)
    for secret in (own.key.seed, key.seed, own.proof.text.encode(), b"Secret words"):
        assert secret not in left


def test_an_unknown_contract_is_said(library: Library) -> None:
    with pytest.raises(NoSuchContract):
        library.entry(DocumentId(bytes(16)))


def test_a_library_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Library(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(LibraryTooNew, match="newer version"):
        Library(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database", b"x" * 5000])
def test_a_file_that_is_no_library_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(LibraryDamaged):
        Library(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_a_place_that_is_no_directory_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot be used"):
        Library(tmp_path / "file" / "home")


def test_a_library_held_by_another_program_is_said(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contract_tui.library.database.PATIENCE", 0.05)
    with Library(library.path.parent) as second, transaction(library._connection):
        assert second.entries() == []
        with pytest.raises(LibraryLocked, match="in use by another program"):
            new(second)
        second._connection.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(LibraryLocked):
            second.erase(DocumentId(bytes(16)))


def test_a_library_that_cannot_be_written_can_be_read(library: Library) -> None:
    contract = new(library)
    library._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(LibraryReadOnly, match="cannot be written"):
        new(library, "Another")
    assert [entry.id for entry in library.entries()] == [contract]


def fill(library: Library) -> None:
    for _ in range(1000):
        new(library, "x" * 200)


def test_a_full_disk_is_said_and_costs_nothing_that_was_there(library: Library) -> None:
    contract = new(library)
    pages = library._connection.execute("PRAGMA page_count").fetchone()[0]
    library._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryFull, match="no room left"):
        fill(library)
    assert contract in {entry.id for entry in library.entries()}
    assert all(library.journal(e.id).stored() for e in library.entries())


def test_a_seat_of_no_use_is_given_up_and_the_contract_stays(library: Library) -> None:
    contract, other = new(library), new(library, "Another")
    library.give_up_seat(contract)
    assert library.own_seat(contract) is None
    assert library.entry(contract).changed_at
    assert library.own_seat(other) is not None
