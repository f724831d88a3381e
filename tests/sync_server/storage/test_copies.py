"""Copies that are whole at one moment, whatever is written meanwhile."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.storage import SqliteStore, StorageDamaged, StorageError, StorageGone
from sync_server.storage.copies import copy, look_through, reading
from tests.sync_server.storage.changes import ONE, TWO, run, stored


def silent(done: int, total: int) -> None:
    """Nobody waits."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "changes 50%?#.sqlite3"


def test_a_copy_holds_what_the_store_held_when_it_began(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    told: list[tuple[int, int]] = []
    with closing(SqliteStore(path)) as store:
        store.append([stored(ONE, position, bytes(100_000)) for position in range(200)])

        def write_meanwhile(done: int, total: int) -> None:
            told.append((done, total))
            store.append([stored(TWO, len(told) - 1)])

        name = copy(path, target, write_meanwhile)
        assert name == store.identity
        assert store.documents() == [ONE, TWO]
    assert len(told) > 2
    assert told[-1][0] == told[-1][1] > 20_000_000
    with closing(SqliteStore(target)) as copied:
        assert copied.documents() == [ONE]
        assert len(copied.load(ONE)) == 200


def test_a_copy_is_one_file_that_needs_no_log(path: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        store.append(run(ONE, 0, 9))
        copy(path, tmp_path / "copy", silent)
    (tmp_path / "alone").mkdir()
    (tmp_path / "copy").rename(tmp_path / "alone" / "copy")
    with closing(sqlite3.connect(f"file:{tmp_path}/alone/copy?immutable=1", uri=True)) as copied:
        assert copied.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copied.execute("SELECT count(*) FROM change").fetchone() == (10,)


def test_a_copy_that_goes_wrong_leaves_nothing(path: Path, tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with closing(SqliteStore(path)) as store:
        store.append(run(ONE, 0, 9))
        before = sorted(tmp_path.iterdir())
        with pytest.raises(KeyboardInterrupt):
            copy(path, tmp_path / "copy", interrupt)
        assert sorted(tmp_path.iterdir()) == before


def test_a_copy_takes_no_other_files_place(path: Path, tmp_path: Path) -> None:
    SqliteStore(path).close()
    (tmp_path / "diary").write_text("dear diary")
    with pytest.raises(StorageError, match="cannot be written: File exists"):
        copy(path, tmp_path / "diary", silent)
    assert (tmp_path / "diary").read_text() == "dear diary"


def test_what_is_not_there_is_not_made(path: Path) -> None:
    with pytest.raises(StorageGone, match="there is no "):
        look_through(path)
    assert not path.exists()


def test_a_store_without_a_name_is_none(path: Path) -> None:
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("DELETE FROM store")
        file.commit()
    with pytest.raises(StorageDamaged, match="is not a store of changes"), reading(path):
        pass


def test_an_index_that_does_not_fit_its_table_is_found(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        store.append([stored(ONE, position, bytes(3000)) for position in range(50)])
    whole = bytearray(path.read_bytes())
    for page in range(6, len(whole) // 4096):
        whole[4096 * page : 4096 * page + 12] = b"\xff" * 12
    path.write_bytes(whole)
    with pytest.raises(StorageDamaged, match="is damaged"):
        look_through(path)
