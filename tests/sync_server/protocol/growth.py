"""Histories as they grow, and the graphs that they make."""

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from sync_server.protocol.chunk import Change
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import ChangeHash
from tests.sync_server.protocol.written import write_change

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
