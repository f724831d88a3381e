"""Erasing a contract at the relay, as its operator does it."""

import asyncio
import os
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.protocol.ids import DocumentId, document_url, format_document_id
from sync_server.relay.datadir import DataDirectory
from sync_server.storage import ERASED, SqliteStore, StoredRecord
from tests.programs import relay_program
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
from tests.sync_server.storage.changes import ONE, TWO, run, stored

pytestmark = pytest.mark.later

NAME = format_document_id(ONE)


def records(data: Path, contract: DocumentId) -> list[StoredRecord]:
    with closing(SqliteStore(store_file(data))) as store:
        return store.records(contract)


@pytest.mark.parametrize("name", [NAME, document_url(ONE), f" {NAME} "])
def test_an_erased_contract_leaves_its_tombstone_and_the_others(data: Path, name: str) -> None:
    before = contents(data)
    assert done("erase", name, "--yes", "--data", data) == ""
    after = contents(data)
    assert records(data, ONE) == [StoredRecord(ONE, ERASED, b"", b"operator")]
    assert ONE not in after
    assert after[TWO] == before[TWO]


def test_its_words_are_in_no_file_any_more(data: Path) -> None:
    words = b"words that someone wants to be gone"
    with closing(DataDirectory(data, power_safe=False)) as directory:
        directory.store.append([stored(ONE, 41, words)])
    done("erase", NAME, "--yes", "--data", data)
    assert all(words not in file for file in listing(data).values())


def test_the_beginning_of_an_id_will_do_where_it_fits_one_contract(data: Path) -> None:
    shared = "1111"
    assert NAME.startswith(shared)
    said = refused("erase", shared, "--yes", "--data", data)
    assert "fits several contracts: " in said
    assert NAME in said
    done("erase", NAME[:-2], "--yes", "--data", data)
    assert [record.kind for record in records(data, ONE)] == [ERASED]


def test_without_yes_it_asks_for_the_id(data: Path) -> None:
    before = contents(data)
    for typed in ("", "\n", "yes\n", f"{NAME[:-1]}\n"):
        assert refused("erase", NAME, "--data", data, typed=typed) == "nothing was erased"
    assert contents(data) == before
    asked = sync_server("erase", NAME, "--data", data, typed=f"{NAME}\n")
    assert asked.returncode == 0
    assert asked.stderr.startswith(f"This erases {NAME}, its history")
    assert ONE not in contents(data)


def test_what_is_not_there_is_said(tmp_path: Path, data: Path) -> None:
    other = format_document_id(DocumentId(b"another contract"))
    assert refused("erase", other, "--yes", "--data", data).startswith("this relay keeps nothing")
    assert "is no contract's id" in refused("erase", "diary", "--yes", "--data", data)
    assert "is no contract's id" in refused("erase", "", "--yes", "--data", data)
    assert "there is no " in refused("erase", NAME, "--yes", "--data", tmp_path / "d")
    assert not (tmp_path / "d").exists()


def test_what_was_erased_already_is_said(data: Path) -> None:
    before = contents(data)
    said = refused("erase", format_document_id(GONE), "--yes", "--data", data)
    assert said.endswith("has been erased already")
    assert contents(data) == before


def test_a_contract_that_is_known_by_its_records_alone_can_be_erased(data: Path) -> None:
    claimed = DocumentId(b"only claims here")
    with closing(DataDirectory(data, power_safe=False)) as directory:
        directory.store.put_records([StoredRecord(claimed, "claim", b"jti", b"proof")])
    done("erase", format_document_id(claimed), "--yes", "--data", data)
    assert records(data, claimed) == [StoredRecord(claimed, ERASED, b"", b"operator")]


def test_it_can_be_erased_while_a_relay_has_the_directory(data: Path) -> None:
    with closing(DataDirectory(data, power_safe=False)) as directory:
        ended = sync_server("erase", NAME, "--yes", "--data", data)
        assert ended.returncode == 0
        assert "the relay that is running lets it go" in ended.stderr
        assert directory.store.changed_elsewhere()
        assert directory.store.documents() == [TWO]
        directory.store.append(run(TWO, 4, 5))


async def test_a_relay_that_runs_lets_everybody_go_and_takes_it_no_more(tmp_path: Path) -> None:
    contract, other = DocumentId(os.urandom(16)), DocumentId(os.urandom(16))
    async with relay_program(tmp_path) as relay, Client.connect(relay.url, "cyd") as cyd:
        await cyd.open(other)
        async with Client.connect(relay.url, "ada") as ada, Client.connect(relay.url, "bob") as bob:
            copy = await ada.open(contract)
            await ada.write(contract, "words that are to be gone")
            await bob.open(contract)
            await bob.reads(contract, copy.text)
            await asyncio.to_thread(
                done, "erase", format_document_id(contract), "--yes", "--data", tmp_path
            )
            for client in (ada, bob):
                code, reason = await client.ended()
                assert code == 4410
                assert "erased" in reason
        async with Client.connect(relay.url, "ada") as again:
            await again.open(contract, copy)
            code, reason = await again.ended()
            assert code == 4410
        await cyd.write(other, "goes on")
        await cyd.shared(other)
        assert await relay.stop() == 0
    assert [record.kind for record in records(tmp_path, contract)] == [ERASED]
    with closing(SqliteStore(store_file(tmp_path))) as store:
        assert store.documents() == [other]
        assert store.snapshot(contract) is None
