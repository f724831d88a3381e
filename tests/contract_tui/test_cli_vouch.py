"""The command that admits what its author never sealed, on a closed relay."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from contract_tui.commands import meeting, sharing, vouching
from contract_tui.commands.meeting import Patience
from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library import holding
from contract_tui.library.errors import LinkTrouble
from contract_tui.library.library import Library
from contract_tui.session.signing import sealing
from sync_server.protocol.ids import Actor, DocumentId, format_document_id, parse_document_id
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore
from tests.contract_tui.household import Person, closed_relay
from tests.contract_tui.session.circle import closed, is_shared, three
from tests.contract_tui.session.company import DEADLINE, until, write
from tests.contract_tui.session.signing.test_authorship import forged
from tests.forgery.conference import IMPATIENT
from tests.programs import last_line

QUESTION = "Does this belong to the contract’s past?"
LOST = "my dog\x1b[2J\nis called Bo"


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (meeting, vouching):
        monkeypatch.setattr(module, "BRIEF", Patience(recovery=0.0, silence=2.0))
    monkeypatch.setattr(vouching, "WAIT", 0.05)


@pytest.fixture
def heidi(tmp_path: Path) -> Iterator[Person]:
    """A student with a contract that a relay has, and an invitation for Opa that is taken."""
    with closed_relay(tmp_path / "relay") as url:
        heidi = Person(tmp_path / "heidi")
        heidi.new("Heidi", "student", url)
        heidi.write("interests", "goats")
        yield heidi


@pytest.fixture
def opa(heidi: Person, tmp_path: Path) -> Person:
    opa = Person(tmp_path / "opa")
    opa.join(heidi.invite("--name", "Opa", "--role", "parent"))
    heidi.sync()
    return opa


def contract_of(person: Person) -> DocumentId:
    return parse_document_id(person.contract)


def comes_to(person: Person, actor: bytes, words: str, at: int = 0, gone: int = 0) -> None:
    """Words come in a file, as any program may have written them, and nobody's seal with them."""
    with Library(person.home) as library:
        raws = [one.raw for one in library.journal(contract_of(person)).read(1 << 20)]
    contract = Contract.open(raws, Actor(actor))
    if gone:
        contract.splice(INTERESTS, Splice(0, gone, ""))
    for offset, letter in enumerate(words):
        contract.splice(INTERESTS, Splice(at + offset, at + offset, letter))
    file = person.home / "brought.automerge"
    file.write_bytes(b"".join(contract.changes_since()))
    person.run("import", str(file))


def prefix(person: Person) -> bytes:
    with Library(person.home) as library:
        own = library.own_seat(contract_of(person))
    assert own is not None
    return own.device.prefix


def test_the_holder_reads_what_was_lost_and_vouches_for_it(heidi: Person, opa: Person) -> None:
    comes_to(heidi, prefix(opa) + b"lost one", f"{LOST} ")
    heidi.run("write", heidi.contract, "supports", "a bench")
    heidi.run("vouch", heidi.contract, text="y\n")
    told = heidi.err.splitlines()
    assert "In the name of Opa (parent), 5 words:" in told
    at = told.index("  wrote in “Interests”:")
    assert told[at + 1 : at + 3] == ["    my dog·[2J", "    is called Bo "]
    assert "If Opa can still open the contract on the computer that it was written on" in heidi.err
    assert told[-1].endswith("vouched for: relays take it now, with what was written on top of it")
    heidi.sync()
    assert "is called Bo goats" in opa.read()
    assert "a bench" in opa.read()
    heidi.run("vouch", heidi.contract)
    assert heidi.err.startswith("Nothing waits: everything here is sealed, or vouched for.")


def test_each_author_is_asked_about_alone(heidi: Person, opa: Person) -> None:
    comes_to(heidi, prefix(opa) + b"lost one", "by Opa ")
    comes_to(heidi, b"somebody unknown", "by nobody ", at=12)
    with Library(heidi.home) as library:
        holding.revoke(library, library.entry(contract_of(heidi)), [prefix(opa).hex()])
    heidi.run("vouch", heidi.contract, text="y\nn\n")
    assert heidi.err.count(QUESTION) == 2
    assert "Opa was taken out: vouch for it only if it is known to all of you." in heidi.err
    assert "By somebody unknown (736f6d65626f6479), 2 words:" in heidi.err
    assert "Nothing shows who that is" in heidi.err
    assert "not everything is shared yet with ws://127.0.0.1" in heidi.err
    refusal = opa.refused("vouch", opa.contract)
    assert refusal == (
        "only whoever holds the key of this contract can vouch for its past: ask Heidi (student)"
    )
    clara = Person(heidi.home.parent / "clara")
    clara.join(heidi.invite("--name", "Clara", "--role", "teacher"))
    assert "by Opa" in clara.read()
    assert "by nobody" not in clara.read()


