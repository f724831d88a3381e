"""What an operator is told of how much is kept."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.relay.datadir import DataDirectory
from tests.sync_server.commands.operating import done, refused

pytestmark = pytest.mark.later


COUNTED = {
    "contracts": 2,
    "changes": 45,
    "change_bytes": sum(len(b"raw %d" % position) for position in (*range(41), *range(4))),
    "snapshots": 1,
    "snapshot_bytes": len(b"a snapshot"),
    "erased": 1,
    "records": {"claim": 2, "seal": 1},
}


def test_everything_is_counted_as_one_json_document(data: Path) -> None:
    found = json.loads(done("stats", "--json", "--data", data))
    files = found.pop("files")
    assert found == COUNTED
    assert files == {file.name: file.stat().st_size for file in data.iterdir()}
    assert files["changes.sqlite3"] > 4096


def test_the_same_is_said_to_people(data: Path) -> None:
    words = done("stats", "--data", data)
    rows = dict(line.rsplit(maxsplit=1) for line in words.splitlines())
    assert rows["contracts"] == "2"
    assert rows["records: claim"] == "2"
    assert "file: changes.sqlite3" in rows


def test_a_relay_that_runs_can_be_counted(data: Path) -> None:
    with closing(DataDirectory(data, power_safe=False)):
        assert json.loads(done("--data", data, "stats", "--json"))["contracts"] == 2


def test_an_empty_relay_is_counted(tmp_path: Path) -> None:
    DataDirectory(tmp_path, power_safe=False).close()
    found = json.loads(done("stats", "--json", "--data", tmp_path))
    assert (found["contracts"], found["changes"], found["records"]) == (0, 0, {})


def test_a_directory_without_a_store_is_said(tmp_path: Path) -> None:
    assert refused("stats", "--data", tmp_path).startswith("there is no ")
    assert list(tmp_path.iterdir()) == []
