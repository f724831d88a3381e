"""The relay as a process of its own, closed, killed, and started again: who comes in then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from sync_server.hub.records import CLAIM
from sync_server.protocol.messages import Code
from sync_server.storage import SqliteStore
from tests.programs import BIN, PATIENCE, RelayProgram
from tests.sync_server.hub.writing import Copy
from tests.sync_server.relay.certificates import make, trusting
from tests.sync_server.relay.client import Client
from tests.sync_server.relay.guests import Holder, Person

pytestmark = pytest.mark.later


@asynccontextmanager
async def closed(data: Path, *options: str, port: int = 0) -> AsyncIterator[RelayProgram]:
    """Run `sync-server` without `--open` for as long as the block lasts; then kill it."""
    command = [str(BIN / "sync-server"), "--port", str(port), "--data", str(data), *options]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
    relay = RelayProgram(process, line.decode().removeprefix("listening on ").strip())
    try:
        yield relay
    finally:
        await relay.kill()


async def answer(relay: RelayProgram, header: dict[str, str]) -> tuple[int, str]:
    """Status and sentence."""
    try:
        async with connect(relay.url, additional_headers=header):
            return 101, ""
    except InvalidStatus as error:
        return error.response.status_code, (error.response.body or b"").decode()


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_killed_relay_knows_who_came_and_what_was_shown(tmp_path: Path) -> None:
    invitation = Holder().invite()
    ada, eve = Person.take(invitation), Person.take(invitation)
    async with closed(tmp_path) as relay:
        used = ada.header(relay.url)
        assert await answer(relay, used) == (101, "")
    async with closed(tmp_path, port=relay.port) as relay:
        status, words = await answer(relay, used)
        assert status == 401
        assert "used before" in words or "older than this run" in words
        status, words = await answer(relay, eve.header(relay.url))
        assert status == 403
        assert "taken on another computer" in words
        assert await answer(relay, ada.header(relay.url)) == (101, "")


async def test_no_private_key_and_no_code_is_in_the_relays_files(tmp_path: Path) -> None:
    holder = Holder()
    ada = holder.seat()
    asked = holder.invite("Mum")
    async with closed(tmp_path) as relay:
        header = ada.header(relay.url)
        async with Client.connect(
            relay.url, "ada", speaks=True, additional_headers=header
        ) as client:
            await client.open(holder.contract, Copy(holder.contract, actor=ada.actor()))
            await client.write(holder.contract, "hello")
            await client.shared(holder.contract)
            await client.send(Code(client.name, client.peer, holder.contract, asked.link(), 0))
            await client.until(lambda: client.codes)
            [code] = client.codes
    files = everything_in(tmp_path)
    assert bytes(holder.contract) in files
    for secret in (ada.key.seed, holder.key.seed):
        assert secret not in files
        assert secret.hex().encode() not in files
    assert code.code.encode() not in files
    assert code.code.replace("-", "").encode() not in files
    store = SqliteStore(tmp_path / "changes.sqlite3", power_safe=False)
    assert CLAIM in {record.kind for record in store.records(holder.contract)}
    store.close()


async def test_the_registration_key_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("correct-horse\n")
    options = ("--register-key-file", str(tmp_path / "key"))
    async with closed(tmp_path / "data", *options) as relay:
        ada = Holder().seat()
        status, words = await answer(relay, ada.header(relay.url))
        assert status == 403
        assert "registration key" in words
        registered = ada.header(relay.url) | {"X-Registration-Key": "correct-horse"}
        assert await answer(relay, registered) == (101, "")


async def test_it_goes_by_its_public_name_and_speaks_tls(tmp_path: Path) -> None:
    cert, key = make(tmp_path / "tls")
    options = ("--tls-cert", str(cert), "--tls-key", str(key))
    public = ("--public-url", "wss://school.example")
    async with closed(tmp_path / "data", *options, *public) as relay:
        assert relay.url.startswith("wss://")
        header = Holder().seat().header("wss://school.example:443")
        async with connect(relay.url, additional_headers=header, ssl=trusting(cert)):
            pass
        with pytest.raises(InvalidStatus):
            await connect(
                relay.url,
                additional_headers=Holder().seat().header(relay.url),
                ssl=trusting(cert),
            )
