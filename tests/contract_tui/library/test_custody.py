"""Proofs, seals and revocations on one computer."""

import asyncio
import random
from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library import holding, seats
from contract_tui.library.custody import SPACING, Custodian
from contract_tui.library.files import export_contract, import_contract
from contract_tui.library.keepsakes import FOREIGN
from contract_tui.library.library import Library, OwnSeat
from contract_tui.library.parcels import Outbox, Parcel
from contract_tui.session.link.status import StatusKind
from contract_tui.session.signing import sealing
from contract_tui.session.signing.sealing import MOST_UNSEALED, Sealer
from sync_server.access.devices import accept
from sync_server.access.invitation import parse_invitation
from sync_server.access.keys import SigningKey, new_actor
from sync_server.access.proof import Role
from sync_server.access.seal import Seal, seal
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, DocumentId
from tests.contract_tui.session.circle import closed, newly_invited, sealed, three
from tests.contract_tui.session.company import company, read, until, write
from tests.contract_tui.session.impostors import free_port
from tests.contract_tui.session.shelf import Shelf, all_raws


class Desk:
    """One person's own seat, and a graph with many changes of theirs."""

    def __init__(self, shelf: Shelf, changes: int = 120) -> None:
        self.library = shelf.library
        self.contract = shelf.contract
        own = shelf.library.own_seat(shelf.contract)
        assert own is not None
        self.own: OwnSeat = own
        self.actor = new_actor(own.key.public, b"12345678")
        self.graph = Graph()
        raws = all_raws(shelf)
        contract = Contract.open(raws, self.actor)
        for _ in range(changes):
            contract.splice(INTERESTS, Splice(0, 0, "x"))
        self.graph.add(parse_changes(contract.changes_since()))
        self.work: list[Change] = [
            one for one in parse_changes(contract.changes_since()) if one.actor == self.actor
        ]

    def custodian(self, library: Library | None = None) -> Custodian:
        keepsakes = (library or self.library).keepsakes(self.contract)
        return Custodian(self.contract, keepsakes, lambda: self.graph, lambda: None)

    def seal(self, number: int) -> Seal:
        return seal(self.own.key, self.contract, self.actor, self.work[number - 1].hash)


@pytest.fixture
def desk(shelf: Shelf) -> Desk:
    return Desk(shelf)


def parcel_of(*seals: Seal) -> Parcel:
    return Parcel(seals=tuple(one.to_bytes() for one in seals))


def sealed_numbers(custodian: Custodian, actor: Actor) -> list[int]:
    return sorted(custodian._seals.get(actor, ()))


def everything(outbox: Outbox) -> list[Parcel]:
    found = []
    while parcel := outbox.take():
        found.append(parcel)
    return found


def test_a_seal_counts_only_of_a_device_that_is_proven(desk: Desk, elsewhere: Library) -> None:
    custodian = desk.custodian(elsewhere)
    custodian.hear(parcel_of(desk.seal(3)))
    assert custodian.sealed(desk.actor) == 0
    custodian.hear(Parcel(proofs=(desk.own.shown.text,), seals=parcel_of(desk.seal(3)).seals))
    assert custodian.sealed(desk.actor) == 3


def test_what_was_kept_is_there_at_the_next_start(desk: Desk, elsewhere: Library) -> None:
    custodian = desk.custodian(elsewhere)
    custodian.hear(Parcel(proofs=(desk.own.shown.text,), seals=parcel_of(desk.seal(3)).seals))
    again = desk.custodian(elsewhere)
    assert again.sealed(desk.actor) == 3
    assert list(again.proofs.values()) == [desk.own.shown.text]


def test_an_open_program_tells_its_relays_of_what_another_program_of_this_person_sealed(
    desk: Desk, elsewhere: Library
) -> None:
    custodian = desk.custodian(elsewhere)
    custodian.hear(Parcel(proofs=(desk.own.shown.text,)))
    custodian.refresh()
    outbox = custodian.open()
    while outbox.take():
        pass
    with Library(elsewhere.path.parent) as another:
        desk.custodian(another).hear(parcel_of(desk.seal(3)))
    custodian.refresh()
    assert custodian.sealed(desk.actor) == 3
    assert outbox.take() == parcel_of(desk.seal(3))
    custodian.refresh()
    assert outbox.take() is None


