"""An operator at work: the command, and data directories to use it on."""

import os
import subprocess
from contextlib import closing
from pathlib import Path

from sync_server.protocol.ids import DocumentId
from sync_server.relay.datadir import FILE_NAME, DataDirectory
from sync_server.storage import SqliteStore, StoredRecord, StoredSnapshot
from tests.programs import BIN
from tests.sync_server.storage.changes import ONE, TWO, run

Contents = dict[DocumentId, tuple[object, ...]]


def sync_server(*arguments: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [BIN / "sync-server", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        input=typed,
        env={**os.environ, "COLUMNS": "100"},
        check=False,
    )


def done(*arguments: object, typed: str = "") -> str:
    """What a command that succeeds prints on standard output."""
    ended = sync_server(*arguments, typed=typed)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def refused(*arguments: object, typed: str = "") -> str:
    """The last line with which a command says why it did nothing."""
    ended = sync_server(*arguments, typed=typed)
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout == ""
    line = ended.stderr.splitlines()[-1]
    assert line.startswith("sync-server: ")
    return line.removeprefix("sync-server: ")


def filled(data: Path) -> Path:
    """A data directory with two contracts, a snapshot, records and a tombstone."""
    directory = DataDirectory(data, power_safe=False)
    with closing(directory):
        fill(directory.store)
    return data


def fill(store: SqliteStore) -> None:
    store.append([*run(ONE, 0, 40), *run(TWO, 0, 3)])
    store.put_snapshot(ONE, StoredSnapshot(30, b"a snapshot"))
    claims = [StoredRecord(document, "claim", b"jti", b"proof") for document in (ONE, TWO)]
    store.put_records([*claims, StoredRecord(TWO, "seal", b"actor", b"\0\xff")])
    store.erase(GONE, b"operator")


GONE = DocumentId(bytes(15) + b"3")


def contents(data: Path) -> Contents:
    """Everything that a data directory keeps, once nobody holds it."""
    with closing(SqliteStore(data / FILE_NAME, begin=False)) as store:
        return {
            document: (
                store.load(document),
                store.raws(document, 0, 1000),
                store.snapshot(document),
                store.records(document),
            )
            for document in (*store.documents(), GONE)
        }


def store_file(data: Path) -> Path:
    return data / FILE_NAME


def listing(directory: Path) -> dict[str, bytes]:
    """Every file in a directory, as it is."""
    return {file.name: file.read_bytes() for file in directory.iterdir()}
