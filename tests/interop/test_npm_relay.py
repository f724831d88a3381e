"""Our side of the protocol against the relay that others run: the sync server from npm."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from sync_server.protocol.ids import Actor, DocumentId, document_url, parse_document_id
from tests.interop.client import protocol_client
from tests.interop.peers import javascript_peer, npm_sync_server
from tests.programs import last_line, run

ANA = Actor(b"ana-ana-ana-ana-")


@pytest.fixture
async def relay(tmp_path: Path, free_port: int) -> AsyncIterator[str]:
    async with npm_sync_server(tmp_path / "store", free_port) as url:
        yield url


async def test_a_document_of_javascript_is_read_through_the_npm_relay(relay: str) -> None:
    async with javascript_peer() as javascript, protocol_client(relay, "ours") as ours:
        await javascript.connect(relay)
        url = await javascript.create({"note": "Written elsewhere: naïve 👩‍👩‍👧 漢字"})
        opened = await ours.open(parse_document_id(url), ANA)
        await ours.until(lambda: bool(opened.graph.heads))
        assert opened.text("note") == "Written elsewhere: naïve 👩‍👩‍👧 漢字"
        assert list(opened.graph.heads) == await javascript.heads(url)


async def test_a_document_of_ours_is_read_by_javascript_through_the_npm_relay(relay: str) -> None:
    document = DocumentId(UUID(int=1, version=4).bytes)
    async with javascript_peer() as javascript, protocol_client(relay, "ours") as ours:
        opened = await ours.open(document, ANA)
        await ours.put_text(document, "note", "Written here")
        await ours.until(lambda: opened.state.in_step)
        await javascript.connect(relay)
        assert await javascript.until(document_url(document), "note", contains="here")
        assert await javascript.heads(document_url(document)) == list(opened.graph.heads)


async def test_our_programs_use_the_npm_sync_server_as_their_relay(
    relay: str, tmp_path: Path
) -> None:
    ana, ben = tmp_path / "ana", tmp_path / "ben"
    contract = last_line(
        run(ana, "new", "Tidepools", "--name", "Ana", "--role", "student", "--relay", relay)
    )
    run(ana, "write", contract, "interests", "Crabs and limpets.")
    run(ana, "sync", contract)
    link = last_line(run(ana, "invite", contract, "--role", "teacher", "--name", "Ben"))
    run(ben, "join", link)
    run(ben, "sync", contract)
    run(ben, "write", contract, "supports", "A map of the shore.")
    run(ben, "sync", contract)
    run(ana, "sync", contract)
    shown = run(ana, "show", contract)
    assert "Crabs and limpets." in shown
    assert "A map of the shore." in shown
    assert run(ben, "show", contract) == shown
