"""What the protection does not reach, each told in docs/security.md: no test here is a wish."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from automerge.core import Document

from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.authorship import Doubted
from contract_tui.contract.schema import BODY_TEXTS, INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library import coverage, holding
from contract_tui.library.files import export_contract
from contract_tui.session.link.links import standing
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from contract_tui.session.signing import sealing
from contract_tui.ui.parts import SessionPart
from sync_server.access.backup import read_paper
from sync_server.access.seal import seal
from sync_server.access.voucher import vouch
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import operations
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore
from tests.contract_tui.session.circle import is_shared, newly_invited, sealed, three
from tests.contract_tui.session.company import company, read, relay, until, write
from tests.forgery.conference import IMPATIENT, Conference
from tests.forgery.forger import LIE, Forger, answer, bring, enters, lie, past, send
from tests.sync_server.relay.client import PATIENCE


class Meeting(NamedTuple):
    """Two people at a relay."""

    conference: Conference
    heidi: Session
    clara: Session


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


@asynccontextmanager
async def dishonest(tmp_path: Path, store: MemoryStore) -> AsyncIterator[tuple[Meeting, Forger]]:
    """Heidi and Clara at a relay that believes everybody, and somebody who uses that.

    So does an open relay with whoever knows a contract's id, and a dishonest one by itself.
    """
    async with relay() as one, three(tmp_path, one.url) as people:
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "Goats. ")
        await until(clara, partial(is_shared, clara, 7))
        async with Forger.connect(one.url, "nobody") as forger:
            assert isinstance(forger, Forger)
            yield Meeting(Conference(people, one, store), heidi, clara), forger


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let programs wait for a seal no longer than it takes here."""
    monkeypatch.setattr(sealing, "DELAY", 0.0)
    monkeypatch.setattr(coverage, "PATIENCE", 1.0)
    monkeypatch.setattr(coverage, "OWN_PATIENCE", 0.5)


@pytest.mark.usefixtures("hasty")
async def test_what_a_relay_puts_into_a_mouth_is_marked_and_told_and_no_other_takes_it(
    tmp_path: Path,
) -> None:
    store = MemoryStore()
    async with dishonest(tmp_path, store) as ((meeting, heidi, clara), forger):
        people = meeting.people
        forged = lie(past(clara), heidi.contract.actor[:8] + b"somebody")
        await send(forger, meeting, forged)
        await until(clara, lambda: LIE in read(clara))
        assert clara.contract.author(forged.actor).name == "Heidi"
        doubtful = {forged.actor: forged.start_op}
        for session in (clara, heidi):
            await until(session, partial(lambda one: one.doubtful == doubtful, session))
        runs = SessionPart(clara, INTERESTS).author_runs(0, len(read(clara)))
        shown = {read(clara)[start:end]: isinstance(one, Doubted) for start, end, one in runs}
        assert shown == {LIE: True, "Goats. ": False}
        assert clara.notices == []
        await until(heidi, lambda: bool(heidi.notices))
        (told,) = heidi.notices
        assert told.startswith("Words stand in your name that were not written on this computer")
        assert "in “Interests”" in told
        assert heidi._notary.custodian.sealed(forged.actor) == 0
        async with Relay.serve(Settings(port=0, limits=IMPATIENT), store) as honest:
            people.library("Clara").add_relays(people.contract, [honest.url])
            bearer = await people.open("Clara")
            await until(bearer, lambda: bool(bearer.notices))
            assert "nothing shows who wrote them" in bearer.notices[0]
            there = [link for link in bearer.links if link.url == honest.url]
            words = standing(bearer._replica, there, has_begun=True).words
            assert words == "some of it is kept back by the relay"
            newcomer = await newly_invited(people, "Opa", honest.url)
            await until(newcomer, lambda: "Goats. " in read(newcomer))
            assert LIE not in read(newcomer)
            assert forged.hash not in {change.hash for change in store.load(people.contract)}


@pytest.mark.usefixtures("hasty")
async def test_nobody_follows_or_seals_what_a_relay_put_in_the_name_of_their_running_program(
    tmp_path: Path,
) -> None:
    async with dishonest(tmp_path, MemoryStore()) as ((meeting, heidi, clara), forger):
        await sealed(clara)
        actor = heidi.contract.actor
        before = heidi._replica.graph.last_seq(actor)
        forged = lie(past(clara), actor)
        assert forged.seq == before + 1
        await send(forger, meeting, forged)
        for session in (heidi, clara):
            await until(session, partial(lambda one: LIE in read(one), session))
        write(heidi, "Really. ")
        await until(clara, lambda: "Really. " in read(clara))
        await until(heidi, lambda: bool(heidi.notices))
        custodian = clara._notary.custodian
        await until(clara, lambda: custodian.sealed(heidi.contract.actor) == 1)
        for session in (heidi, clara):
            doubtful = {actor: forged.start_op}
            await until(
                session, partial(lambda one, wanted: one.doubtful == wanted, session, doubtful)
            )
            assert session._notary.custodian.sealed(actor) == before


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


@pytest.mark.usefixtures("hasty")
async def test_whoever_has_a_copy_of_the_key_can_let_in_words_that_nobody_sealed(
    meeting: Conference,
) -> None:
    """Handing the key over takes it from nobody. What comes in so stays in doubt, for everybody."""
    heidi, clara = meeting.people.library("Heidi"), meeting.people.library("Clara")
    paper = holding.paper_backup(heidi, heidi.entry(meeting.contract))
    holding.take_key(clara, clara.entry(meeting.contract), paper)
    holding.give_up_key(heidi, heidi.entry(meeting.contract))
    change = lie(past(meeting.sessions[0]), meeting.person("Clara").actor())
    voucher = vouch(read_paper(paper), change.actor, change.hash)
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await bring(eve, meeting, vouchers=(voucher,))
        await send(eve, meeting, change)
        for session in meeting.sessions:
            await until(session, partial(_reads, session, LIE))
    for session in meeting.sessions:
        await until(session, partial(_doubts, session, change.actor))
        assert session.contract.author(change.actor).name == "Clara"


def _doubts(session: Session, actor: Actor) -> bool:
    return actor in session.doubtful


def _reads(session: Session, words: str) -> bool:
    return words in read(session)
