"""Backups, as an operator makes them and brings them back."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.hub.records import KNOWN
from sync_server.protocol.ids import DocumentId, format_document_id
from sync_server.relay.admission import Admission, Admitted, File, Shown, Verdict
from sync_server.relay.datadir import DataDirectory
from sync_server.relay.errors import DataUnavailable
from sync_server.relay.pages import Refused
from sync_server.storage import ERASED, SqliteStore, StoredRecord
from tests.programs import BIN, relay_program
from tests.sync_server.commands.operating import (
    GONE,
    contents,
    done,
    listing,
    refused,
    store_file,
    sync_server,
)
from tests.sync_server.relay.client import Client
from tests.sync_server.relay.guests import Holder, Person, now
from tests.sync_server.storage.changes import ONE, TWO, run

pytestmark = pytest.mark.later

HOUR = 60 * 60


@pytest.fixture
def saved(tmp_path: Path, data: Path) -> Path:
    file = tmp_path / "backup file's 100%.sqlite3"
    done("backup", file, "--data", data)
    return file


def test_a_backup_is_brought_back_with_the_same_contents(
    tmp_path: Path, data: Path, saved: Path
) -> None:
    before = contents(data)
    done("restore", saved, "--data", tmp_path / "new" / "place")
    assert contents(tmp_path / "new" / "place") == before
    assert len(before) == 3


def test_a_backup_is_one_file_for_its_owners_eyes_only(saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in saved.parent.iterdir() if file.is_file()] == [saved.name]


def test_a_backup_says_on_standard_error_what_it_holds(tmp_path: Path, data: Path) -> None:
    ended = sync_server("--data", data, "backup", tmp_path / "b")
    assert ended.stdout == ""
    assert ended.stderr == f"{tmp_path}/b holds 2 contracts with 45 changes\n"


def test_a_file_in_the_way_is_replaced_only_by_force(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "diary"
    file.write_text("dear diary")
    assert refused("backup", file, "--data", data).endswith("or add --force to replace it")
    assert file.read_text() == "dear diary"
    done("backup", file, "--data", data, "--force")
    done("restore", file, "--data", tmp_path / "new")
    assert contents(tmp_path / "new") == contents(data)


def test_a_backup_inside_the_data_directory_is_refused(data: Path) -> None:
    before = listing(data)
    for name in ("changes.sqlite3", "lock", "more"):
        assert "somewhere else" in refused("backup", data / name, "--data", data, "--force")
    assert listing(data) == before


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, data: Path) -> None:
    assert "cannot be written" in refused("backup", tmp_path / "no" / "b", "--data", data)
    (tmp_path / "directory").mkdir()
    assert "cannot be written" in refused(
        "backup", tmp_path / "directory", "--data", data, "--force"
    )
    assert list((tmp_path / "directory").iterdir()) == []
    assert sorted(file.name for file in tmp_path.iterdir()) == ["data", "directory"]


def test_a_directory_without_a_store_has_no_backup(tmp_path: Path) -> None:
    assert refused("backup", tmp_path / "b", "--data", tmp_path / "d").startswith("there is no ")
    assert list(tmp_path.iterdir()) == []


async def test_a_backup_is_made_while_people_write(tmp_path: Path) -> None:
    document = DocumentId(os.urandom(16))
    async with (
        relay_program(tmp_path / "data", "--fast") as relay,
        Client.connect(relay.url, "ada") as ada,
    ):
        await ada.open(document)
        await ada.write(document, "before ")
        await ada.shared(document)
        typing = asyncio.create_task(ada.write(document, "x" * 600))
        command = [BIN / "sync-server", "backup", tmp_path / "b", "--data", tmp_path / "data"]
        process = await asyncio.create_subprocess_exec(*map(str, command))
        assert await process.wait() == 0
        await typing
        await ada.shared(document)
        written = ada.copies[document].text
    done("restore", tmp_path / "b", "--data", tmp_path / "new")
    async with (
        relay_program(tmp_path / "new") as again,
        Client.connect(again.url, "bob") as bob,
    ):
        copy = await bob.open(document)
        await bob.until(lambda: len(copy.text) >= len("before "))
        assert written.startswith(copy.text)


# Bringing it back


def test_contracts_that_are_there_are_put_aside_only_by_force(
    tmp_path: Path, data: Path, saved: Path
) -> None:
    other = tmp_path / "other"
    with closing(DataDirectory(other, power_safe=False)) as directory:
        directory.store.append(run(TWO, 0, 9))
    files = listing(other)
    assert "add --force to put them aside" in refused("restore", saved, "--data", other)
    assert listing(other) == files
    ended = sync_server("restore", saved, "--data", other, "--force")
    assert contents(other) == contents(data)
    aside = Path(ended.stderr.splitlines()[0].removeprefix("what was there before is in "))
    assert aside.parent == other
    with closing(SqliteStore(aside)) as old:
        assert len(old.load(TWO)) == 10
        assert old.load(ONE) == []


def test_putting_aside_twice_on_a_day_keeps_both(data: Path, saved: Path) -> None:
    for _ in range(2):
        done("restore", saved, "--data", data, "--force")
    assert len(list(data.glob("changes-*.sqlite3"))) == 2


def test_what_was_erased_since_stays_erased(tmp_path: Path, data: Path, saved: Path) -> None:
    done("erase", format_document_id(ONE), "--yes", "--data", data)
    ended = sync_server("restore", saved, "--data", data, "--force")
    assert "contracts that were erased here since stay erased: 1\n" in ended.stderr
    assert set(contents(data)) == {TWO, GONE}
    with closing(SqliteStore(store_file(data))) as store:
        assert store.records(ONE) == [StoredRecord(ONE, ERASED, b"", b"operator")]
    done("restore", saved, "--data", tmp_path / "new")
    assert ONE in contents(tmp_path / "new")


def test_who_took_a_seat_after_the_backup_is_let_in_though_the_invitation_has_expired(
    tmp_path: Path, data: Path
) -> None:
    holder, today = Holder(), now()
    ada = Person.take(holder.invite("Ada", expires=today - HOUR))
    known = StoredRecord(holder.contract, KNOWN, b"", str(today - 24 * HOUR).encode())
    with closing(DataDirectory(data, power_safe=False)) as directory:
        directory.store.put_records([known])
    done("backup", tmp_path / "saved", "--data", data)
    with closing(DataDirectory(data, power_safe=False)) as directory:
        assert isinstance(verdict(directory.store, ada), Refused), "nobody took the seat in time"
    done("restore", tmp_path / "saved", "--data", tmp_path / "new")
    with closing(DataDirectory(tmp_path / "new", power_safe=False)) as directory:
        admitted = verdict(directory.store, ada)
        assert isinstance(admitted, Admitted)
        directory.store.put_records(admitted.keep)
        late = Person.take(holder.invite("Eve", expires=now() + 1))
        assert isinstance(verdict(directory.store, late, now() + 2), Refused)


def verdict(store: SqliteStore, person: Person, at: int | None = None) -> Verdict:
    """What a relay with this store says to somebody; it needs a key for contracts it never met."""
    at = now() if at is None else at
    judge, relay = Admission(0, "registration key"), "wss://relay.example:443"
    credential = judge.read(Shown(person.credential(relay, at), single_use=True), {relay}, at)
    assert not isinstance(credential, Refused)
    file = File(person.contract, store.records(person.contract), has_changes=False)
    return judge.judge(credential, file, at)


def test_an_empty_store_makes_way_without_force(tmp_path: Path, data: Path, saved: Path) -> None:
    DataDirectory(tmp_path / "new", power_safe=False).close()
    done("restore", saved, "--data", tmp_path / "new")
    assert contents(tmp_path / "new") == contents(data)


def test_what_is_brought_back_is_a_store_of_its_own(
    tmp_path: Path, data: Path, saved: Path
) -> None:
    done("restore", saved, "--data", tmp_path / "new")
    with (
        closing(DataDirectory(data, power_safe=False)) as one,
        closing(DataDirectory(tmp_path / "new", power_safe=False)) as other,
    ):
        assert one.store.identity != other.store.identity


def test_a_relay_that_runs_keeps_its_directory(data: Path, saved: Path) -> None:
    with closing(DataDirectory(data, power_safe=False)):
        said = refused("restore", saved, "--data", data, "--force")
    assert said == f"another relay uses the data directory {data}: stop it first"


Harm = Callable[[Path], None]


def damaged(file: Path) -> None:
    """Harm pages in the middle, as a failing disk does."""
    whole = bytearray(file.read_bytes())
    whole[4096 : len(whole) - 4096] = b"\xa5" * (len(whole) - 8192)
    file.write_bytes(whole)


def torn(file: Path) -> None:
    """Leave the last page out."""
    file.write_bytes(file.read_bytes()[:-4096])


def a_letter(file: Path) -> None:
    file.write_text("dear diary " * 1000)


def nothing(file: Path) -> None:
    file.write_bytes(b"")


def another_kind(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE change (document BLOB)")
        other.execute("PRAGMA user_version = 2")


def one_with_a_trap(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TRIGGER trap AFTER INSERT ON change BEGIN DELETE FROM snapshot; END")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (damaged, "is damaged"),
        (torn, "is damaged"),
        (a_letter, "is not a store of changes"),
        (nothing, "is not a store of changes"),
        (another_kind, "is not a store of changes"),
        (one_with_a_trap, "is not a store of changes"),
        (Path.unlink, "there is no "),
    ],
    ids=lambda harm: getattr(harm, "__name__", ""),
)
def test_a_file_that_is_no_sound_backup_changes_nothing(
    data: Path, saved: Path, harm: Harm, words: str
) -> None:
    before = listing(data)
    harm(saved)
    assert words in refused("restore", saved, "--data", data, "--force")
    assert listing(data) == before


def test_a_backup_of_a_newer_version_is_left_alone(tmp_path: Path, saved: Path) -> None:
    with closing(sqlite3.connect(saved)) as newer:
        newer.execute("PRAGMA user_version = 99")
    assert "newer version" in refused("restore", saved, "--data", tmp_path / "new")


def test_a_damaged_store_has_no_backup_that_looks_like_one(tmp_path: Path, data: Path) -> None:
    damaged(store_file(data))
    assert refused("backup", tmp_path / "b", "--data", data).endswith("is damaged")
    assert [file.name for file in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("harm", [damaged, torn, a_letter, nothing, Path.unlink])
def test_a_backup_takes_the_place_of_a_damaged_store(
    tmp_path: Path, data: Path, saved: Path, harm: Harm
) -> None:
    kept = contents(data)
    harm(store_file(data))
    with pytest.raises(DataUnavailable, match="sync-server restore FILE --force"):
        DataDirectory(data, power_safe=False)
    done("restore", saved, "--data", data, "--force")
    DataDirectory(data, power_safe=False).close()
    assert contents(data) == kept


def test_a_copy_that_a_plain_program_made_can_be_brought_back(tmp_path: Path, data: Path) -> None:
    shutil.copy(store_file(data), tmp_path / "copy")
    done("restore", tmp_path / "copy", "--data", tmp_path / "new")
    assert contents(tmp_path / "new") == contents(data)
