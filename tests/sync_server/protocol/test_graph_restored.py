"""A graph that goes on from what was kept of it, and reads the rest from the disk."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph, Header
from sync_server.protocol.ids import Actor, ChangeHash
from tests.sync_server.protocol.growth import SHAPES, graph_of, grown, outermost
from tests.sync_server.protocol.written import ALICE, BOB, chain


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
