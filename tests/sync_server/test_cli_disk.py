"""A relay whose disk is full, read-only, torn or gone: refused or recovered, never just empty."""

import asyncio
import json
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync_server.protocol.ids import DocumentId
from tests.programs import BIN, RelayProgram, relay_program
from tests.sync_server.hub.writing import Copy
from tests.sync_server.relay.client import PATIENCE, Client

pytestmark = pytest.mark.later

RESTORE = "bring a backup back with `sync-server restore FILE --force`"


@pytest.fixture
def document() -> DocumentId:
    return DocumentId(os.urandom(16))


async def health(relay: RelayProgram) -> tuple[str, str]:
    """The first line and the status that `GET /health` answers with."""
    reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
    writer.write(b"GET /health HTTP/1.1\r\nHost: relay\r\n\r\n")
    async with asyncio.timeout(PATIENCE):
        answer = (await reader.read()).decode()
    writer.close()
    head, _, body = answer.partition("\r\n\r\n")
    return head.splitlines()[0], json.loads(body)["status"]


async def write(relay: RelayProgram, document: DocumentId, words: str) -> Copy:
    """Have the relay keep some words."""
    async with Client.connect(relay.url, "ada") as ada:
        copy = await ada.open(document)
        await ada.write(document, words)
        await ada.shared(document)
    return copy


async def read(relay: RelayProgram, document: DocumentId, words: str) -> None:
    """Find some words at the relay."""
    async with Client.connect(relay.url, "bob") as bob:
        await bob.open(document)
        await bob.reads(document, words)


async def refused_keys(relay: RelayProgram, copy: Copy, words: str) -> None:
    """Write words that the relay cannot keep: it says so, and passes them on to nobody."""
    async with Client.connect(relay.url, "ada") as ada, Client.connect(relay.url, "bob") as bob:
        before = copy.text
        await bob.open(copy.id)
        await bob.reads(copy.id, before)
        await ada.open(copy.id, copy)
        await ada.shared(copy.id)
        await ada.write(copy.id, words)
        for client in (ada, bob):
            code, reason = await client.ended()
            assert (code, reason) == (1011, "the relay cannot store changes now")
        assert bob.copies[copy.id].text == before
    assert (await health(relay))[0] == "HTTP/1.1 503 Service Unavailable"


def command(*words: object, before: Sequence[object] = ()) -> subprocess.CompletedProcess[str]:
    """Run `sync-server` to its end."""
    return subprocess.run(
        [str(word) for word in (*before, BIN / "sync-server", *words)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def starts_and_refuses(data: Path, before: Sequence[object] = ()) -> str:
    """The one line with which a relay says why it does not run."""
    ended = command("--open", "--port", "0", "--data", data, before=before)
    assert (ended.returncode, ended.stdout) == (1, "")
    [line] = ended.stderr.splitlines()
    return str(line)


# While it runs


async def test_a_full_disk_is_said_and_what_was_kept_stays_and_goes_on(
    tmp_path: Path, document: DocumentId
) -> None:
    async with relay_program(tmp_path) as relay:
        copy = await write(relay, document, "kept ")
        size = (tmp_path / "changes.sqlite3-wal").stat().st_size
        before = resource.prlimit(relay.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        await refused_keys(relay, copy, "not kept ")
        assert (await health(relay))[1] == "cannot store changes"
        await read(relay, document, "kept ")

        resource.prlimit(relay.pid, resource.RLIMIT_FSIZE, before)
        async with Client.connect(relay.url, "ada") as ada:
            await ada.open(document, copy)
            await ada.shared(document)
        await read(relay, document, "kept not kept ")
        assert await health(relay) == ("HTTP/1.1 200 OK", "ok")


@pytest.mark.parametrize("name", ["changes.sqlite3", "changes.sqlite3-wal"])
async def test_a_file_that_is_deleted_under_a_relay_is_noticed_at_the_next_key(
    tmp_path: Path, document: DocumentId, name: str
) -> None:
    async with relay_program(tmp_path) as relay:
        copy = await write(relay, document, "kept ")
        (tmp_path / name).unlink()
        await refused_keys(relay, copy, "not kept ")
    assert RESTORE in starts_and_refuses(tmp_path)


async def test_a_file_that_is_deleted_under_a_relay_is_noticed_without_a_key(
    tmp_path: Path, document: DocumentId
) -> None:
    async with relay_program(tmp_path) as relay:
        await write(relay, document, "kept ")
        assert (await health(relay))[1] == "ok"
        (tmp_path / "changes.sqlite3").unlink()
        async with asyncio.timeout(PATIENCE):
            while (await health(relay))[1] == "ok":
                pass
        assert (await health(relay))[0] == "HTTP/1.1 503 Service Unavailable"


async def test_a_relay_whose_store_was_deleted_does_not_begin_an_empty_one(
    tmp_path: Path, document: DocumentId
) -> None:
    async with relay_program(tmp_path) as relay:
        await write(relay, document, "kept ")
        assert await relay.stop() == 0
    (tmp_path / "changes.sqlite3").unlink()
    for _ in range(2):
        said = starts_and_refuses(tmp_path)
        assert "changes.sqlite3 is gone, though changes were kept in it" in said
        assert RESTORE in said


# After a kill


async def test_a_log_left_behind_by_a_kill_is_read(tmp_path: Path, document: DocumentId) -> None:
    async with relay_program(tmp_path) as relay:
        await write(relay, document, "kept ")
        await relay.kill()
    assert (tmp_path / "changes.sqlite3-wal").stat().st_size
    async with relay_program(tmp_path) as again:
        await read(again, document, "kept ")


# Damaged while nobody looked


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])


def damaged(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))


def overwritten(file: Path) -> None:
    file.write_bytes(b"dear diary " * 1000)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


async def test_a_damaged_store_is_refused_and_says_how_to_go_on(
    tmp_path: Path, document: DocumentId
) -> None:
    data, saved = tmp_path / "data", tmp_path / "saved"
    async with relay_program(data) as relay:
        await write(relay, document, "kept " * 50)
        assert await relay.stop() == 0
    shutil.copy(data / "changes.sqlite3", saved)

    for harm in (torn, damaged, overwritten, emptied):
        harm(data / "changes.sqlite3")
        assert RESTORE in starts_and_refuses(data), harm.__name__
        assert command("restore", saved, "--data", data, "--force").returncode == 0
        async with relay_program(data) as again:
            await read(again, document, "kept " * 50)
            assert await again.stop() == 0


# Read-only


@contextmanager
def read_only(data: Path) -> Iterator[list[object]]:
    """Let nothing be written to a directory; gives what has to stand before the command."""
    if os.geteuid():
        data.chmod(0o500)
        yield []
        data.chmod(0o700)
        return
    # Nothing is forbidden to root, unless the file system itself is read-only.
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    before = ["unshare", "--mount", "sh", "-c", script, data]
    tried = subprocess.run([*map(str, before), "true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("this root may not mount anything")
    yield before


async def test_a_directory_that_may_not_be_written_is_refused(
    tmp_path: Path, document: DocumentId
) -> None:
    async with relay_program(tmp_path) as relay:
        await write(relay, document, "kept ")
    with read_only(tmp_path) as before:
        said = starts_and_refuses(tmp_path, before)
    assert f"the data directory {tmp_path} cannot be used: " in said
    async with relay_program(tmp_path) as again:
        await read(again, document, "kept ")
