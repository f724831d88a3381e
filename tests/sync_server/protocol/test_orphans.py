from itertools import pairwise

from sync_server.protocol.orphans import Orphans
from tests.sync_server.protocol.written import ALICE, BOB, chain, write_change


def test_a_change_waits_until_nothing_is_missing() -> None:
    [left] = chain(1, actor=ALICE)
    [right] = chain(1, actor=BOB)
    merge = write_change(deps=[left, right], seq=2, start_op=2)
    orphans = Orphans()
    orphans.put(merge, [left.hash, right.hash])
    assert orphans.get(merge.hash) is merge
    assert orphans.pop_ready(left.hash, {left.hash}) == []
    assert orphans.pop_ready(right.hash, {left.hash, right.hash}) == [merge]
    assert orphans.get(merge.hash) is None
    assert len(orphans) == 0


def test_nothing_waits_for_a_change_that_nobody_mentioned() -> None:
    first, second, third = chain(3)
    orphans = Orphans()
    orphans.put(third, [second.hash])
    assert orphans.pop_ready(first.hash, {first.hash}) == []
    assert len(orphans) == 1


def test_a_change_waits_once() -> None:
    first, second = chain(2)
    orphans = Orphans(most_bytes=len(second.raw))
    orphans.put(second, [first.hash])
    orphans.put(second, [first.hash])
    assert len(orphans) == 1
    assert orphans.pop_ready(first.hash, {first.hash}) == [second]


def test_the_oldest_leave_when_there_are_too_many() -> None:
    changes = chain(5)
    orphans = Orphans(most=2)
    for before, change in pairwise(changes):
        orphans.put(change, [before.hash])
    assert [orphans.get(change.hash) is not None for change in changes[1:]] == [
        False,
        False,
        True,
        True,
    ]
    assert orphans.pop_ready(changes[0].hash, {changes[0].hash}) == []


def test_the_oldest_leave_when_they_weigh_too_much() -> None:
    changes = chain(4)
    orphans = Orphans(most_bytes=len(changes[2].raw) + len(changes[3].raw))
    for before, change in pairwise(changes):
        orphans.put(change, [before.hash])
    assert len(orphans) == 2
    assert orphans.get(changes[1].hash) is None


def test_children_of_one_change_come_in_the_order_of_their_hashes() -> None:
    [parent] = chain(1)
    children = [
        write_change(deps=[parent], actor=bytes([number]) * 16, start_op=2) for number in range(8)
    ]
    orphans = Orphans()
    for child in children:
        orphans.put(child, [parent.hash])
    ready = orphans.pop_ready(parent.hash, {parent.hash})
    assert ready == sorted(children, key=lambda child: child.hash)
