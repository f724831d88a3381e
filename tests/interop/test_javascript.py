"""automerge-repo's JavaScript as it comes from npm, on our relay, beside our programs."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from contract_tui.contract.text.splice import Splice
from sync_server.protocol.ids import Actor, DocumentId, document_url, parse_document_id
from tests.interop.client import protocol_client
from tests.interop.peers import javascript_peer
from tests.journeys.terminal import Terminal
from tests.programs import BIN, in_library, last_line, relay_program, run

ANA = Actor(b"ana-ana-ana-ana-")
DOCUMENT = DocumentId(UUID(int=1, version=4).bytes)
INTERESTS = ("sections", "interests", "body")


@pytest.fixture
async def relay(tmp_path: Path) -> AsyncIterator[str]:
    async with relay_program(tmp_path / "relay") as program:
        yield program.url


async def test_a_document_of_javascript_is_read_by_ours(relay: str) -> None:
    async with javascript_peer() as javascript, protocol_client(relay, "ours") as ours:
        await javascript.connect(relay)
        url = await javascript.create({"note": "naïve 👩‍👩‍👧 漢字", "inside": {"deep": "deeper"}})
        opened = await ours.open(parse_document_id(url), ANA)
        await ours.until(lambda: bool(opened.graph.heads))
        assert opened.text("note") == "naïve 👩‍👩‍👧 漢字"
        assert opened.text("inside", "deep") == "deeper"
        assert list(opened.graph.heads) == await javascript.heads(url)


async def test_a_document_of_ours_is_read_by_javascript(relay: str) -> None:
    async with javascript_peer() as javascript, protocol_client(relay, "ours") as ours:
        opened = await ours.open(DOCUMENT, ANA)
        await ours.put_text(DOCUMENT, "note", "naïve 👩‍👩‍👧 漢字")
        await javascript.connect(relay)
        url = document_url(DOCUMENT)
        assert await javascript.until(url, "note", contains="漢字") == "naïve 👩‍👩‍👧 漢字"
        assert await javascript.heads(url) == list(opened.graph.heads)


async def test_javascript_finds_a_document_that_is_made_after_it_asked(relay: str) -> None:
    async with javascript_peer() as javascript, protocol_client(relay, "ours") as ours:
        await javascript.connect(relay)
        url = document_url(DOCUMENT)
        with pytest.raises(Exception, match="unavailable"):
            await javascript.tell("find", url=url)
        await ours.open(DOCUMENT, ANA)
        await ours.put_text(DOCUMENT, "note", "late")
        await javascript.tell("ready", url=url)
        assert await javascript.read(url, "note") == "late"


async def test_both_write_into_one_text_at_once_and_end_equal(relay: str) -> None:
    async with javascript_peer() as javascript, protocol_client(relay, "ours") as ours:
        await javascript.connect(relay)
        url = await javascript.create({"note": "|"})
        document = parse_document_id(url)
        opened = await ours.open(document, ANA)
        await ours.until(lambda: bool(opened.graph.heads))
        text = opened.text_object("note")

        async def we_write() -> None:
            for letter in "nocturnal":
                at = len(opened.text("note"))
                await ours.splice(document, text, Splice(at, at, letter))

        async def they_write() -> None:
            for letter in "diurnal":
                await javascript.splice(url, ["note"], 0, 0, letter)

        await asyncio.gather(we_write(), they_write())
        await ours.until(lambda: len(opened.text("note")) == len("|nocturnaldiurnal"))
        merged = opened.text("note")
        assert await javascript.until(url, "note", value=merged) == merged
        assert await javascript.heads(url) == list(opened.graph.heads)
        assert sorted(merged) == sorted("|nocturnaldiurnal")


async def test_both_hear_what_the_other_says_in_passing(relay: str) -> None:
    async with javascript_peer() as javascript, protocol_client(relay, "ours") as ours:
        await javascript.connect(relay)
        url = await javascript.create({"note": ""})
        document = parse_document_id(url)
        opened = await ours.open(document, ANA)
        await ours.until(lambda: bool(opened.graph.heads))
        await ours.broadcast(document, {"caret": 7})
        assert await javascript.heard() == {"caret": 7}
        await javascript.broadcast(url, {"caret": 8, "typing": True})
        await ours.until(lambda: bool(opened.heard))
        assert opened.heard == [{"caret": 8, "typing": True}]


async def test_what_javascript_writes_into_a_section_is_on_our_screen(
    relay: str, tmp_path: Path
) -> None:
    home = tmp_path / "ana"
    contract = last_line(
        run(home, "new", "Tidepools", "--name", "Ana", "--role", "student", "--relay", relay)
    )
    run(home, "write", contract, "interests", "Crabs.")
    url = document_url(parse_document_id(contract))
    command = [str(BIN / "contract-tui"), "open", contract]
    async with javascript_peer() as javascript:
        await javascript.connect(relay)
        # It asks first, before the relay has the contract: that is no reason to give up.
        reading = asyncio.create_task(javascript.until(url, *INTERESTS, contains="Crabs."))
        with Terminal(command, in_library(home), columns=120, rows=40) as terminal:
            await asyncio.to_thread(terminal.wait_for, "Crabs.")
            assert await reading == "Crabs."
            await javascript.splice(url, INTERESTS, 6, 0, " Also limpets.")
            await asyncio.to_thread(terminal.wait_for, "Crabs. Also limpets.")
    shown = run(home, "show", contract)
    assert "Crabs. Also limpets." in shown
