from collections.abc import Sequence

from hypothesis import given

from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor
from sync_server.protocol.ledger import Header, Ledger
from tests.sync_server.protocol.growth import SHAPES, grown, past
from tests.sync_server.protocol.written import ALICE, BOB, chain, write_change


def ledger_of(changes: Sequence[Change]) -> Ledger:
    ledger = Ledger()
    heads: set[bytes] = set()
    for one in changes:
        deps = tuple(ledger.positions[dep] for dep in one.deps)
        numbers = (one.actor, one.seq, one.start_op, one.max_op, len(one.raw))
        ledger.append(Header(one.hash, deps, *numbers), deps, newest=heads <= {*one.deps})
        heads = heads - {*one.deps} | {one.hash}
    return ledger


def test_an_operation_is_found_by_its_actor_and_counter() -> None:
    first = write_change(ops=3)
    empty = write_change(deps=[first], seq=2, start_op=4, ops=0)
    other = write_change(deps=[first], actor=BOB, start_op=4, ops=2)
    last = write_change(deps=[empty, other], seq=3, start_op=9)
    ledger = ledger_of([first, empty, other, last])
    alice, bob = ledger.number(Actor(ALICE)), ledger.number(Actor(BOB))
    assert (alice, bob, ledger.next_number) == (0, 1, 2)
    assert [ledger.find(0, counter) for counter in range(1, 11)] == [
        *(0, 0, 0),
        *(None, None, None, None, None),
        *(3, None),
    ]
    assert [ledger.find(1, counter) for counter in range(3, 7)] == [None, 2, 2, None]
    assert ledger.find(2, 1) is None
    assert ledger.number(Actor(b"nobody")) is None
    assert ledger.latest_of(0) == 3
    assert [ledger.authorship(position) for position in range(4)] == [
        (0, 1),
        (0, 2),
        (1, 1),
        (0, 3),
    ]
    assert (ledger.last_seq(Actor(ALICE)), ledger.last_seq(Actor(b"nobody"))) == (3, 0)


def test_an_actors_changes_are_found_by_their_number() -> None:
    first = write_change(ops=3)
    other = write_change(deps=[first], actor=BOB, start_op=4, ops=2)
    last = write_change(deps=[other], seq=2, start_op=9)
    ledger = ledger_of([first, other, last])
    assert list(ledger.actors) == [ALICE, BOB]
    assert ledger.start_of(Actor(ALICE), 1) == first.start_op
    assert ledger.start_of(Actor(ALICE), 2) == 9
    assert ledger.start_of(Actor(BOB), 1) == 4


def test_in_a_line_everything_before_a_change_is_its_past() -> None:
    ledger = ledger_of(chain(5))
    assert [ledger.prefix(position) for position in range(5)] == [1, 2, 3, 4, 5]


@given(SHAPES)
def test_everything_below_its_prefix_is_in_the_past_of_a_change(
    shape: list[tuple[int, list[int]]],
) -> None:
    changes = grown(shape)
    ledger = ledger_of(changes)
    for position, one in enumerate(changes):
        behind = past(changes, [one.hash])
        assert all(earlier.hash in behind for earlier in changes[: ledger.prefix(position)])
        assert ledger.prefix(position) <= position + 1
