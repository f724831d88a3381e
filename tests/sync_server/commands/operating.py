"""An operator at work: the command, and data directories to use it on."""

import io
import subprocess
import sys
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path

from sync_server.cli import main
from sync_server.protocol.ids import DocumentId
from sync_server.relay.datadir import FILE_NAME, DataDirectory
from sync_server.storage import SqliteStore, StoredRecord, StoredSnapshot
from tests.programs import BIN
from tests.sync_server.storage.changes import ONE, TWO, run

Contents = dict[DocumentId, tuple[object, ...]]


Ended = subprocess.CompletedProcess[str]


def program(*arguments: object) -> Ended:
    """Run the command to its end, as a program of its own."""
    command = [BIN / "sync-server", *arguments]
    return subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, timeout=60, check=False
    )


def sync_server(*arguments: object, typed: str = "") -> Ended:
    """Run a command that serves nobody, here and now."""
    words, said, narrated = [str(word) for word in arguments], io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.StringIO(typed)
    try:
        with redirect_stdout(said), redirect_stderr(narrated):
            status = main(words)
    finally:
        sys.stdin = before
    return Ended(words, status, said.getvalue(), narrated.getvalue())


def done(*arguments: object, typed: str = "") -> str:
    """What a command that succeeds prints on standard output."""
    ended = sync_server(*arguments, typed=typed)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def refused(*arguments: object, typed: str = "") -> str:
    """The last line with which a command says why it did nothing."""
    return why(sync_server(*arguments, typed=typed))


def why(ended: Ended) -> str:
    """The last line of a command that was refused."""
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
