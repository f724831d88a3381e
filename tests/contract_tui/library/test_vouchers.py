"""What the contract's key vouches for, on one computer."""

from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.custody import Custodian
from contract_tui.library.files import export_contract, import_contract
from contract_tui.library.keepsakes import VOUCHER
from contract_tui.library.library import Library
from contract_tui.library.parcels import Parcel
from sync_server.access.keys import SigningKey
from sync_server.access.voucher import MOST_VOUCHERS, vouch
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor
from tests.contract_tui.session.shelf import Shelf, all_raws

STRANGER = Actor(b"a stranger's one.")


class Desk:
    """A contract in which somebody wrote who never sealed it."""

    def __init__(self, shelf: Shelf) -> None:
        self.library = shelf.library
        self.contract = shelf.contract
        key = shelf.library.contract_key(shelf.contract)
        assert key is not None
        self.key: SigningKey = key
        self.graph = Graph()
        contract = Contract.open(all_raws(shelf), STRANGER)
        for _ in range(9):
            contract.splice(INTERESTS, Splice(0, 0, "x"))
        made = parse_changes(contract.changes_since())
        self.graph.add(made)
        self.work: list[Change] = [one for one in made if one.actor == STRANGER]

    def vouch(self, number: int) -> str:
        return vouch(self.key, STRANGER, self.work[number - 1].hash)

    def custodian(self, library: Library | None = None) -> Custodian:
        keepsakes = (library or self.library).keepsakes(self.contract)
        return Custodian(self.contract, keepsakes, lambda: self.graph, lambda: None)

    def kept(self, library: Library | None = None) -> list[bytes]:
        return list((library or self.library).keepsakes(self.contract).all(VOUCHER).values())


@pytest.fixture
def desk(shelf: Shelf) -> Desk:
    return Desk(shelf)


def test_what_is_vouched_for_is_admitted_and_not_sealed(desk: Desk, elsewhere: Library) -> None:
    custodian = desk.custodian(elsewhere)
    custodian.hear(Parcel(vouchers=(desk.vouch(3),)))
    assert custodian.admitted(STRANGER) == 3
    assert custodian.sealed(STRANGER) == 0
    assert custodian.sealing == set()
    again = desk.custodian(elsewhere)
    assert again.admitted(STRANGER) == 3
    assert again.open().take() == Parcel(vouchers=(desk.vouch(3),))


def test_of_one_author_the_newest_is_kept_in_whatever_order_they_come(desk: Desk) -> None:
    custodian = desk.custodian()
    for number in (3, 1, 7, 5):
        custodian.hear(Parcel(vouchers=(desk.vouch(number),)))
    assert custodian.admitted(STRANGER) == 7
    assert desk.kept() == [desk.vouch(7).encode()]


def test_a_voucher_that_comes_before_its_change_counts_when_that_comes(desk: Desk) -> None:
    complete, desk.graph = desk.graph, Graph()
    custodian = desk.custodian()
    custodian.hear(Parcel(vouchers=(desk.vouch(2), desk.vouch(3))))
    assert custodian.admitted(STRANGER) == 0
    desk.graph = complete
    assert custodian.admitted(STRANGER) == 3


def test_what_vouches_for_nothing_is_passed_over(desk: Desk) -> None:
    custodian, last = desk.custodian(), desk.work[-1].hash
    other = SigningKey(b"o" * 32)
    bad = (vouch(other, STRANGER, last), desk.vouch(3)[:-3], "", "x.y.z")
    custodian.hear(Parcel(vouchers=bad))
    assert desk.kept() == []
    custodian.hear(Parcel(vouchers=(vouch(desk.key, Actor(bytes(16)), last),)))
    assert custodian.admitted(Actor(bytes(16))) == custodian.admitted(STRANGER) == 0


def test_a_relay_is_told_of_a_voucher_unless_it_told_of_it(desk: Desk) -> None:
    custodian = desk.custodian()
    first, second = custodian.open(), custodian.open()
    for outbox in (first, second):
        while outbox.take():
            pass
    custodian.hear(Parcel(vouchers=(desk.vouch(3),)), first)
    assert first.take() is None
    assert second.take() == Parcel(vouchers=(desk.vouch(3),))


def test_an_open_program_takes_what_another_program_of_this_person_vouched_for(desk: Desk) -> None:
    custodian = desk.custodian()
    custodian.refresh()
    outbox = custodian.open()
    while outbox.take():
        pass
    with Library(desk.library.path.parent) as another:
        desk.custodian(another).hear(Parcel(vouchers=(desk.vouch(3),)))
    custodian.refresh()
    assert custodian.admitted(STRANGER) == 3
    assert outbox.take() == Parcel(vouchers=(desk.vouch(3),))


def test_so_many_are_kept_and_no_more(desk: Desk) -> None:
    custodian = desk.custodian()
    many = [
        vouch(desk.key, Actor(number.to_bytes(16)), desk.work[0].hash)
        for number in range(MOST_VOUCHERS + 5)
    ]
    custodian.hear(Parcel(vouchers=tuple(many)))
    assert len(desk.kept()) == MOST_VOUCHERS


def test_a_file_brings_what_is_vouched_for(desk: Desk, elsewhere: Library, tmp_path: Path) -> None:
    desk.custodian().hear(Parcel(vouchers=(desk.vouch(3),)))
    file = tmp_path / "year.automerge"
    export_contract(desk.library, desk.library.entry(desk.contract), file)
    import_contract(elsewhere, file, 0)
    assert desk.kept(elsewhere) == [desk.vouch(3).encode()]
