"""Words that their author never sealed and never will, from the relay that lost them onwards."""

from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.errors import NotTheHolder
from contract_tui.library.keepsakes import VOUCHER
from contract_tui.library.library import Library
from contract_tui.library.parcels import Parcel
from contract_tui.library.quarantine import Quarantine
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from contract_tui.session.signing import sealing, vouching
from contract_tui.session.signing.vouching import (
    TooMuchToVouchFor,
    Unsealed,
    admit,
    still,
    unsealed,
)
from sync_server.access.proof import Role
from sync_server.access.seal import seal
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.session.circle import is_shared, newly_invited, three
from tests.contract_tui.session.company import Company, company, read, until, write
from tests.contract_tui.session.impostors import free_port
from tests.contract_tui.session.signing.test_authorship import ALONE, forged, like, wait
from tests.forgery.conference import IMPATIENT


@pytest.fixture(autouse=True)
def _seal_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "DELAY", 0.02)


def relay(data: Path, port: int) -> AbstractAsyncContextManager[Relay]:
    """A closed relay that says soon what it does not take."""
    return Relay.serve(Settings(port=port, data=data, power_safe=False, limits=IMPATIENT))


def found(people: Company, name: str, session: Session) -> list[Unsealed]:
    library = people.library(name)
    return unsealed(library, library.entry(people.contract), session._replica)


def was_told(session: Session) -> bool:
    return bool(session.notices)


def dies(session: Session) -> None:
    """From now on this computer seals nothing: it is about to die."""
    session._notary._sealer = None


async def vouched(people: Company, heidi: Session) -> None:
    library = people.library("Heidi")
    admit(library, library.entry(people.contract), heidi._replica, found(people, "Heidi", heidi))


async def the_last_evening(people: Company) -> str:
    """Clara's computer dies before it seals; the others write on top; returns what is written."""
    heidi, clara = await people.open("Heidi"), await people.open("Clara")
    grandfather, laptop = await people.open("Grandfather"), await people.open("laptop")
    write(clara, "sealed ")
    everybody = [heidi, clara, grandfather, laptop]
    for session in everybody:
        await until(session, partial(is_shared, session, 7))
    custodian = heidi._notary.custodian
    last = clara._replica.graph.last_seq(clara.contract.actor)
    await until(heidi, lambda: custodian.sealed(clara.contract.actor) == last)
    dies(clara)
    write(clara, "lost ")
    for session in everybody:
        await until(session, partial(is_shared, session, 12))
    write(heidi, "on top ")
    for session in everybody:
        await until(session, partial(is_shared, session, 19))
    write(grandfather, "and more ")
    for session in everybody:
        await until(session, partial(is_shared, session, 28))
    [one] = found(people, "Heidi", heidi)
    assert one.actor == clara.contract.actor
    for session in everybody:
        await session.close()
    return read(heidi)


async def test_what_a_dead_computer_never_sealed_reaches_everybody_when_the_holder_vouches(
    tmp_path: Path,
) -> None:
    port = free_port()
    url = f"ws://127.0.0.1:{port}"
    async with three(tmp_path, url) as people:
        library = people.library("Clara")
        link = seats.invite_me(library, library.entry(people.contract)).link()
        with Library(tmp_path / "laptop") as laptop:
            seats.join(laptop, link)
        async with relay(tmp_path / "relay", port):
            words = await the_last_evening(people)
        async with relay(tmp_path / "an empty relay", port):
            heidi, grandfather = await people.open("Heidi"), await people.open("Grandfather")
            clara = await people.open("laptop")
            write(clara, "by her new computer ")
            for session in (heidi, grandfather):
                await until(session, partial(was_told, session))
            assert "nothing shows who wrote them" in heidi.notices[0]
            assert "contract-tui vouch" in heidi.notices[0]
            assert "Heidi, who holds the contract’s key, can vouch" in grandfather.notices[0]
            oma = await newly_invited(people, "Oma", url)
            await until(oma, lambda: "sealed" in read(oma))
            assert "lost" not in read(oma)
            assert "on top" not in read(oma)
            assert StatusKind.SHARED not in {one.status.kind for one in (heidi, grandfather)}
            await vouched(people, heidi)  # as another program of hers does
            words = f"by her new computer {words}"
            for session in (heidi, grandfather, clara, oma):
                await until(session, partial(is_shared, session, len(words)))
                assert read(session) == words
        async with relay(tmp_path / "another empty relay", port):
            grandfather.reconnect()
            await until(grandfather, partial(is_shared, grandfather, len(words)))
            opa = await newly_invited(people, "Opa", url)
            await until(opa, partial(is_shared, opa, len(words)))
            for session in (heidi, opa):
                wait(session)
                [doubted] = session.doubtful
                assert session._notary.vouched == {doubted}
                assert session.contract.author(doubted).name == "Clara"
            assert found(people, "Heidi", heidi) == []


