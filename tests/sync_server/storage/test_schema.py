"""Files of older and newer versions, and how a file of one's own is opened."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.protocol.ids import DocumentId
from sync_server.storage import ERASED, SqliteStore, StorageTooNew, StoredRecord
from tests.sync_server.storage.changes import everything_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "changes.sqlite3"


@pytest.mark.parametrize(("power_safe", "level"), [(True, 2), (False, 1)])
def test_power_safe_waits_for_the_disk(path: Path, power_safe: bool, level: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)):
        store = SqliteStore(path, power_safe)
        assert store._place.connection.execute("PRAGMA synchronous").fetchone() == (level,)
        assert store._place.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        store.close()


def test_a_newer_schema_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 3")
    with pytest.raises(StorageTooNew, match="newer version"):
        SqliteStore(path)
    with closing(sqlite3.connect(path)) as newer:
        assert newer.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)


FIRST_SCHEMA = """
CREATE TABLE change (document BLOB NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL,
    deps BLOB NOT NULL, actor BLOB NOT NULL, seq INTEGER NOT NULL, start_op INTEGER NOT NULL,
    max_op INTEGER NOT NULL, raw BLOB NOT NULL, PRIMARY KEY (document, position)) WITHOUT ROWID;
CREATE TABLE snapshot (document BLOB PRIMARY KEY, covers INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE store (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO store VALUES ('identity', 'the name it always had');
INSERT INTO change VALUES (x'01', 0, x'02', x'', x'03', 1, 1, 1, x'04');
"""


def test_an_older_file_is_brought_up_to_date_where_it_is(path: Path) -> None:
    words = b"words of a snapshot that was replaced"
    with closing(sqlite3.connect(path)) as older:
        older.execute("PRAGMA secure_delete = OFF")
        older.executescript(FIRST_SCHEMA)
        for data in (words * 1000, b"short"):
            older.execute("INSERT OR REPLACE INTO snapshot VALUES (x'01', 1, ?)", (data,))
            older.commit()
        older.execute("PRAGMA user_version = 1")
    document = DocumentId(b"\x01")
    for _ in range(2):
        with closing(SqliteStore(path)) as store:
            assert store.identity == "the name it always had"
            assert store.raws(document, 0, 9) == [b"\x04"]
            store.put_records([StoredRecord(document, "claim", b"", b"")])
            assert len(store.records(document)) == 1
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (2,)
    assert words not in everything_in(path.parent)


def test_records_can_be_kept_in_an_older_file_of_another_owner(path: Path) -> None:
    document = DocumentId(b"\x01")
    with closing(sqlite3.connect(path, isolation_level=None)) as older:
        older.executescript(FIRST_SCHEMA)
        store = SqliteStore(older)
        assert store.identity == "the name it always had"
        assert store.records(document) == []
        store.drop_records(document, "seal", [b"x"])
        assert older.execute("SELECT 1 FROM sqlite_master WHERE name = 'record'").fetchall() == []
        store.put_records([StoredRecord(document, "seal", b"x", b"1")])
        assert store.records(document) == [StoredRecord(document, "seal", b"x", b"1")]
        store.erase(document, b"stone")
        assert store.records(document) == [StoredRecord(document, ERASED, b"", b"stone")]
