import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph, Header
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.orphans import Orphans
from tests.sync_server.protocol.growth import SHAPES, check_order, graph_of, grown, outermost, past
from tests.sync_server.protocol.written import ALICE, BOB, chain, write_change

UNKNOWN = ChangeHash(b"\xee" * 32)


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