def test_what_proves_nothing_is_passed_over(desk: Desk, elsewhere: Library) -> None:
    good = desk.seal(3)
    stranger = SigningKey(b"s" * 32)
    foreign = new_actor(stranger.public, b"12345678")
    bad = [
        Seal(good.actor, desk.work[5].hash, good.public, good.signature),
        Seal(good.actor, good.hash, stranger.public, stranger.sign(b"x")),
        seal(stranger, desk.contract, foreign, good.hash),
        seal(desk.own.key, DocumentId(bytes(16)), desk.actor, desk.work[6].hash),
        seal(desk.own.key, desk.contract, new_actor(desk.own.key.public, b"another."), good.hash),
    ]
    custodian = desk.custodian(elsewhere)
    custodian.hear(Parcel((desk.own.shown.text, "", "a~b", "a~b~c~d"), (b"", b"x" * 144), "x.y.z"))
    custodian.hear(parcel_of(*bad))
    assert custodian._seals.get(desk.actor, {}) == {}
    assert sum(map(len, custodian._seals.values())) == 0
    assert custodian.token is None
    assert len(custodian.proofs) == 1


def test_a_seal_that_comes_before_its_change_waits_for_it(desk: Desk, elsewhere: Library) -> None:
    complete, desk.graph = desk.graph, Graph()
    custodian = desk.custodian(elsewhere)
    custodian.hear(Parcel((desk.own.shown.text,), parcel_of(desk.seal(3)).seals))
    custodian.settle()
    assert custodian.sealed(desk.actor) == 0
    desk.graph = complete
    custodian.settle()
    assert custodian.sealed(desk.actor) == 3


@pytest.mark.parametrize("chance", range(5))
def test_of_each_stretch_the_newest_seal_is_kept_in_whatever_order_they_come(
    desk: Desk, chance: int
) -> None:
    order = list(range(1, 121))
    random.Random(chance).shuffle(order)
    custodian = desk.custodian()
    for number in order:
        custodian.keep_own(Seal(desk.actor, desk.work[number - 1].hash, desk.own.key.public, b""))
    assert sealed_numbers(custodian, desk.actor) == [SPACING - 1, 2 * SPACING - 1, 120]


def test_an_outbox_holds_what_one_relay_may_lack(desk: Desk) -> None:
    custodian = desk.custodian()
    custodian.prove([desk.own.shown.text])
    custodian.keep_own(desk.seal(3))
    outbox, other = custodian.open(), custodian.open()
    kept = {seal for one in custodian._seals.values() for seal in one.values()}
    (parcel,) = everything(outbox)
    assert parcel.proofs == (desk.own.shown.text,)
    assert set(parcel.seals) == {one.to_bytes() for one in kept}
    custodian.keep_own(desk.seal(60))
    assert everything(outbox) == [parcel_of(desk.seal(60))]
    custodian.hear(parcel_of(desk.seal(61)), outbox)
    assert everything(outbox) == []
    custodian.close(other)
    custodian.close(other)
    custodian.keep_own(desk.seal(62))
    assert everything(outbox) == [parcel_of(desk.seal(62))]
    assert desk.seal(62).to_bytes() not in other.take().seals  # type: ignore[union-attr]


def test_the_newest_list_of_what_is_taken_out_counts(desk: Desk, elsewhere: Library) -> None:
    entry = desk.library.entry(desk.contract)
    tokens = []
    for device in ("1" * 16, "2" * 16):
        holding.revoke(desk.library, entry, [device])
        tokens.append(desk.custodian().token)
    first, second = tokens
    assert first
    assert second
    custodian = desk.custodian(elsewhere)
    assert custodian.revoke(second)
    assert not custodian.revoke(first)
    assert custodian.is_revoked(b"\x11" * 8)
    assert custodian.is_revoked(b"\x22" * 8)
    assert not custodian.is_revoked(b"\x33" * 8)
    assert desk.custodian(elsewhere).token == second


async def test_long_typing_is_sealed_on_the_way_and_a_pause_seals_the_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "DELAY", 0.0)
    kept: list[Seal] = []
    rested = asyncio.Event()

    def keep(one: Seal) -> None:
        kept.append(one)
        rested.set()

    sealer = Sealer(desk.own, desk.contract, desk.actor, keep)
    for change in desk.work[:50]:
        sealer.wrote(change.hash, change.actor)
    names = [desk.work[number - 1].hash for number in (MOST_UNSEALED, 2 * MOST_UNSEALED)]
    assert [one.hash for one in kept] == names
    rested.clear()
    await asyncio.wait_for(rested.wait(), 10)
    assert kept[2].hash == desk.work[49].hash
    assert all(one.verifies(desk.contract) for one in kept)
    sealer.seal()
    assert len(kept) == 3


