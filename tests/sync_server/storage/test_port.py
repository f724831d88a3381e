"""The contract of every store: the same tests run on each of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync_server.protocol.ids import DocumentId
from sync_server.storage import (
    ERASED,
    ChangeStore,
    MemoryStore,
    SqliteStore,
    StorageConflict,
    StoredHeader,
    StoredRecord,
    StoredSnapshot,
)
from tests.sync_server.storage.changes import ONE, TWO, run, stored


def _sqlite(directory: Path) -> ChangeStore:
    return SqliteStore(directory / "changes.sqlite3", power_safe=False)


def _memory(directory: Path) -> ChangeStore:
    return MemoryStore()


@pytest.fixture(params=[_memory, _sqlite], ids=["memory", "sqlite"])
def make(request: pytest.FixtureRequest) -> Callable[[Path], ChangeStore]:
    made: Callable[[Path], ChangeStore] = request.param
    return made


@pytest.fixture
def store(make: Callable[[Path], ChangeStore], tmp_path: Path) -> Iterator[ChangeStore]:
    store = make(tmp_path)
    yield store
    store.close()


def test_a_new_store_holds_no_document(store: ChangeStore) -> None:
    assert store.documents() == []
    assert store.load(ONE) == []
    assert store.raws(ONE, 0, 10) == []
    assert store.snapshot(ONE) is None


def test_what_is_appended_can_be_loaded(store: ChangeStore) -> None:
    store.append(run(ONE, 0, 2))
    third = stored(ONE, 2)
    assert store.load(ONE)[2] == StoredHeader(
        third.hash, (0, 1), third.actor, 3, 21, 30, len(third.raw)
    )
    assert store.raws(ONE, 0, 2) == [b"raw 0", b"raw 1", b"raw 2"]


def test_raws_are_read_by_first_and_last_position(store: ChangeStore) -> None:
    store.append(run(ONE, 0, 9))
    assert store.raws(ONE, 3, 4) == [b"raw 3", b"raw 4"]
    assert store.raws(ONE, 9, 20) == [b"raw 9"]


def test_headers_are_loaded_in_slices(store: ChangeStore) -> None:
    store.append(run(ONE, 0, 9))
    whole = store.load(ONE)
    assert store.load(ONE, 4, 3) == whole[4:7]
    assert store.load(ONE, 8, 5) == whole[8:]
    assert store.load(ONE, 10, 5) == []


def test_documents_of_one_batch_are_kept_apart(store: ChangeStore) -> None:
    store.append([stored(TWO, 0, b"b0"), stored(ONE, 0, b"a0"), stored(TWO, 1, b"b1")])
    assert store.documents() == [ONE, TWO]
    assert store.raws(ONE, 0, 9) == [b"a0"]
    assert store.raws(TWO, 0, 9) == [b"b0", b"b1"]


@pytest.mark.parametrize("position", [0, 1, 3])
def test_a_batch_that_does_not_continue_is_refused_whole(store: ChangeStore, position: int) -> None:
    store.append(run(ONE, 0, 1))
    with pytest.raises(StorageConflict):
        store.append([stored(TWO, 0), stored(ONE, position)])
    assert store.documents() == [ONE]
    assert len(store.load(ONE)) == 2
    store.append([stored(ONE, 2)])
    assert len(store.load(ONE)) == 3


def test_a_gap_inside_a_batch_is_refused(store: ChangeStore) -> None:
    with pytest.raises(StorageConflict):
        store.append([stored(ONE, 0), stored(ONE, 2)])
    assert store.documents() == []


def test_records_are_kept_with_the_changes_that_they_came_with_or_not_at_all(
    store: ChangeStore,
) -> None:
    record = StoredRecord(ONE, "seal", b"actor", b"signature")
    with pytest.raises(StorageConflict):
        store.append([stored(ONE, 0), stored(ONE, 2)], [record])
    assert store.records(ONE) == []
    store.append([stored(ONE, 0)], [record])
    assert store.records(ONE) == [record]
    assert len(store.load(ONE)) == 1
    newer = replace(record, data=b"newer")
    store.append([], [newer])
    assert store.records(ONE) == [newer]
    assert len(store.load(ONE)) == 1


def test_an_empty_batch_changes_nothing(store: ChangeStore) -> None:
    store.append([])
    assert store.documents() == []


def test_a_newer_snapshot_takes_the_place_of_the_older(store: ChangeStore) -> None:
    store.put_snapshot(ONE, StoredSnapshot(1, b"first"))
    store.put_snapshot(ONE, StoredSnapshot(5, b"second"))
    assert store.snapshot(ONE) == StoredSnapshot(5, b"second")
    assert store.snapshot(TWO) is None


def test_an_erased_document_is_gone_and_can_begin_again(store: ChangeStore) -> None:
    store.append([*run(ONE, 0, 2), *run(TWO, 0, 0)])
    store.put_snapshot(ONE, StoredSnapshot(3, b"snapshot"))
    store.erase(ONE)
    assert store.documents() == [TWO]
    assert store.load(ONE) == []
    assert store.snapshot(ONE) is None
    store.append(run(ONE, 0, 0))
    assert len(store.load(ONE)) == 1


def test_records_come_back_by_kind_and_name(store: ChangeStore) -> None:
    claims = [StoredRecord(ONE, "claim", name, b"proof " + name) for name in (b"b", b"a")]
    seal = StoredRecord(ONE, "seal", b"\0\xff", b"")
    other = StoredRecord(TWO, "claim", b"a", b"of another document")
    store.put_records([seal, *claims, other])
    assert store.records(ONE) == [claims[1], claims[0], seal]
    assert store.records(ONE, ("seal", "code")) == [seal]
    assert store.records(ONE, {"claim"}) == [claims[1], claims[0]]
    assert store.records(ONE, ["code"]) == []
    assert store.records(TWO) == [other]
    assert store.documents() == []


def test_a_record_takes_the_place_of_the_older_of_its_name(store: ChangeStore) -> None:
    store.put_records([StoredRecord(ONE, "seal", b"actor", b"older")])
    newer = StoredRecord(ONE, "seal", b"actor", b"newer")
    store.put_records([StoredRecord(ONE, "seal", b"actor", b"between"), newer])
    store.put_records([])
    assert store.records(ONE) == [newer]


def test_records_of_one_kind_come_back_from_all_documents(store: ChangeStore) -> None:
    assert store.records_of("code") == []
    codes = [
        StoredRecord(document, "code", name, b"link")
        for document in (ONE, TWO)
        for name in (b"a", b"b")
    ]
    store.put_records([*reversed(codes), StoredRecord(ONE, "claim", b"a", b"proof")])
    assert store.records_of("code") == codes
    assert store.records_of("seal") == []


def test_records_are_dropped_by_kind_and_name(store: ChangeStore) -> None:
    kept = [StoredRecord(ONE, "claim", b"a", b"1"), StoredRecord(ONE, "code", b"b", b"2")]
    store.put_records([*kept, StoredRecord(ONE, "code", b"a", b"3")])
    store.drop_records(ONE, "code", [b"a", b"never there"])
    store.drop_records(TWO, "code", [b"b"])
    store.drop_records(ONE, "code", [])
    assert store.records(ONE) == kept


def test_records_are_erased_with_their_document(store: ChangeStore) -> None:
    other = StoredRecord(TWO, "claim", b"a", b"stays")
    store.append(run(ONE, 0, 0))
    store.put_records([StoredRecord(ONE, "claim", b"a", b"goes"), other])
    store.erase(ONE)
    assert store.records(ONE) == []
    assert store.records(TWO) == [other]


def test_a_tombstone_is_all_that_an_erased_document_leaves(store: ChangeStore) -> None:
    store.append([*run(ONE, 0, 2), *run(TWO, 0, 0)])
    store.put_records([StoredRecord(ONE, "claim", b"a", b"goes")])
    store.erase(ONE, b"by its holder")
    assert store.documents() == [TWO]
    assert store.load(ONE) == []
    assert store.records(ONE) == [StoredRecord(ONE, ERASED, b"", b"by its holder")]
    store.erase(ONE, b"again")
    assert store.records(ONE) == [StoredRecord(ONE, ERASED, b"", b"again")]
    store.erase(ONE)
    assert store.records(ONE) == []


def test_a_store_that_is_well_says_nothing(store: ChangeStore) -> None:
    assert not store.changed_elsewhere()
    store.append(run(ONE, 0, 0))
    store.erase(ONE, b"tombstone")
    store.check()
    assert not store.changed_elsewhere()


def test_every_store_has_a_name_of_its_own(
    make: Callable[[Path], ChangeStore], tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = make(tmp_path / "a"), make(tmp_path / "b")
    assert one.identity != other.identity
    one.close()
    other.close()


def test_closing_twice_is_harmless(make: Callable[[Path], ChangeStore], tmp_path: Path) -> None:
    store = make(tmp_path)
    store.close()
    store.close()


batches = st.lists(
    st.lists(st.tuples(st.sampled_from([ONE, TWO]), st.binary(max_size=20)), max_size=5), max_size=8
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(batches)
def test_whatever_is_appended_comes_back_in_order(
    make: Callable[[Path], ChangeStore],
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[list[tuple[DocumentId, bytes]]],
) -> None:
    store = make(tmp_path_factory.mktemp("store"))
    kept: dict[DocumentId, list[bytes]] = {ONE: [], TWO: []}
    for batch in batches:
        changes = []
        for document, raw in batch:
            changes.append(stored(document, len(kept[document]), raw))
            kept[document].append(raw)
        store.append(changes)
    for document, raws in kept.items():
        assert store.raws(document, 0, len(raws)) == raws
        assert [header.size for header in store.load(document)] == [len(raw) for raw in raws]
    assert store.documents() == [document for document in (ONE, TWO) if kept[document]]
    store.close()
