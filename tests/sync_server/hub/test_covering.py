from sync_server.hub.covering import Covering
from sync_server.hub.records import VOUCHER
from sync_server.protocol.graph import Graph
from tests.sync_server.hub.company import CONTRACT
from tests.sync_server.hub.sealed import written

HISTORY = written(30)
"""Three people take turns of seven keys."""
FIRST, SECOND, THIRD = HISTORY[0], HISTORY[7], HISTORY[14]


def test_of_so_many_actors_something_is_kept_and_of_no_more() -> None:
    graph = Graph()
    graph.add(HISTORY)
    covering = Covering(CONTRACT, VOUCHER, graph, most=2)
    for change in (FIRST, SECOND, THIRD):
        covering.take(change.actor, change.hash, bytes(change.hash))
    assert list(covering.newest) == [FIRST.hash, SECOND.hash]
    later = HISTORY[1]
    assert later.actor == FIRST.actor
    [record] = covering.take(later.actor, later.hash, b"newer")
    assert (record.name, record.data) == (later.actor, b"newer")
    assert len(covering) == 2


def test_what_comes_early_is_known_by_its_change_and_its_actor_together() -> None:
    covering = Covering(CONTRACT, VOUCHER, Graph(), most_early=9)
    covering.take(FIRST.actor, SECOND.hash, b"")
    assert FIRST not in covering
    assert SECOND not in covering
    assert not covering.is_news(FIRST.actor, SECOND.hash)
    assert covering.is_news(SECOND.actor, SECOND.hash)


def test_what_names_the_same_change_or_an_earlier_one_is_no_news_and_not_kept_again() -> None:
    graph = Graph()
    graph.add(HISTORY)
    covering = Covering(CONTRACT, VOUCHER, graph)
    before, change, after = HISTORY[:3]
    assert covering.take(change.actor, change.hash, b"first")
    for one, is_news in ((before, False), (change, False), (after, True)):
        assert covering.is_news(one.actor, one.hash) is is_news
    for one in (before, change):
        assert covering.take(one.actor, one.hash, b"again") == []
    assert covering.newest == [b"first"]


def test_nothing_covers_one_actor_by_a_change_of_another() -> None:
    graph = Graph()
    graph.add(HISTORY)
    covering = Covering(CONTRACT, VOUCHER, graph)
    assert covering.take(FIRST.actor, SECOND.hash, b"") == []
    assert covering.newest == []