async def test_who_never_pauses_is_sealed_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "DELAY", 3600.0)
    monkeypatch.setattr(sealing, "LONGEST", 0.0)
    kept: asyncio.Queue[Seal] = asyncio.Queue()
    sealer = Sealer(desk.own, desk.contract, desk.actor, kept.put_nowait)
    sealer.wrote(desk.work[0].hash, desk.actor)
    sealer.wrote(desk.work[1].hash, desk.actor)
    made = await asyncio.wait_for(kept.get(), 10)
    assert made.hash == desk.work[1].hash


async def test_each_seal_names_the_actor_that_wrote(desk: Desk) -> None:
    kept: list[Seal] = []
    sealer = Sealer(desk.own, desk.contract, desk.actor, kept.append)
    other = new_actor(desk.own.key.public, b"87654321")
    sealer.wrote(desk.work[0].hash, desk.actor)
    sealer.wrote(desk.work[1].hash, other)
    sealer.seal()
    assert [(one.actor, one.hash) for one in kept] == [
        (desk.actor, desk.work[0].hash),
        (other, desk.work[1].hash),
    ]


async def test_what_an_earlier_start_left_is_sealed_and_nothing_that_came_from_elsewhere(
    desk: Desk,
) -> None:
    kept: list[Seal] = []
    sealer = Sealer(desk.own, desk.contract, new_actor(desk.own.key.public, bytes(8)), kept.append)
    last = desk.work[-1].hash
    await sealer.catch_up(desk.graph, lambda actor: 0, {})
    assert last in {one.hash for one in kept}
    kept.clear()
    await sealer.catch_up(desk.graph, lambda actor: 10**6, {})
    assert kept == []
    await sealer.catch_up(desk.graph, lambda actor: 0, {desk.actor: 31})
    mine = [one for one in kept if one.actor == desk.actor]
    assert [one.hash for one in mine] == [desk.work[19].hash, desk.work[29].hash]


def test_a_forgery_in_a_file_is_never_sealed_by_whoever_it_names(
    shelf: Shelf, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    export_contract(shelf.library, shelf.library.entry(shelf.contract), file)
    raws = all_raws(shelf)
    author = parse_changes(raws)[-1].actor
    forger = Contract.open(raws, new_actor_like(author))
    forged = forger.splice(INTERESTS, Splice(0, 0, "I never said that"))
    file.write_bytes(b"".join(raws) + forged)
    assert import_contract(shelf.library, file, 0).added == 1
    noted = shelf.library.keepsakes(shelf.contract).all(FOREIGN)
    assert noted == {forger.actor: (1).to_bytes(8, "big")}


def new_actor_like(author: Actor) -> Actor:
    """An actor that claims to be of the same device."""
    return Actor(author[:8] + b"forgery.")


async def test_a_long_work_of_others_is_taken_slice_by_slice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "DELAY", 0.02)
    port = free_port()
    async with three(tmp_path, f"ws://127.0.0.1:{port}") as people:
        async with closed(tmp_path / "relay", port):
            heidi, clara = await people.open("Heidi"), await people.open("Clara")
            for _ in range(300):
                write(clara, "x")
            await until(heidi, lambda: len(read(heidi)) == 300)
            for _ in range(300):
                write(heidi, "y")
            await until(clara, lambda: len(read(clara)) == 600)
            for session in (heidi, clara):
                await sealed(session)
            await heidi.close()
            await clara.close()
        async with closed(tmp_path / "new relay", port):
            clara = await people.open("Clara")
            await until(clara, lambda: clara.status.kind is StatusKind.SHARED)
            assert clara.notices == []
            await clara.close()
            oma = await newly_invited(people, "Oma", f"ws://127.0.0.1:{port}")
            await until(oma, lambda: len(read(oma)) == 600)


async def test_a_seat_that_was_taken_twice_is_shown_to_everybody(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = people.library("Heidi")
        link = seats.invite_to(heidi, heidi.entry(people.contract), Role.PARENT, "Opa").link()
        session = await people.open("Heidi")
        rivals = [accept(parse_invitation(link), SigningKey(bytes([n]) * 32)) for n in (1, 2)]
        session._notary.custodian.prove([rival.text for rival in rivals])
        session._notary.follow()
        (aside,) = session.set_aside
        assert aside.startswith("The invitation for “Opa” was taken twice, by “Opa” (")
        assert aside.endswith("ask who is who.")
