"""What is expected of whom, and what people are told of words in their own name."""

import shutil
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, SUPPORTS, PartId, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.library import seats
from contract_tui.library.coverage import OWN_PATIENCE, PATIENCE
from contract_tui.library.files import export_contract, import_contract
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.session.session import Session
from contract_tui.session.signing import sealing
from sync_server.access.proof import Role
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor
from tests.contract_tui.session.circle import closed, is_shared, three
from tests.contract_tui.session.company import Company, company, read, until, write

ALONE = World(online=False)
LATE = 1e9
"""Seconds on a clock that nobody's patience outlasts."""


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    """Heidi and Clara, without a relay."""
    async with company(tmp_path) as found:
        found.invite("Clara", Role.TEACHER)
        yield found


def wait(session: Session) -> None:
    """Let all patience end."""
    session._notary.look(LATE)
    session._notary.look(LATE + PATIENCE)


def past(session: Session) -> list[bytes]:
    graph = session._replica.graph
    return graph.raws(range(len(graph)))


def forged(session: Session, actor: bytes, part: PartId = INTERESTS) -> Change:
    """A word under anybody's actor, made from what a session has."""
    contract = Contract.open(past(session), Actor(actor))
    [change] = parse_changes([contract.splice(part, Splice(0, 0, "lie "))])
    return change


def like(session: Session, rest: bytes = b"somebody") -> bytes:
    """An actor that claims to be of this computer."""
    return session.contract.actor[:8] + rest


async def test_words_in_ones_own_name_are_told_of_once_with_their_places(people: Company) -> None:
    heidi = await people.open("Heidi", ALONE)
    first = forged(heidi, like(heidi))
    heidi._notary.take([first])
    heidi._notary.look(0.0)
    assert heidi.notices == []
    heidi._notary.look(OWN_PATIENCE)
    told = (
        "Words stand in your name that were not written on this computer, in “Interests”. "
        "If you know nothing of it, tell the others."
    )
    assert heidi.notices == [told]
    second = forged(heidi, like(heidi, b"another1"), SUPPORTS)
    heidi._notary.take([second])
    wait(heidi)
    assert heidi.doubtful == {one.actor: one.start_op for one in (first, second)}
    [again] = heidi.notices
    assert again == told.replace("“Interests”", "“Interests” and “Supports needed”")
    await heidi.close()
    heidi = await people.open("Heidi", ALONE)
    wait(heidi)
    assert set(heidi.doubtful) == {first.actor, second.actor}
    assert heidi.notices == []


async def test_what_was_only_chosen_in_ones_name_is_told_of_too(people: Company) -> None:
    heidi = await people.open("Heidi", ALONE)
    twin = Contract.open(past(heidi), Actor(like(heidi)))
    raw = twin.choose_structure(StructureChoice.STEPS)
    assert raw is not None
    heidi._notary.take(parse_changes([raw]))
    wait(heidi)
    [told] = heidi.notices
    assert told.startswith("Something was changed in your name, and not on this computer.")


async def test_what_another_program_of_the_same_person_writes_is_theirs(people: Company) -> None:
    heidi, other = await people.open("Heidi", ALONE), await people.open("Heidi", ALONE)
    write(other, "beside ")
    heidi._notary.take(parse_changes(past(other)))
    assert read(heidi) == "beside "
    wait(heidi)
    assert heidi.doubtful == {}
    assert heidi.notices == []


async def test_a_relay_that_passes_no_seals_on_is_told_of_once(people: Company) -> None:
    clara = await people.open("Clara", ALONE)
    heidi = await people.open("Heidi", ALONE)
    write(heidi, "hers ")
    clara._notary.take(parse_changes(past(heidi)))
    clara._notary.follow({"ws://plain": False})
    wait(clara)
    assert clara.doubtful == {}, "nobody can have sealed anything"
    [told] = clara.notices
    assert told.startswith("The relay at ws://plain does not pass on what shows who wrote")
    clara._notary.follow({})
    clara._notary.follow({"ws://plain": False})
    assert clara.notices == [told]
    clara._notary.follow({"ws://plain": False, "ws://ours": True})
    wait(clara)
    assert heidi.contract.actor in clara.doubtful
    await clara.close()
    clara = await people.open("Clara", ALONE)
    clara._notary.follow({"ws://plain": False})
    assert clara.notices == []


