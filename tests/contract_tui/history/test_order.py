from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.history.order import Order
from sync_server.protocol.ids import Actor, ElementId
from sync_server.protocol.saved import SavedChange, read_saved
from tests.contract_tui.contract.people import actor, copy, exchange, new_contract

ADA, BEN = Actor(b"a"), Actor(b"b")


def names(order: Order) -> list[tuple[Actor, int]]:
    return [(order.actor(at), order.seq(at)) for at in range(len(order))]


def of(contract: Contract) -> Order:
    return Order(read_saved(contract.save()).changes())


def test_the_order_is_the_same_for_everybody() -> None:
    maya = new_contract()
    okafor = copy(maya, actor("o"))
    maya.splice(INTERESTS, Splice(0, 0, "big "))
    okafor.splice(SUPPORTS, Splice(0, 0, "quiet"))
    exchange(maya, okafor)
    late = Contract.open(maya.changes_since()[::-1], actor("l"), maya.id)
    assert names(of(maya)) == names(of(okafor)) == names(of(late))
    assert len(of(maya)) == len(maya.changes_since())


def test_changes_that_do_nothing_come_after_what_they_were_made_upon() -> None:
    changes = [
        SavedChange(BEN, 1, 3, 0, ()),
        SavedChange(BEN, 2, 3, 0, (0,)),
        SavedChange(ADA, 1, 3, 0, (1,)),
        SavedChange(ADA, 2, 4, 0, (2,)),
    ]
    assert names(Order(changes)) == [(BEN, 1), (BEN, 2), (ADA, 1), (ADA, 2)]


@given(st.data())
def test_every_change_comes_after_all_it_was_made_upon(data: st.DataObject) -> None:
    changes: list[SavedChange] = []
    last: dict[Actor, int] = {}
    for place in range(data.draw(st.integers(1, 12))):
        author = data.draw(st.sampled_from([ADA, BEN]))
        others = data.draw(st.sets(st.integers(0, place - 1))) if place else set()
        deps = tuple(sorted(others | ({last[author]} if author in last else set())))
        count = data.draw(st.integers(0, 3))
        end = max((changes[dep].max_op for dep in deps), default=0) + count
        seq = changes[last[author]].seq + 1 if author in last else 1
        changes.append(SavedChange(author, seq, end, 0, deps))
        last[author] = place
    order = Order(changes)
    assert sorted(names(order)) == sorted((one.actor, one.seq) for one in changes)
    for at in range(len(order)):
        assert all(dep < at for dep in order.deps[at])
        assert order.find(order.actor(at), order.seq(at)) == at


def test_an_operation_is_found_in_its_change() -> None:
    changes = [
        SavedChange(ADA, 1, 3, 0, ()),
        SavedChange(BEN, 1, 5, 0, (0,)),
        SavedChange(ADA, 2, 9, 0, (1,)),
    ]
    order = Order(changes)
    found = [order.of(ElementId(counter, ADA)) for counter in (1, 3, 6, 9)]
    assert found == [0, 0, 2, 2]
    assert order.of(ElementId(4, BEN)) == 1


def test_times_are_in_seconds_whatever_was_kept() -> None:
    told = [1_700_000_000, 1_700_000_000_000, 0, -5]
    order = Order([SavedChange(ADA, 1 + at, 1 + at, time, ()) for at, time in enumerate(told)])
    assert list(order.times) == [1_700_000_000, 1_700_000_000, 0, 0]
