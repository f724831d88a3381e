import pytest

from sync_server.hub.upload import Upload, cost
from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.sync import SyncMessage, Version
from tests.sync_server.hub.story import HERE
from tests.sync_server.hub.writing import Copy


@pytest.fixture(scope="module")
def changes() -> list[Change]:
    return Copy(HERE).write("twenty-five characters ok")


def upload(*blobs: bytes) -> Upload:
    return Upload(HERE, SyncMessage(changes=blobs), request=False)


def drain(upload: Upload, count: int) -> list[Change]:
    """Check everything, then take everything, a slice at a time."""
    while not upload.checked:
        assert upload.check(count) <= count
    taken: list[Change] = []
    while not upload.finished:
        taken += upload.take(count)
    return taken


def test_a_message_without_changes_is_finished_when_it_is_checked() -> None:
    empty = upload()
    assert not empty.checked
    empty.check(10)
    assert empty.finished
    assert empty.take(10) == []


@pytest.mark.parametrize("count", [1, 7, 24, 25, 26, 1000])
@pytest.mark.parametrize("joined", [True, False])
def test_every_change_is_taken_once_and_in_order(
    changes: list[Change], count: int, joined: bool
) -> None:
    raws = [change.raw for change in changes]
    blobs = [b"".join(raws[:10]), b"".join(raws[10:])] if joined else raws
    taken = drain(upload(*blobs), count)
    assert [change.hash for change in taken] == [change.hash for change in changes]
    assert [change.raw for change in taken] == raws


def test_a_change_of_many_operations_is_a_slice_of_its_own() -> None:
    copy = Copy(HERE)
    small, large = copy.write("ab"), copy.paste("x" * 5000)
    made = upload(*[change.raw for change in [small[0], *large, small[1]]])
    while not made.checked:
        made.check(100)
    assert [cost(change) for change in [*small, *large]] == [1, 1, 501]
    assert [change.hash for change in made.take(100)] == [small[0].hash]
    assert made.large == large[0]
    assert [change.hash for change in made.take(100)] == [large[0].hash]
    assert [change.hash for change in made.take(100)] == [small[1].hash]
    assert made.finished


def test_nothing_can_be_taken_before_a_bad_change_is_found(changes: list[Change]) -> None:
    raws = [change.raw for change in changes]
    bad = upload(*raws[:-1], raws[-1][:-1])
    bad.check(10)
    bad.check(10)
    assert not bad.checked
    with pytest.raises(BadChunk):
        bad.check(10)
    assert not bad.finished


def test_whole_documents_are_not_changes(changes: list[Change]) -> None:
    copy = Copy(HERE)
    copy.write("x")
    whole = Upload(
        HERE, SyncMessage(changes=(copy.words.save(),), version=Version.V2), request=False
    )
    with pytest.raises(BadChunk, match="whole document"):
        whole.check(10)


def test_its_size_is_that_of_its_bytes(changes: list[Change]) -> None:
    raws = [change.raw for change in changes]
    assert sum(map(len, raws)) <= upload(*raws).size < sum(map(len, raws)) + 1000