async def test_who_has_sealed_before_is_expected_to_whatever_a_relay_says_of_itself(
    people: Company,
) -> None:
    heidi, clara = await people.open("Heidi", ALONE), await people.open("Clara", ALONE)
    write(heidi, "hers ")
    heidi._notary.close()
    clara._notary.take(parse_changes(past(heidi)))
    clara._notary.follow({"ws://plain": False})
    for parcel in iter(heidi._notary.custodian.open().take, None):
        clara._notary.custodian.hear(parcel)
    wait(clara)
    sealed = clara._notary.custodian.sealed(heidi.contract.actor)
    assert sealed == heidi._replica.graph.last_seq(heidi.contract.actor)
    assert heidi.contract.actor not in clara.doubtful
    change = forged(clara, like(heidi))
    clara._notary.take([change])
    wait(clara)
    assert clara.doubtful[change.actor] == change.start_op


async def written_and_restored(tmp_path: Path, people: Company) -> str:
    """Heidi writes, and then has her computer back as it was before; returns what she wrote."""
    heidi = await people.open("Heidi")
    write(heidi, "long ago ")
    await until(heidi, partial(is_shared, heidi, 9))
    await heidi.close()
    backup = tmp_path / "backup"
    people.libraries.pop("Heidi").close()
    people.opened.pop().close()
    shutil.copytree(tmp_path / "Heidi", backup)
    for number in range(3):
        heidi = await people.open("Heidi")
        write(heidi, f"since {number} ")
        await until(heidi, partial(is_shared, heidi, 9 + 8 * (number + 1)))
        await heidi.close()
        people.opened.pop().close()
    export_contract(
        people.library("Heidi"), people.library("Heidi").entry(people.contract), tmp_path / "file"
    )
    people.libraries.pop("Heidi").close()
    shutil.rmtree(tmp_path / "Heidi")
    shutil.copytree(backup, tmp_path / "Heidi")
    return read(heidi)


async def test_a_restored_backup_raises_no_alarm(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as relay, three(tmp_path, relay.url) as people:
        words = await written_and_restored(tmp_path, people)
        heidi = await people.open("Heidi")
        await until(heidi, lambda: read(heidi) == words)
        clara = await people.open("Clara")
        await until(clara, lambda: read(clara) == words)
        for session in (heidi, clara):
            assert len({actor[:8] for actor in session._replica.graph.actors}) >= 2
            wait(session)
            assert session.doubtful == {}
            assert session.notices == []


async def test_a_file_with_ones_own_work_raises_no_alarm(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as relay, three(tmp_path, relay.url) as people:
        words = await written_and_restored(tmp_path, people)
        assert import_contract(people.library("Heidi"), tmp_path / "file", 0).added
        heidi = await people.open("Heidi", ALONE)
        assert read(heidi) == words
        wait(heidi)
        assert heidi.doubtful == {}
        assert heidi.notices == []


async def test_ones_other_computer_raises_no_alarm(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as relay, three(tmp_path, relay.url) as people:
        heidi = await people.open("Heidi")
        library = people.library("Heidi")
        link = seats.invite_me(library, library.entry(people.contract)).link()
        with Library(tmp_path / "laptop") as laptop:
            seats.join(laptop, link)
        session = await people.open("laptop")
        await until(session, lambda: session.size > 1)
        write(session, "from the laptop ")
        await until(heidi, partial(is_shared, heidi, 16))
        await session.close()
        custodian = heidi._notary.custodian
        await until(heidi, lambda: custodian.sealed(session.contract.actor) > 1)
        wait(heidi)
        assert heidi.doubtful == {}
        assert heidi.notices == []


async def test_who_was_killed_before_sealing_is_in_doubt_until_they_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "LONGEST", LATE)
    monkeypatch.setattr(sealing, "DELAY", LATE)
    async with closed(tmp_path / "relay") as relay, three(tmp_path, relay.url) as people:
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "the last words ")
        await until(clara, partial(is_shared, clara, 15))
        wait(clara)  # as if heidi's program had ended without a word
        assert heidi.contract.actor in clara.doubtful
        await people.open("Heidi")
        await until(clara, lambda: heidi.contract.actor not in clara.doubtful)
        assert clara.notices == []
