import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.storage import (
    SqliteStore,
    StorageConflict,
    StorageDamaged,
    StorageError,
    StorageFull,
    StorageLocked,
    StorageReadOnly,
    StoredRecord,
    StoredSnapshot,
    schema,
)
from tests.sync_server.storage.changes import ONE, TWO, everything_in, run, stored


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "changes.sqlite3"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that does not wait long for another program."""
    monkeypatch.setattr(schema, "PATIENCE", 0.05)


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path, power_safe=False)
    yield store
    store.close()


def test_changes_and_name_outlive_the_program(path: Path) -> None:
    first = SqliteStore(path)
    first.append(run(ONE, 0, 3))
    first.close()
    second = SqliteStore(path)
    assert second.raws(ONE, 0, 3) == [b"raw 0", b"raw 1", b"raw 2", b"raw 3"]
    assert second.identity == first.identity
    second.close()


def _as_after_a_crash(path: Path, directory: Path, torn: int) -> Path:
    """A copy of the store's files without the last `torn` bytes of its log."""
    copy = directory / "copy.sqlite3"
    shutil.copy(path, copy)
    log = path.with_name(path.name + "-wal").read_bytes()
    copy.with_name(copy.name + "-wal").write_bytes(log[: len(log) - torn])
    return copy


@pytest.mark.parametrize("torn", [0, 1, 4000, 5000, 20_000])
def test_a_torn_log_loses_only_whole_batches_from_its_end(
    store: SqliteStore, path: Path, tmp_path: Path, torn: int
) -> None:
    for batch in range(10):
        store.append(run(ONE, 5 * batch, 5 * batch + 4))
    with closing(SqliteStore(_as_after_a_crash(path, tmp_path, torn))) as after:
        kept = len(after.load(ONE))
        assert kept % 5 == 0
        assert kept == 50 if torn == 0 else kept < 50
        assert after.raws(ONE, 0, 99) == [b"raw %d" % position for position in range(kept)]
        after.append(run(ONE, kept, kept))


def test_garbage_in_the_log_is_passed_over(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    store.append(run(ONE, 0, 4))
    copy = _as_after_a_crash(path, tmp_path, 0)
    with copy.with_name(copy.name + "-wal").open("ab") as log:
        log.write(b"\xff" * 10_000)
    with closing(SqliteStore(copy)) as after:
        assert len(after.load(ONE)) == 5


def test_a_full_disk_is_said_and_nothing_of_the_batch_is_kept(store: SqliteStore) -> None:
    store.append(run(ONE, 0, 0))
    pages = store._place.connection.execute("PRAGMA page_count").fetchone()[0]
    store._place.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFull, match="no room left"):
        store.append([stored(ONE, 1), stored(ONE, 2, bytes(100_000))])
    assert len(store.load(ONE)) == 1
    store._place.connection.execute("PRAGMA max_page_count = 100000")
    store.append([stored(ONE, 1)])
    assert len(store.load(ONE)) == 2


def test_where_the_records_do_not_fit_their_changes_are_not_kept_either(
    store: SqliteStore,
) -> None:
    store.append(run(ONE, 0, 3))
    pages = store._place.connection.execute("PRAGMA page_count").fetchone()[0]
    store._place.connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(StorageFull, match="no room left"):
        store.append(run(ONE, 4, 4), [StoredRecord(ONE, "claim", b"name", bytes(100_000))])
    assert len(store.load(ONE)) == 4
    assert store.records(ONE) == []


def test_a_file_that_may_not_be_written_is_said(path: Path, store: SqliteStore) -> None:
    store.append(run(ONE, 0, 0))
    reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with closing(reader):
        borrowed = SqliteStore(reader)
        assert borrowed.documents() == [ONE]
        with pytest.raises(StorageReadOnly, match="may not be written"):
            borrowed.append(run(ONE, 1, 1))


def test_a_place_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageReadOnly, match="cannot be opened"):
        SqliteStore(tmp_path / "no such directory" / "changes.sqlite3")


def test_a_locked_file_is_said(impatient: None, path: Path, store: SqliteStore) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageLocked, match="in use by another program"):
            store.append(run(ONE, 0, 0))
        other.execute("ROLLBACK")
    store.append(run(ONE, 0, 0))
    assert len(store.load(ONE)) == 1


