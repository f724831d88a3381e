import random
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph, Header
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.orphans import Orphans
from tests.sync_server.protocol.written import ALICE, BOB, chain, write_change

UNKNOWN = ChangeHash(b"\xee" * 32)

# Each entry is one change: its actor, and how far back its dependencies lie.
SHAPES = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.integers(0, 6), max_size=3)), min_size=1, max_size=25
)


def grown(shape: Sequence[tuple[int, list[int]]]) -> list[Change]:
    """A random history. An actor's change always follows that actor's last one."""
    changes: list[Change] = []
    last: dict[int, Change] = {}
    for actor, back in shape:
        deps = {changes[-1 - distance] for distance in back if distance < len(changes)}
        if actor in last:
            deps.add(last[actor])
        change = write_change(
            deps=list(deps),
            actor=bytes([actor]) * 16,
            seq=last[actor].seq + 1 if actor in last else 1,
            start_op=max((dep.max_op for dep in deps), default=0) + 1,
        )
        changes.append(change)
        last[actor] = change
    return changes


def past(changes: Iterable[Change], heads: Iterable[ChangeHash]) -> set[ChangeHash]:
    by_hash = {change.hash: change for change in changes}
    seen: set[ChangeHash] = set()
    stack = [head for head in heads if head in by_hash]
    while stack:
        change = stack.pop()
        if change not in seen:
            seen.add(change)
            stack.extend(by_hash[change].deps)
    return seen


def outermost(changes: Sequence[Change]) -> tuple[ChangeHash, ...]:
    inner = {dep for change in changes for dep in change.deps}
    return tuple(sorted(change.hash for change in changes if change.hash not in inner))


def graph_of(changes: Iterable[Change]) -> Graph:
    graph = Graph()
    graph.add(changes)
    return graph


def check_order(graph: Graph) -> None:
    for position, change in enumerate(graph.hashes):
        assert graph.positions[change] == position
        assert all(dep < position for dep in graph.deps(position))


def test_an_empty_graph_has_nothing() -> None:
    graph = Graph()
    assert (len(graph), graph.heads, graph.size) == (0, (), 0)
    assert graph.since([]) == graph.since([UNKNOWN]) == []
    assert graph.raws([]) == []
    assert graph.missing([]) == ()
    assert UNKNOWN not in graph


def test_changes_enter_in_the_order_they_come() -> None:
    changes = chain(3)
    graph = Graph()
    assert graph.add(changes[:2]) == changes[:2]
    assert graph.add(changes) == changes[2:]
    assert graph.heads == (changes[2].hash,)
    assert graph.hashes == [change.hash for change in changes]
    assert graph.raws([0, 1, 2]) == [change.raw for change in changes]
    assert graph.size == sum(len(change.raw) for change in changes)
    assert graph.size_of([1]) == len(changes[1].raw)
    assert graph.last_seq(Actor(ALICE)) == 3
    assert graph.last_seq(Actor(BOB)) == 0


def test_a_header_says_everything_but_the_bytes() -> None:
    [left] = chain(1, actor=ALICE)
    [right] = chain(1, actor=BOB)
    merge = write_change(deps=[left, right], seq=2, start_op=2, ops=7)
    graph = graph_of([left, right, merge])
    assert graph.header(2) == Header(
        merge.hash, graph.deps(2), Actor(ALICE), 2, 2, 8, len(merge.raw)
    )
    assert sorted(graph.deps(2)) == [0, 1]
    assert graph.deps(0) == ()


