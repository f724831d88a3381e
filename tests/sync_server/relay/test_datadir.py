import os
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.relay.datadir import DataDirectory
from sync_server.relay.errors import DataUnavailable
from sync_server.storage import SqliteStore
from tests.sync_server.storage.changes import ONE, run


def test_a_data_directory_is_made_for_its_owners_eyes_only(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "some" / "where", power_safe=False)
    directory.store.append(run(ONE, 0, 0))
    assert (tmp_path / "some" / "where").stat().st_mode & 0o777 == 0o700
    for file in (tmp_path / "some" / "where").iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
    directory.close()


def test_it_has_one_relay_at_a_time(tmp_path: Path) -> None:
    first = DataDirectory(tmp_path, power_safe=False)
    with pytest.raises(DataUnavailable, match="another relay uses the data directory"):
        DataDirectory(tmp_path, power_safe=False)
    first.close()
    DataDirectory(tmp_path, power_safe=False).close()


def test_a_file_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(DataUnavailable, match=r"cannot be used: (File exists|Not a directory)"):
        DataDirectory(tmp_path / "data", power_safe=False)


def test_a_store_that_cannot_be_used_is_said_and_the_directory_let_go(tmp_path: Path) -> None:
    (tmp_path / "changes.sqlite3").write_bytes(b"not a database, but a letter " * 100)
    for _ in range(2):
        with pytest.raises(DataUnavailable, match="is not a store of changes"):
            DataDirectory(tmp_path, power_safe=False)
    (tmp_path / "changes.sqlite3").unlink()
    DataDirectory(tmp_path, power_safe=False).close()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_directory_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DataUnavailable, match="Permission denied"):
        DataDirectory(tmp_path, power_safe=False)
    tmp_path.chmod(0o700)


def test_a_store_that_has_vanished_is_missed(tmp_path: Path) -> None:
    DataDirectory(tmp_path, power_safe=False).close()
    (tmp_path / "changes.sqlite3").unlink()
    for _ in range(2):
        with pytest.raises(DataUnavailable, match="is gone, though changes were kept in it: bring"):
            DataDirectory(tmp_path, power_safe=False)
    assert [file.name for file in tmp_path.iterdir()] == ["lock"]


def test_a_store_that_was_never_noted_is_noted(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "changes.sqlite3").close()
    DataDirectory(tmp_path, power_safe=False).close()
    (tmp_path / "changes.sqlite3").unlink()
    with pytest.raises(DataUnavailable, match="is gone"):
        DataDirectory(tmp_path, power_safe=False)


def test_a_store_that_was_put_there_by_hand_is_taken(tmp_path: Path) -> None:
    DataDirectory(tmp_path / "here", power_safe=False).close()
    with closing(DataDirectory(tmp_path / "there", power_safe=False)) as there:
        there.store.append(run(ONE, 0, 4))
    (tmp_path / "there" / "changes.sqlite3").rename(tmp_path / "here" / "changes.sqlite3")
    for _ in range(2):
        with closing(DataDirectory(tmp_path / "here", power_safe=False)) as here:
            assert len(here.store.load(ONE)) == 5


def test_a_damaged_store_is_refused_before_anybody_reads_it(tmp_path: Path) -> None:
    with closing(DataDirectory(tmp_path, power_safe=False)) as directory:
        directory.store.append(run(ONE, 0, 500))
    file = tmp_path / "changes.sqlite3"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xa5" * 4096 + whole[12288:])
    for _ in range(2):
        with pytest.raises(DataUnavailable, match="is damaged: bring a backup back"):
            DataDirectory(tmp_path, power_safe=False)
    file.write_bytes(whole)
    DataDirectory(tmp_path, power_safe=False).close()