# What is unsealed


async def test_what_was_written_here_is_left_to_this_computer_and_what_came_is_not(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        dies(heidi)
        write(heidi, "hers ")
        assert found(people, "Heidi", heidi) == []
        change = forged(heidi, like(heidi))
        heidi._notary.take([change])
        [one] = found(people, "Heidi", heidi)
        assert (one.actor, one.newest) == (change.actor, change.hash)


async def test_work_of_strangers_and_of_readers_is_found_too(tmp_path: Path) -> None:
    """A relay takes neither: a seal counts only of somebody who may write."""
    async with company(tmp_path) as people:
        people.invite("Otto", Role.OBSERVER)
        otto = people.library("Otto").own_seat(people.contract)
        assert otto is not None
        heidi = await people.open("Heidi", ALONE)
        stranger = forged(heidi, b"a stranger's one")
        reader = forged(heidi, otto.device.prefix + b"somebody")
        heidi._notary.take([stranger, reader])
        made = seal(otto.key, people.contract, reader.actor, reader.hash).to_bytes()
        heidi._notary.custodian.hear(Parcel((otto.shown.text,), (made,)))
        assert heidi._notary.custodian.sealed(reader.actor) == 1
        actors = {one.actor for one in found(people, "Heidi", heidi)}
        assert actors == {stranger.actor, reader.actor}


async def test_what_is_set_aside_is_not_offered_nor_what_its_author_did_after_it(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        first = forged(heidi, b"a stranger's one")
        heidi._notary.take([first])
        second = forged(heidi, b"another stranger")
        heidi._notary.take([second])
        quarantine = Quarantine(people.library("Heidi").keepsakes(people.contract))
        quarantine.put(second.hash, second.actor, second.raw)
        assert [one.newest for one in found(people, "Heidi", heidi)] == [first.hash]


async def test_what_is_vouched_for_is_not_found_again_and_what_follows_is(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        change = forged(heidi, b"a stranger's one")
        heidi._notary.take([change])
        before = found(people, "Heidi", heidi)
        await vouched(people, heidi)
        assert found(people, "Heidi", heidi) == []
        assert still(before, []) == []
        kept = people.library("Heidi").keepsakes(people.contract).all(VOUCHER)
        assert list(kept) == [change.actor + change.hash]


def work(number: int, *places: int) -> Unsealed:
    return Unsealed(Actor(bytes([number])), places, ChangeHash(bytes([places[-1]])))


def test_what_was_sealed_meanwhile_is_not_vouched_for_nor_what_came_meanwhile() -> None:
    before = [work(1, 4, 9), work(2, 5, 6)]
    now = [work(1, 9, 12), work(3, 7)]
    assert still(before, now) == [work(1, 9)]


async def test_only_the_holder_vouches_and_only_for_so_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        heidi._notary.take([forged(heidi, b"a stranger's one")])
        heidi._notary.take([forged(heidi, b"another stranger")])
        two = found(people, "Heidi", heidi)
        library = people.library("Heidi")
        entry = library.entry(people.contract)
        monkeypatch.setattr(vouching, "MOST_VOUCHERS", 1)
        with pytest.raises(TooMuchToVouchFor):
            admit(library, entry, heidi._replica, two)
        library.keep_contract_key(people.contract, None)
        with pytest.raises(NotTheHolder):
            admit(library, entry, heidi._replica, two)
