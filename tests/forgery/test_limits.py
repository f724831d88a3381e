"""What the protection does not reach, each told in docs/security.md: no test here is a wish."""

import asyncio
from functools import partial
from pathlib import Path

from automerge.core import Document

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import BODY_TEXTS, INTERESTS
from contract_tui.contract.splice import Splice
from contract_tui.library import holding
from contract_tui.library.files import export_contract
from contract_tui.session.status import StatusKind
from sync_server.access.seal import seal
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import operations
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore
from tests.contract_tui.session.circle import is_shared, newly_invited, three
from tests.contract_tui.session.company import company, read, relay, until, write
from tests.forgery.conference import IMPATIENT, Conference
from tests.forgery.forger import LIE, Forger, answer, bring, enters, lie, past, send
from tests.sync_server.relay.client import PATIENCE


async def test_a_file_holds_words_that_were_taken_out_again(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi")
        for at, letter in enumerate("secret"):
            write(session, letter, at)
        session.edit(INTERESTS, Splice(0, 6, ""))
        assert read(session) == ""
        await session.close()
        library = people.library("Heidi")
        file = tmp_path / "year.automerge"
        export_contract(library, library.entry(people.contract), file)
    changes = Document.load(file.read_bytes()).get_changes([])  # as any Automerge tool does
    made = [one for change in changes for one in operations(change.bytes)]
    body = BODY_TEXTS[INTERESTS]
    written = "".join(str(one.value) for one in made if one.object == body and one.insert)
    assert "secret" in written


async def test_the_relay_keeps_the_words_so_that_its_operator_can_read_them(
    meeting: Conference,
) -> None:
    count = len(meeting.store.load(meeting.contract))
    raws = meeting.store.raws(meeting.contract, 0, count)
    operator = Contract.open(raws, Actor(bytes(16)))
    assert operator.text(INTERESTS).text == meeting.expected


async def test_keys_lie_on_the_disk_as_they_are(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        library = people.library("Heidi")
        own = library.own_seat(people.contract)
        governing = library.contract_key(people.contract)
        assert own is not None
        assert governing is not None
        files = b"".join(each.read_bytes() for each in (tmp_path / "Heidi").iterdir())
        assert own.key.seed in files
        assert governing.seed in files


async def test_a_relay_that_checks_nothing_can_put_words_into_a_mouth_and_no_other_takes_them(
    tmp_path: Path,
) -> None:
    """So does an open relay with whoever knows a contract's id, and a dishonest one by itself."""
    store = MemoryStore()
    settings = Settings(port=0, limits=IMPATIENT)
    async with relay() as open_one, three(tmp_path, open_one.url) as people:
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "Goats. ")
        await until(clara, partial(is_shared, clara, 7))
        forged = lie(past(clara), heidi.contract.actor[:8] + b"somebody")
        async with Forger.connect(open_one.url, "nobody") as forger:
            meeting = Conference(people, open_one, store)
            await send(forger, meeting, forged)
            await until(clara, lambda: LIE in read(clara))
            await until(heidi, lambda: LIE in read(heidi))
        assert clara.contract.author(forged.actor).name == "Heidi"
        assert heidi._notary.custodian.sealed(forged.actor) == 0
        async with Relay.serve(settings, store) as honest:
            people.library("Clara").add_relays(people.contract, [honest.url])
            bearer = await people.open("Clara")
            await until(bearer, lambda: bool(bearer.notices))
            assert "nothing shows who wrote them" in bearer.notices[0]
            newcomer = await newly_invited(people, "Opa", honest.url)
            await until(newcomer, lambda: "Goats. " in read(newcomer))
            assert LIE not in read(newcomer)
            assert forged.hash not in {change.hash for change in store.load(people.contract)}


async def test_who_was_taken_out_can_still_have_words_carried_in_by_somebody_who_was_not(
    meeting: Conference,
) -> None:
    """Nobody can tell from a seal when it was made. The words are shown as their author's."""
    eve = meeting.person("Eve")
    change = lie(past(meeting.sessions[0]), eve.actor(), "from outside ")
    sealed = seal(eve.key, meeting.contract, change.actor, change.hash).to_bytes()
    library = meeting.people.library("Heidi")
    entry = library.entry(meeting.contract)
    holding.revoke(library, entry, [eve.key.public.fingerprint[:8].hex()])
    heidi = await meeting.people.open("Heidi")
    await until(heidi, lambda: heidi.status.kind is StatusKind.SHARED)
    async with asyncio.timeout(PATIENCE):
        while (await answer(meeting.url, eve.credential(meeting.url)))[1] != "revoked":
            pass
    async with enters(meeting, meeting.person("Clara"), "another program of Clara") as client:
        await bring(client, meeting, (eve.proof.text,), (sealed,))
        await send(client, meeting, change)
        await until(heidi, lambda: "from outside" in read(heidi))
    assert heidi.contract.author(change.actor).name == "Eve"
