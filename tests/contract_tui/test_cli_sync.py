"""What `sync` says of relays that are none, and which addresses it keeps."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection

from contract_tui.cli import main
from contract_tui.commands import sharing
from contract_tui.commands.meeting import Patience
from contract_tui.library.settings import HOME_VARIABLE
from tests.contract_tui.session.company import relay
from tests.contract_tui.session.impostors import free_port, greet, impostor, tcp

HTTP = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


class Shell:
    """Runs commands beside the loop that the servers need."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.contract = ""

    async def run(self, *arguments: str) -> tuple[int, str, str]:
        status = await asyncio.to_thread(main, arguments)
        out, err = self._capsys.readouterr()
        return status, out, err

    async def sync(self, *urls: str) -> tuple[int, str]:
        asked = [word for url in urls for word in ("--relay", url)]
        status, _, err = await self.run("sync", self.contract, *asked)
        return status, err.rstrip("\n")

    async def known(self) -> list[str]:
        _, out, _ = await self.run("list", "--json")
        relays: list[str] = json.loads(out)["contracts"][0]["relays"]
        return relays


@pytest.fixture
async def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setattr(sharing, "PATIENCE", Patience(recovery=0.1))
    made = Shell(capsys)
    _, out, _ = await made.run("new", "My year", "--name", "Heidi", "--role", "student")
    made.contract = out.strip()
    return made


@pytest.fixture
async def servers() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def test_an_address_is_kept_once_a_relay_has_answered_there(
    shell: Shell, servers: AsyncExitStack
) -> None:
    found = await servers.enter_async_context(relay())
    status, said = await shell.sync(found.url)
    assert (status, said.startswith("shared with everyone")) == (0, True)
    assert await shell.known() == [found.url]
    _, out, _ = await shell.run("list", "--json")
    assert json.loads(out)["contracts"][0]["unshared"] is False


async def test_an_address_where_no_relay_answers_is_not_kept(
    shell: Shell, servers: AsyncExitStack
) -> None:
    website = await servers.enter_async_context(tcp(HTTP))
    nobody = f"ws://127.0.0.1:{free_port()}"
    hanging_up = await servers.enter_async_context(tcp(b""))
    for url, words in [
        (website, f"what answers at {website} is not a relay"),
        (nobody, f"no relay answers at {nobody}: "),
        (hanging_up, f"what answers at {hanging_up} is not a relay"),
    ]:
        status, said = await shell.sync(url)
        assert status == 1
        assert words in said
    assert await shell.known() == []


async def test_the_relay_that_was_asked_for_is_the_one_that_is_reported(
    shell: Shell, servers: AsyncExitStack
) -> None:
    found = await servers.enter_async_context(relay())
    assert (await shell.sync(found.url))[0] == 0
    website = await servers.enter_async_context(tcp(HTTP))
    status, said = await shell.sync(website)
    assert (status, website in said, found.url in said) == (1, True, False)
    nobody = f"ws://127.0.0.1:{free_port()}"
    status, said = await shell.sync(website, nobody, found.url)
    assert (status, website in said, nobody in said, found.url in said) == (1, True, True, False)
    assert await shell.known() == [found.url]


async def test_one_relay_of_those_that_are_known_is_enough(
    shell: Shell, servers: AsyncExitStack
) -> None:
    first = await servers.enter_async_context(relay())
    async with relay() as second:
        assert (await shell.sync(first.url, second.url))[0] == 0
    assert (await shell.sync())[0] == 0


async def test_a_silent_address_is_given_up(
    shell: Shell, servers: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "PATIENCE", Patience(recovery=0.1, silence=0.5))

    async def wait(connection: ServerConnection) -> None:
        await connection.wait_closed()

    url = await servers.enter_async_context(impostor(wait))
    status, said = await shell.sync(url)
    assert (status, said.startswith(f"contract-tui: nothing answers at {url} within")) == (1, True)
    assert await shell.known() == []


async def test_a_relay_that_always_breaks_off_is_given_up(
    shell: Shell, servers: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "PATIENCE", Patience(recovery=0.1, silence=0.5))

    async def break_off(connection: ServerConnection) -> None:
        await greet(connection)
        await connection.close(1011, "out of order")

    url = await servers.enter_async_context(impostor(break_off))
    status, said = await shell.sync(url)
    assert status == 1
    assert f"the relay at {url} broke off the connection: out of order" in said


async def test_an_unencrypted_way_is_taken_once_it_is_allowed(
    shell: Shell, servers: AsyncExitStack
) -> None:
    found = await servers.enter_async_context(relay())
    url = found.url.replace("127.0.0.1", "0.0.0.0")  # this computer, which the address hides
    status, said = await shell.sync(url)
    assert (status, "is not encrypted" in said) == (1, True)
    assert await shell.known() == []
    words = ("sync", shell.contract, "--relay", url, "--allow-unencrypted")
    assert (await shell.run(*words))[0] == 0
    assert await shell.known() == [url]
    assert (await shell.sync())[0] == 0, "it is remembered"