@given(SHAPES, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_one_graph(
    shape: list[tuple[int, list[int]]], chance: random.Random
) -> None:
    changes = grown(shape)
    shuffled = [*changes, *changes[::3]]
    chance.shuffle(shuffled)
    graph = Graph()
    entered = [new for change in shuffled for new in graph.add([change])]
    assert [change.hash for change in entered] == graph.hashes
    assert {change.hash for change in changes} == set(graph.hashes)
    assert graph.heads == outermost(changes)
    check_order(graph)


@given(SHAPES, st.data())
def test_what_is_beyond_is_all_that_is_not_past(
    shape: list[tuple[int, list[int]]], data: st.DataObject
) -> None:
    changes = grown(shape)
    graph = graph_of(changes)
    known = data.draw(st.lists(st.sampled_from([*graph.hashes, UNKNOWN]), max_size=4))
    beyond = graph.since(known)
    assert beyond == sorted(beyond)
    assert {graph.hashes[position] for position in beyond} == (
        set(graph.hashes) - past(changes, known)
    )


@given(SHAPES, st.data())
def test_what_is_missing_is_what_no_waiting_change_explains(
    shape: list[tuple[int, list[int]]], data: st.DataObject
) -> None:
    changes = grown(shape)
    held = data.draw(st.sets(st.sampled_from(range(len(changes)))))
    arrived = {changes[index].hash for index in held}
    graph = graph_of(changes[index] for index in sorted(held))
    heads = outermost(changes)
    wanted = {head for head in heads if head not in arrived}
    stack = [change for change in changes if change.hash in heads and change.hash in arrived]
    by_hash = {change.hash: change for change in changes}
    while stack:  # down from the heads through what arrived, to the first that did not
        for dep in stack.pop().deps:
            if dep in arrived:
                stack.append(by_hash[dep])
            else:
                wanted.add(dep)
    assert graph.missing(heads) == tuple(sorted(wanted))


def test_a_change_without_its_past_waits() -> None:
    first, second, third = chain(3)
    graph = Graph()
    assert graph.add([third, second]) == []
    assert graph.missing([third.hash]) == (first.hash,)
    assert len(graph) == 0
    assert graph.add([first]) == [first, second, third]


def refused(graph: Graph, changes: Sequence[Change], reason: str) -> None:
    """They are refused, and the graph does not show that they were ever there."""
    before = (list(graph.hashes), graph.heads, graph.size)
    with pytest.raises(BadChunk, match=reason):
        graph.add(changes)
    assert (list(graph.hashes), graph.heads, graph.size) == before
    check_order(graph)


def test_an_actor_cannot_skip_a_number() -> None:
    [first] = chain(1)
    refused(graph_of([first]), [write_change(deps=[first], seq=3, start_op=2)], "change 3 of actor")
    refused(Graph(), [write_change(seq=2)], "change 2 of actor 00010203 does not follow change 0")


def test_an_actor_cannot_fork() -> None:
    first, second = chain(2)
    other = write_change(deps=[first], seq=2, start_op=2, ops=3)
    refused(graph_of([first, second]), [other], "change 2 of actor 00010203 does not follow change")


def test_operations_are_numbered_above_what_they_follow() -> None:
    first = write_change(ops=5)
    low = write_change(deps=[first], actor=BOB, start_op=5)
    refused(graph_of([first]), [low], "first operation 5 does not follow 5")
    high = write_change(deps=[first], actor=BOB, start_op=9)
    assert graph_of([first]).add([high]) == [high]


def test_what_came_before_an_impossible_change_stays() -> None:
    first, second, third = chain(3)
    graph = Graph()
    with pytest.raises(BadChunk):
        graph.add([first, second, write_change(seq=9), third])
    assert graph.hashes == [first.hash, second.hash]
    assert graph.heads == (second.hash,)
    assert graph.add([third]) == [third]


def test_whoever_completes_an_impossible_change_is_not_blamed() -> None:
    first, second = chain(2)
    impossible = write_change(deps=[second], actor=BOB, seq=7, start_op=3)
    after = write_change(deps=[impossible], actor=BOB, seq=8, start_op=4)
    graph = graph_of([first])
    assert graph.add([after, impossible]) == []
    assert graph.add([second]) == [second]
    assert graph.missing([after.hash]) == (impossible.hash,)
    refused(graph, [impossible], "change 7 of actor")


def test_too_many_waiting_changes_are_asked_for_again() -> None:
    changes = chain(6)
    graph = Graph(orphans=Orphans(most=2))
    graph.add(changes[1:])
    assert graph.missing([changes[-1].hash]) == (changes[3].hash,)
    assert graph.add(changes[:4]) == changes


class Shelf:
    """Raw changes as a disk would hold them; counts the reads."""

    def __init__(self, raws: Sequence[bytes]) -> None:
        self.raws = raws
        self.reads: list[tuple[int, int]] = []

    def fetch(self, first: int, last: int) -> Sequence[bytes]:
        self.reads.append((first, last))
        return self.raws[first : last + 1]


def restored(changes: Sequence[Change], shelf: Shelf) -> Graph:
    source = graph_of(changes)
    graph = Graph(shelf.fetch)
    graph.restore(source.header(position) for position in range(len(source)))
    return graph


@given(SHAPES, st.integers(0, 25))
def test_a_graph_continues_from_its_headers(shape: list[tuple[int, list[int]]], cut: int) -> None:
    changes = grown(shape)
    whole = graph_of(changes)
    shelf = Shelf([change.raw for change in changes])
    graph = Graph(shelf.fetch)
    headers = [whole.header(position) for position in range(len(whole))]
    graph.restore(headers[: cut // 2])
    graph.restore(headers[cut // 2 : cut])
    assert graph.heads == outermost(changes[:cut])
    graph.add(changes)
    assert graph.heads == whole.heads
    assert graph.size == whole.size
    assert [graph.header(position) for position in range(len(graph))] == headers
    assert graph.raws(range(len(changes))) == shelf.raws


def test_neighbours_are_read_from_the_disk_together() -> None:
    changes = chain(8)
    shelf = Shelf([change.raw for change in changes])
    graph = restored(changes[:6], shelf)
    graph.add(changes)
    wanted = [0, 1, 3, 4, 5, 7]
    assert graph.raws(wanted) == [shelf.raws[position] for position in wanted]
    assert shelf.reads == [(0, 1), (3, 5)]


def test_older_changes_leave_memory_once_they_are_on_disk() -> None:
    changes = chain(2 * Graph.KEEP + 1)
    shelf = Shelf([change.raw for change in changes])
    graph = Graph(shelf.fetch)
    graph.add(changes[:-1])
    graph.trim()
    assert graph.raws([0]) == [shelf.raws[0]]
    assert shelf.reads == []
    graph.add(changes)
    graph.trim()
    assert graph.raws(range(len(graph))) == shelf.raws
    assert shelf.reads == [(0, Graph.KEEP)]


def test_without_a_disk_nothing_leaves_memory() -> None:
    changes = chain(2 * Graph.KEEP + 1)
    graph = graph_of(changes)
    graph.trim()
    assert graph.raws(range(len(graph))) == [change.raw for change in changes]


def header(**fields: object) -> Header:
    plain = Header(ChangeHash(bytes(32)), (), Actor(ALICE), 1, 1, 1, 100)
    return plain._replace(**fields)  # type: ignore[arg-type]  # names and types as in Header


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (header(deps=(1,)), "stands before one that it needs"),
        (header(deps=(-1,)), "stands before one that it needs"),
        (header(seq=3), "does not follow"),
        (header(hash=ChangeHash(b"\x01" * 32), seq=2), "is here already"),
        (header(start_op=0), "does not follow"),
        (header(start_op=5, max_op=3), "does not follow"),
        (header(max_op=1 << 32), "does not follow"),
        (header(size=1 << 32), "no possible size"),
    ],
)
def test_a_damaged_header_is_refused_and_those_before_it_stay(damaged: Header, reason: str) -> None:
    first = header(hash=ChangeHash(b"\x01" * 32), actor=Actor(BOB))
    graph = Graph(lambda first, last: [])
    with pytest.raises(BadChunk, match=reason):
        graph.restore([first, damaged])
    assert graph.heads == (first.hash,)
    assert len(graph) == 1


def line(length: int) -> list[Header]:
    """Headers of changes by two people in turns of three, each on top of the one before."""
    headers: list[Header] = []
    for position in range(length):
        actor = Actor((ALICE, BOB)[position // 3 % 2])
        seq = 1 + sum(one.actor == actor for one in headers)
        name = ChangeHash(bytes([position]) * 32)
        deps = (position - 1,) if position else ()
        first, last = 2 * position + 1, 2 * position + position % 3
        headers.append(Header(name, deps, actor, seq, first, last, 100))
    return headers


@pytest.mark.parametrize(
    "damage",
    [
        {"deps": (8,)},
        {"deps": (-1,)},
        {"seq": 9},
        {"hash": ChangeHash(bytes(32))},
        {"start_op": 6},
        {"start_op": 14},
        {"max_op": (1 << 32) - 1},
        {"size": -1},
        {"size": 1 << 32},
        {"actor": Actor(b"nobody")},
    ],
)
@pytest.mark.parametrize("place", [4, 5, 6])
def test_a_damaged_header_within_a_line_costs_itself_and_what_follows(
    damage: dict[str, object], place: int
) -> None:
    headers = line(10)
    headers[place] = headers[place]._replace(**damage)  # type: ignore[arg-type]  # as in Header
    at_once, singly = Graph(lambda first, last: []), Graph(lambda first, last: [])
    with pytest.raises(BadChunk) as told:
        at_once.restore(headers)
    for one in headers[:place]:
        singly.restore([one])
    with pytest.raises(BadChunk) as expected:
        singly.restore([headers[place]])
    assert str(told.value) == str(expected.value)
    assert [*map(at_once.header, range(len(at_once)))] == headers[:place]
    assert (at_once.heads, at_once.size) == (singly.heads, singly.size)


def test_a_line_is_restored_as_its_changes_are_one_by_one() -> None:
    at_once, singly = Graph(lambda first, last: []), Graph(lambda first, last: [])
    headers = line(12)
    headers[7] = headers[7]._replace(deps=(4, 6))
    headers[9] = headers[9]._replace(deps=(7,), seq=4)
    at_once.restore(headers[:2])
    at_once.restore(headers[2:])
    for one in headers:
        singly.restore([one])
    assert [*map(at_once.header, range(12))] == headers == [*map(singly.header, range(12))]
    assert at_once.heads == singly.heads == (headers[8].hash, headers[11].hash)
    for actor in (ALICE, BOB):
        assert at_once.last_seq(Actor(actor)) == singly.last_seq(Actor(actor))
    known = [headers[8].hash]
    assert at_once.since(known) == singly.since(known) == [9, 10, 11]
