"""Whose words are not all here, as a relay knows it."""

from sync_server.hub.effects import ConnectionId
from sync_server.hub.limits import DEFAULT_LIMITS
from sync_server.hub.rates import Bucket, Rates
from sync_server.hub.room import Link, Member, Room
from sync_server.hub.waiting import Outside
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import ChangeHash, DocumentId


def member() -> Member:
    """Somebody who has just opened a document of which nothing is here."""
    outside = Outside()
    graph = Graph(lambda _first, _last: [], outside, validate=True)
    room = Room(DocumentId(bytes(16)), graph, outside, Bucket(DEFAULT_LIMITS.changes, 0.0))
    return Member(Link(ConnectionId(1), None, Rates(DEFAULT_LIMITS, 0.0)), room, 0.0)


def test_of_whoever_has_said_nothing_yet_nothing_is_known() -> None:
    assert not member().is_heard


def test_whoever_has_something_that_is_not_here_is_not_heard() -> None:
    one = member()
    one.sync.their_heads = (ChangeHash(bytes(32)),)
    assert not one.is_heard


def test_whoever_has_nothing_more_than_is_here_is_heard() -> None:
    one = member()
    one.sync.their_heads = ()
    assert one.is_heard
