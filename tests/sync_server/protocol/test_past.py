from collections.abc import Callable, Sequence

import pytest
from hypothesis import given

from sync_server.protocol import past
from sync_server.protocol.chunk import Change, body_of, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.ledger import Header, Ledger
from sync_server.protocol.operations import Action, operations
from sync_server.protocol.past import Past
from sync_server.protocol.recalled import Recalled
from tests.sync_server.protocol.growth import SHAPES, grown
from tests.sync_server.protocol.rows import (
    COUNTER,
    DELETE,
    FIRST,
    INT,
    SET,
    TEXT_ID,
    change,
    insert,
    mine,
    row,
)
from tests.sync_server.protocol.seeds import contract, javascript, three_people
from tests.sync_server.protocol.written import BOB


class Shelf:
    """Changes in a ledger, and how often they were read again."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.ledger = Ledger()
        self.read: list[int] = []
        self._raws = [one.raw for one in changes]
        heads: set[bytes] = set()
        for one in changes:
            deps = tuple(self.ledger.positions[dep] for dep in one.deps)
            numbers = (one.actor, one.seq, one.start_op, one.max_op, len(one.raw))
            self.ledger.append(Header(one.hash, deps, *numbers), deps, newest=heads <= {*one.deps})
            heads = heads - {*one.deps} | {one.hash}
        self.past = Past(self.ledger, self._fetch)

    def _fetch(self, positions: Sequence[int]) -> list[bytes]:
        self.read += positions
        return [self._raws[position] for position in positions]


@pytest.mark.parametrize("history", [contract, javascript, lambda: three_people(3, 80)])
def test_what_a_change_did_is_recalled_as_it_was_read(
    history: Callable[[], Sequence[Change]],
) -> None:
    changes = history()
    shelf = Shelf(changes)
    for one in changes:
        recalled = Recalled(body_of(one.raw), shelf.ledger)
        for at, told in enumerate(operations(one.raw)):
            number = shelf.ledger.number(one.actor)
            assert number is not None
            fact = recalled[at]
            assert fact.inserts == told.insert
            counter = isinstance(told.value, int) and fact.action == 8
            assert fact.action == told.action or (counter and told.action is Action.SET)
            assert fact.object >> 32 == (told.object.counter if told.object else 0)
            if told.insert:
                assert fact.place == told.id.counter << 32 | number
            elif isinstance(told.key, str):
                assert fact.place == told.key
            else:
                assert told.key
                assert isinstance(fact.place, int)
                assert fact.place >> 32 == told.key.counter


def test_many_operations_of_a_change_are_recalled_as_each_of_them_is() -> None:
    """However many of them are alike, and whatever stands between them."""
    counter = row(SET, TEXT_ID, None, insert=True, kind=COUNTER, value=b"\x00")
    letters = [insert(TEXT_ID, None) for _ in range(12)]
    lists = [
        letters,
        [*letters, counter, *letters],
        [*letters, row(DELETE, TEXT_ID, mine(2), over=[mine(2)]), *letters],
        [*letters, insert(mine(6), None), *letters],
        [row(SET, None, f"{n}", kind=INT, value=b"\x05") for n in range(20)],
    ]
    for rows in lists:
        one = change(rows, deps=[FIRST], seq=2, start_op=10)
        recalled = Recalled(body_of(one.raw), Shelf([FIRST, one]).ledger)
        names = [10 + at << 32 for at in range(len(rows))]
        for some in (names, names[1:10], names[::2], names[10:]):
            known = dict(recalled.several(some))
            assert known == {name: recalled[(name >> 32) - 10] for name in some}


@given(SHAPES)
def test_what_is_in_the_past_is_known(shape: list[tuple[int, list[int]]]) -> None:
    changes = grown(shape)
    shelf = Shelf(changes)
    by_hash = {one.hash: one for one in changes}
    for one in changes:
        behind: set[bytes] = set()
        stack = [*one.deps]
        while stack:
            name = stack.pop()
            if name not in behind:
                behind.add(name)
                stack += by_hash[name].deps
        scope = shelf.past.scope([shelf.ledger.positions[dep] for dep in one.deps])
        for position, other in enumerate(changes):
            assert shelf.past.includes(scope, position) == (other.hash in behind)


def typed(count: int) -> list[Change]:
    changes = [FIRST]
    for number in range(count):
        after = mine(10 + number - 1) if number else None
        one = change(
            [insert(TEXT_ID, after)], deps=changes[-1:], seq=number + 2, start_op=10 + number
        )
        changes.append(one)
    return changes


def test_the_latest_changes_are_at_hand_and_others_are_read_once() -> None:
    changes = typed(300)
    shelf = Shelf(changes)
    number = shelf.ledger.number(FIRST.actor)
    assert number is not None
    names = [one.start_op << 32 | number for one in changes]
    shelf.past.facts(names[:50], None)
    shelf.past.facts(names[:50], None)
    assert shelf.read == [*range(50)]
    shelf.past.facts(names, None)
    assert shelf.read == [*range(50), *range(50, 301)]
    assert len(shelf.past.facts(names, None)) == 301


def test_what_is_read_to_check_one_change_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = typed(40)
    everything = [row(DELETE, TEXT_ID, mine(n), over=[mine(n)]) for n in range(10, 50)]
    last = change(everything, deps=changes[-1:], actor=BOB, start_op=50)
    (again,) = parse_changes([last.raw])
    stored = Graph(lambda first, end: [c.raw for c in changes[first : end + 1]], validate=True)
    graph = Graph()
    graph.add(changes)
    stored.restore([graph.header(position) for position in range(len(graph))])
    monkeypatch.setattr(past, "_MOST_READ", 1000)
    with pytest.raises(BadChunk, match="refers to too many others"):
        stored.add([again])
    monkeypatch.undo()
    assert stored.add([again]) == [again]
