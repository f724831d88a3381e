from sync_server.protocol.gathering import Gathering
from sync_server.protocol.graph import Graph
from tests.sync_server.hub.sealed import written

HISTORY = written(9)


def gathering() -> Gathering:
    graph = Graph()
    graph.add(HISTORY)
    return Gathering(graph)


def test_what_is_asked_for_is_read_a_part_at_a_time() -> None:
    some = gathering()
    assert [some.advance([0, 2, 4, 6, 8], 2) for _ in range(3)] == [False, False, True]
    assert some.take() == [HISTORY[place].raw for place in (0, 2, 4, 6, 8)]
    assert some.take() == []


def test_what_is_asked_for_on_top_is_read_too_and_something_else_anew() -> None:
    some = gathering()
    assert not some.advance([0, 2, 4], 2)
    assert some.advance([0, 2, 4, 6], 2)
    assert not some.advance([0, 1, 2, 4, 6], 3)
    assert some.advance([0, 1, 2, 4, 6], 3)
    assert some.take() == [HISTORY[place].raw for place in (0, 1, 2, 4, 6)]