@pytest.fixture
def alone(tmp_path: Path) -> Person:
    """A student whose contract is shared with nobody yet."""
    alone = Person(tmp_path / "heidi")
    made = alone.run("new", "My year", "--name", "Heidi", "--role", "student")
    alone.contract = last_line(made)
    return alone


def test_nobody_vouches_without_having_said_so(alone: Person) -> None:
    comes_to(alone, b"somebody unknown", LOST)
    for answer in ("n\n", "", "\n", "vouch\n"):
        alone.run("vouch", alone.contract, text=answer, status=1)
        assert alone.err.splitlines()[-1].endswith("contract-tui: nothing was vouched for")


def test_words_in_the_holders_own_name_and_what_they_took_out_are_shown(alone: Person) -> None:
    alone.run("write", alone.contract, "interests", "goats")
    comes_to(alone, prefix(alone) + b"lost one", "I ", gone=2)
    alone.run("vouch", alone.contract, text="y\n")
    told = alone.err.splitlines()
    assert "In your own name, and not written on this computer, 1 word:" in told
    assert told[told.index("  wrote in “Interests”:") + 1] == "    I "
    assert told[told.index("  took out of others’ words in “Interests”:") + 1] == "    go"
    assert "If it was another computer of yours, open the contract there" in alone.err


def test_the_key_has_to_be_on_this_computer(alone: Person) -> None:
    comes_to(alone, b"somebody unknown", LOST)
    alone.run("key", alone.contract, "--forget", "--yes")
    assert "do it on the computer that has the key" in alone.refused("vouch", alone.contract)


def test_without_a_relay_it_is_kept_until_there_is_one(alone: Person, tmp_path: Path) -> None:
    comes_to(alone, b"somebody unknown", "words ")
    alone.run("vouch", alone.contract, text="y\n")
    opa = Person(tmp_path / "opa")
    with closed_relay(tmp_path / "relay") as url:
        alone.run("sync", alone.contract, "--relay", url)
        opa.join(alone.invite("--name", "Opa", "--role", "parent"))
        assert "words" in opa.read()


async def test_whoever_shares_is_told_what_is_kept_back_and_what_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sharing, "PATIENCE", Patience(recovery=0.0, silence=1.5))
    settings = Settings(port=0, limits=IMPATIENT)
    async with Relay.serve(settings, MemoryStore()) as relay, three(tmp_path, relay.url) as people:
        heidi = await people.open("Heidi")
        heidi._notary.take([forged(heidi, b"somebody unknown")])
        await heidi.close()
        library = people.library("Heidi")
        with pytest.raises(LinkTrouble, match="does not take everything that is here"):
            await sharing._exchange(library, library.entry(people.contract), ())
    told = capsys.readouterr().err
    assert "nothing shows who wrote them" in told
    assert f"contract-tui vouch {format_document_id(people.contract)} shows them" in told


async def test_whoever_is_here_has_time_to_seal_what_they_wrote_just_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vouching, "WAIT", DEADLINE)
    monkeypatch.setattr(sealing, "DELAY", DEADLINE)
    monkeypatch.setattr(sealing, "LONGEST", DEADLINE)
    async with closed(tmp_path / "relay") as relay, three(tmp_path, relay.url) as people:
        clara = await people.open("Clara")
        write(clara, "just now ")
        await until(clara, partial(is_shared, clara, 9))
        waiting = asyncio.Event()
        monkeypatch.setattr(vouching, "say", lambda _: waiting.set())
        library = people.library("Heidi")
        asked = asyncio.create_task(vouching._look(library, library.entry(people.contract)))
        heidi = await people.open("Heidi")
        await until(heidi, partial(is_shared, heidi, 9))
        assert clara._notary.custodian.sealed(clara.contract.actor) == 0
        await waiting.wait()
        clara._notary.close()
        assert (await asked).work == []
