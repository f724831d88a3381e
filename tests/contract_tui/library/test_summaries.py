import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.library import seats, summaries
from contract_tui.library.database import FILE_NAME
from contract_tui.library.library import Library
from contract_tui.library.summaries import Consent, Summary
from sync_server.access.proof import Role
from sync_server.protocol.ids import ChangeHash, DocumentId

HEADS = ChangeHash(bytes(32)), ChangeHash(bytes(range(32)))
FULL = Summary(HEADS, ("Maya", "Cleo"), "Maya", False, True, Consent.SOME, ("", "Cleo"), "in May")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path) as found:
        yield found


def new(library: Library) -> DocumentId:
    return seats.new_contract(library, "My year", "Heidi", Role.STUDENT)


def tell(library: Library, told: str) -> None:
    """Let another version of the program have written something else."""
    connection = sqlite3.connect(library.path)
    with connection:
        connection.execute("UPDATE summary SET told = ?", (told,))
    connection.close()


def test_a_summary_is_told_by_every_program_of_this_person(library: Library) -> None:
    contract = new(library)
    library.summaries().keep(contract, FULL)
    with Library(library.path.parent) as another:
        assert another.summaries().all() == {contract: FULL}


def test_the_version_that_was_looked_at_stays_when_the_summary_changes(library: Library) -> None:
    contract = new(library)
    kept = library.summaries()
    assert kept.looked(contract) is None
    kept.look(contract, HEADS)
    kept.keep(contract, FULL)
    assert kept.looked(contract) == HEADS
    kept.look(contract, HEADS[:1])
    assert kept.looked(contract) == HEADS[:1]
    assert kept.all() == {contract: FULL}


def test_what_was_only_looked_at_has_no_summary(library: Library) -> None:
    library.summaries().look(new(library), HEADS)
    assert library.summaries().all() == {}


@given(st.text() | st.sampled_from(['{"form": 1}', "[]", "null", "1e999", "[" * 9999]))
def test_what_is_no_summary_counts_as_missing(told: str) -> None:
    assert summaries._read(told) is None


def test_a_summary_of_another_form_counts_as_missing(library: Library) -> None:
    contract = new(library)
    library.summaries().keep(contract, FULL)
    tell(library, summaries._written(FULL).replace('"form": 1', '"form": 2'))
    assert library.summaries().all() == {}
    tell(library, summaries._written(FULL).replace('"some"', '"more than some"'))
    assert library.summaries().all() == {}


def test_an_erased_contract_leaves_no_summary_and_takes_none(library: Library) -> None:
    contract = new(library)
    library.summaries().keep(contract, FULL)
    library.summaries().look(contract, HEADS)
    library.erase(contract)
    library.summaries().keep(contract, FULL)
    library.summaries().look(contract, HEADS)
    assert library.summaries().all() == {}
    library.close()
    left = b"".join(file.read_bytes() for file in library.path.parent.iterdir())
    assert b"Cleo" not in left


def test_a_library_of_the_version_before_opens_with_all_that_it_held(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        contract = new(library)
        stored = library.journal(contract).stored()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    with connection:
        connection.executescript("DROP TABLE summary; DROP TABLE draft; PRAGMA user_version = 2")
    connection.close()
    with Library(tmp_path) as library:
        assert library.entry(contract).title == "My year"
        assert library.journal(contract).stored() == stored
        library.summaries().keep(contract, FULL)
        assert library.summaries().all() == {contract: FULL}
        assert library.drafts(contract).places() == frozenset()