def test_a_file_held_exclusively_cannot_be_opened(impatient: None, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("CREATE TABLE held (it)")
        with pytest.raises(StorageLocked):
            SqliteStore(path)


def test_two_programs_cannot_continue_the_same_document_differently(
    path: Path, store: SqliteStore
) -> None:
    with closing(SqliteStore(path)) as other:
        other.append(run(ONE, 0, 0))
        store.append(run(ONE, 1, 1))
        for _ in range(2):
            for last in (1, 2):  # one change by itself, and several
                with pytest.raises(StorageConflict, match="another program has written"):
                    other.append(run(ONE, 1, last))
        other.append(run(ONE, 2, 2))
        assert len(store.load(ONE)) == 3


def test_a_file_that_is_no_store_is_said(path: Path) -> None:
    path.write_bytes(b"Dear diary, this is not a database. " * 100)
    with pytest.raises(StorageDamaged, match="not a store"):
        SqliteStore(path)


def test_a_damaged_page_is_said(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        store.append(run(ONE, 0, 500))
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    with pytest.raises(StorageDamaged), closing(SqliteStore(path)) as store:
        store.load(ONE)


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM change WHERE position = 1",
        "UPDATE change SET deps = x'0102' WHERE position = 1",
        "UPDATE change SET deps = 7 WHERE position = 1",
        "UPDATE change SET start_op = 'x' WHERE position = 1",
        "UPDATE change SET hash = 'text' WHERE position = 2",
        "UPDATE change SET max_op = 1.5 WHERE position = 2",
        "UPDATE change SET position = 'x' WHERE position = 2",
    ],
)
def test_missing_and_broken_rows_are_said(store: SqliteStore, harm: str) -> None:
    store.append(run(ONE, 0, 2))
    store._place.connection.execute(harm)
    with pytest.raises(StorageDamaged, match="is damaged"):
        store.load(ONE)


def test_words_where_bytes_were_written_are_said(store: SqliteStore) -> None:
    store.append(run(ONE, 0, 2))
    store.put_snapshot(ONE, StoredSnapshot(1, b"snapshot"))
    store._place.connection.execute("UPDATE change SET raw = 'text' WHERE position = 1")
    store._place.connection.execute("UPDATE snapshot SET covers = 'x'")
    with pytest.raises(StorageDamaged, match="is damaged"):
        store.raws(ONE, 0, 2)
    with pytest.raises(StorageDamaged, match="is damaged"):
        store.snapshot(ONE)
    assert store.raws(ONE, 0, 0) == [b"raw 0"]


def test_an_error_without_a_kind_of_its_own_is_still_a_storage_error(store: SqliteStore) -> None:
    store._place.connection.execute("DROP TABLE snapshot")
    with pytest.raises(StorageError, match="no such table"):
        store.snapshot(ONE)


def test_erased_words_are_not_left_on_the_disk(path: Path, store: SqliteStore) -> None:
    words = b"words that someone wants to be gone"
    store.append([stored(ONE, 0, words), stored(TWO, 0)])
    store.put_snapshot(ONE, StoredSnapshot(1, words))
    store.erase(ONE)
    for file in path.parent.iterdir():
        assert words not in file.read_bytes()


def test_erased_words_are_not_left_where_an_older_snapshot_was(
    path: Path, store: SqliteStore
) -> None:
    words = b"words that someone wants to be gone"
    store.put_snapshot(ONE, StoredSnapshot(1, words * 1000))
    store.put_snapshot(ONE, StoredSnapshot(2, b"short"))
    store.erase(ONE)
    assert words not in everything_in(path.parent)


def test_erased_words_are_not_left_in_a_log_that_somebody_was_reading(
    impatient: None, path: Path, store: SqliteStore
) -> None:
    words = b"words that someone wants to be gone"
    store.append([stored(ONE, 0, words)])
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM change").fetchone()
        store.erase(ONE)
        reader.execute("ROLLBACK")
    store.append([stored(TWO, 0)])
    assert words not in everything_in(path.parent)


def test_erased_records_are_not_left_on_the_disk(path: Path, store: SqliteStore) -> None:
    store.put_records([StoredRecord(ONE, "code", b"x", b"a link that must not last " * 300)])
    store.put_records([StoredRecord(ONE, "code", b"y", b"a link that must not last " * 300)])
    store.drop_records(ONE, "code", [b"x"])
    store.erase(ONE, b"tombstone")
    assert b"must not last" not in everything_in(path.parent)


def test_a_record_that_is_not_bytes_is_said(store: SqliteStore) -> None:
    store.put_records([StoredRecord(ONE, "seal", b"x", b"1")])
    store._place.connection.execute("UPDATE record SET data = 'text'")
    with pytest.raises(StorageDamaged, match="is damaged"):
        store.records(ONE)


def test_what_another_program_erased_is_not_continued(path: Path, store: SqliteStore) -> None:
    store.append(run(ONE, 0, 4))
    with closing(SqliteStore(path)) as operator:
        assert not store.changed_elsewhere()
        operator.erase(ONE, b"tombstone")
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()
    for last in (5, 6):  # one change by itself, and several
        with pytest.raises(StorageConflict):
            store.append(run(ONE, 5, last))
    assert store.documents() == []


def test_a_thousand_documents_are_listed_and_loaded_without_reading_all(store: SqliteStore) -> None:
    store.append(run(ONE, 0, 9))
    asked: list[str] = []
    store._place.connection.set_trace_callback(asked.append)
    store.documents()
    store.load(ONE, 0, 5)
    store.raws(ONE, 2, 3)
    store.records(ONE)
    store._place.connection.set_trace_callback(None)
    assert len(asked) == 5
    for query in asked:
        plan = store._place.connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
        assert all(str(step[3]).startswith("SEARCH ") for step in plan), (query, plan)
