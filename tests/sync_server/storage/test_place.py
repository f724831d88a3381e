"""Where a store is: in a file of its own, which may go away, or in somebody else's."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.storage import SqliteStore, StorageConflict, StorageGone, StoredRecord
from tests.sync_server.storage.changes import ONE, TWO, run, stored


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "changes.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path, power_safe=False)
    yield store
    store.close()


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_nothing_is_written_to_a_file_that_was_removed(
    path: Path, store: SqliteStore, ending: str
) -> None:
    store.append(run(ONE, 0, 0))
    path.with_name(path.name + ending).unlink()
    with pytest.raises(StorageGone, match="removed or replaced while it was in use"):
        store.check()
    with pytest.raises(StorageGone):
        store.append(run(ONE, 1, 1))
    with pytest.raises(StorageGone):
        store.put_records([StoredRecord(ONE, "seal", b"x", b"1")])
    assert len(store.load(ONE)) == 1


def test_nothing_is_written_to_a_file_that_another_took_the_place_of(
    path: Path, store: SqliteStore
) -> None:
    store.append(run(ONE, 0, 0))
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    copy.rename(path)
    with pytest.raises(StorageGone):
        store.append(run(ONE, 1, 1))


@pytest.mark.parametrize("contents", [None, b""])
def test_a_store_that_is_not_to_begin_wants_what_was_kept(
    path: Path, contents: bytes | None
) -> None:
    if contents is not None:
        path.write_bytes(contents)
    with pytest.raises(StorageGone, match="is empty, though changes were kept in it"):
        SqliteStore(path, begin=False)
    SqliteStore(path).close()
    SqliteStore(path, begin=False).close()


def test_a_store_among_other_tables_leaves_their_file_to_its_owner(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 7")
        store = SqliteStore(connection)
        store.append(run(ONE, 0, 0))
        store.close()
        assert connection.execute("PRAGMA user_version").fetchone() == (7,)
        assert connection.execute("SELECT count(*) FROM change").fetchone() == (1,)


def test_a_batch_takes_part_in_the_transaction_of_the_files_owner(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        store = SqliteStore(connection)
        connection.execute("BEGIN")
        store.append(run(ONE, 0, 0))
        with pytest.raises(StorageConflict):
            store.append([*run(TWO, 0, 1), stored(ONE, 5)])
        assert store.documents() == [ONE]
        connection.execute("ROLLBACK")
        assert store.documents() == []
