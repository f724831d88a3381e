import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tui.contract.schema import INTERESTS
from contract_tui.library import files, seats
from contract_tui.library.drafts import BEFORE_CONFERENCE, Draft, DraftId
from contract_tui.library.errors import ContractErased, LibraryLocked
from contract_tui.library.library import Library
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.session.shelf import locked

PLACE = DraftId(INTERESTS)
WORDS = "What I would rather try alone"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "home") as found:
        yield found


def new(library: Library) -> DocumentId:
    return seats.new_contract(library, "My year", "Heidi", Role.STUDENT)


def put(library: Library, contract: DocumentId, words: str, place: DraftId = PLACE) -> Draft:
    return library.drafts(contract).edit(place, lambda _: words)


def test_a_draft_is_what_was_written_last_in_its_place(library: Library) -> None:
    contract, other = new(library), new(library)
    put(library, contract, "one")
    assert put(library, contract, "two") == Draft(2, "two")
    put(library, contract, "notes", BEFORE_CONFERENCE)
    drafts = library.drafts(contract)
    assert (drafts.read(PLACE).words, drafts.read(BEFORE_CONFERENCE).words) == ("two", "notes")
    assert drafts.places() == {PLACE, BEFORE_CONFERENCE}
    assert library.drafts(other).read(PLACE) == Draft(0, "")


def test_an_empty_draft_is_in_no_place_and_never_counts_anew(library: Library) -> None:
    contract = new(library)
    put(library, contract, "one")
    put(library, contract, "")
    assert library.drafts(contract).places() == frozenset()
    assert put(library, contract, "two").version == 3


def test_each_edit_is_on_the_disk_at_once(library: Library) -> None:
    contract = new(library)
    put(library, contract, WORDS)
    with Library(library.path.parent) as another:
        assert another.drafts(contract).read(PLACE).words == WORDS


def test_a_library_in_use_is_said_and_nothing_is_half_written(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = new(library)
    put(library, contract, "one")
    library._connection.execute("PRAGMA busy_timeout = 1")
    with locked(library.path.parent), pytest.raises(LibraryLocked):
        put(library, contract, "two")
    assert library.drafts(contract).read(PLACE) == Draft(1, "one")


def test_drafts_are_erased_with_their_contract(library: Library) -> None:
    contract, kept = new(library), new(library)
    put(library, contract, WORDS)
    put(library, kept, "stays")
    library.erase(contract)
    with pytest.raises(ContractErased):
        put(library, contract, WORDS)
    assert library.drafts(contract).read(PLACE) == Draft(0, "")
    assert library.drafts(kept).read(PLACE).words == "stays"
    library.close()
    left = b"".join(file.read_bytes() for file in library.path.parent.iterdir())
    assert WORDS.encode() not in left
    assert b"stays" in left


def test_no_file_that_carries_a_contract_holds_a_draft(library: Library, tmp_path: Path) -> None:
    contract = new(library)
    put(library, contract, WORDS)
    path = tmp_path / "carried.automerge"
    files.export_contract(library, library.entry(contract), path)
    with Library(tmp_path / "elsewhere") as elsewhere:
        files.import_contract(elsewhere, path, 7)
        assert elsewhere.drafts(contract).places() == frozenset()
        elsewhere.close()
        there = (tmp_path / "elsewhere").iterdir()
        carried = path.read_bytes() + b"".join(file.read_bytes() for file in there)
    assert WORDS.encode() not in carried


def test_drafts_are_no_changes(library: Library) -> None:
    contract = new(library)
    before = library.journal(contract).stored()
    put(library, contract, WORDS)
    assert library.journal(contract).stored() == before
    rows = sqlite3.connect(library.path)
    tables = [name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    held = [
        table
        for table in tables
        if any(WORDS in map(str, row) for row in rows.execute(f"SELECT * FROM {table}"))
    ]
    rows.close()
    assert held == ["draft"]
