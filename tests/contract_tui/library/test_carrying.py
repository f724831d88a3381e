from pathlib import Path

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.library.carrying import CARRIER, carry, parcels, unload
from contract_tui.library.files import export_contract
from contract_tui.library.keepsakes import SEAL, VOUCHER
from contract_tui.library.parcels import Parcel
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor
from tests.contract_tui.session.shelf import Shelf, all_raws

VOUCHERS = Parcel(vouchers=("v.w.x", "ü"))
LOAD = [Parcel(("a~b", "ü"), (b"s" * 144, b"t" * 144), None), Parcel(revocations="x.y.z"), VOUCHERS]


def carriers(shelf: Shelf) -> tuple[list[Change], list[Change]]:
    work = parse_changes(all_raws(shelf))
    top = max(change.max_op for change in work)
    return work, parse_changes([carry(LOAD, [work[-1].hash], top)])


def test_what_is_carried_comes_out_again_and_the_work_is_as_before(shelf: Shelf) -> None:
    work, carrying = carriers(shelf)
    assert len(carrying) == len(LOAD)
    assert unload([*carrying, *work]) == (work, LOAD)


def test_any_automerge_program_reads_a_file_that_carries_something(shelf: Shelf) -> None:
    work, carrying = carriers(shelf)
    document = CrdtDocument(Actor(b"1" * 16))
    document.apply([change.raw for change in [*work, *carrying]])
    assert document.heads == (carrying[-1].hash,)
    saved = CrdtDocument(Actor(b"2" * 16))
    saved.apply([document.save()])
    assert saved.heads == document.heads


def test_a_carrier_that_somebody_built_upon_stays(shelf: Shelf) -> None:
    work, carrying = carriers(shelf)
    document = CrdtDocument(Actor(b"1" * 16))
    document.apply([change.raw for change in [*work, *carrying]])
    change = document.transact(lambda writer: writer.put(None, "format", "x"))
    assert change is not None
    later = parse_changes([change.raw])
    left, load = unload([*work, *carrying, *later])
    assert left == [*work, *carrying, *later]
    assert load == LOAD


def test_carriers_of_several_files_that_were_built_upon_can_meet(shelf: Shelf) -> None:
    work = parse_changes(all_raws(shelf))
    top = max(change.max_op for change in work)
    graph = Graph(validate=True)
    graph.add(work)
    for load in (LOAD, LOAD[:1], LOAD[1:]):
        carrying = parse_changes([carry(load, [work[-1].hash], top)])
        graph.add(carrying)
        assert all(change.hash in graph for change in carrying)
    document = CrdtDocument(Actor(b"1" * 16))
    document.apply(graph.raws(range(len(graph))))
    assert document.heads == graph.heads


def test_what_is_no_parcel_carries_nothing(shelf: Shelf) -> None:
    work = parse_changes(all_raws(shelf))
    document = CrdtDocument(Actor(CARRIER + b"somebody"))
    document.apply([change.raw for change in work])
    change = document.transact(lambda writer: writer.put(None, "format", "x"))
    assert change is not None
    assert unload([*work, *parse_changes([change.raw])]) == (work, [])


def test_a_long_list_of_seals_goes_into_several_changes(shelf: Shelf, tmp_path: Path) -> None:
    keepsakes = shelf.library.keepsakes(shelf.contract)
    keepsakes.put(SEAL, {number.to_bytes(48, "big"): bytes([7]) * 144 for number in range(4100)})
    load = parcels(shelf.library, shelf.contract)
    assert [len(parcel.seals) for parcel in load] == [4000, 101]
    file = tmp_path / "file"
    export_contract(shelf.library, shelf.library.entry(shelf.contract), file)
    assert unload(parse_changes([file.read_bytes()]))[1] == load


def test_vouchers_are_carried_in_a_change_of_their_own(shelf: Shelf, tmp_path: Path) -> None:
    """So that earlier programs, which read no vouchers, still find proofs and seals."""
    keepsakes = shelf.library.keepsakes(shelf.contract)
    keepsakes.put(VOUCHER, {bytes([number]): b"a.b.%d" % number for number in range(3)})
    load = parcels(shelf.library, shelf.contract)
    assert load[-1] == Parcel(vouchers=("a.b.0", "a.b.1", "a.b.2"))
    assert all(not parcel.vouchers for parcel in load[:-1])
    assert load[0].seals
    file = tmp_path / "file"
    export_contract(shelf.library, shelf.library.entry(shelf.contract), file)
    assert unload(parse_changes([file.read_bytes()]))[1] == load
