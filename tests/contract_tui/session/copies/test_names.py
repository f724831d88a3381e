import pytest

from contract_tui.session.copies.names import Names
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, ChangeHash
from tests.contract_tui.contract.people import new_contract


def test_every_change_is_found_by_its_hash_and_by_its_number() -> None:
    changes = parse_changes(new_contract().changes_since())
    graph = Graph()
    graph.add(changes, trusted=True)
    names = Names(graph)
    for change in changes:
        assert names.hash(change.actor, change.seq) == change.hash
        assert names.change(change.hash) == (change.actor, change.seq)
    with pytest.raises(LookupError):
        names.hash(Actor(b"n" * 16), 1)
    with pytest.raises(LookupError):
        names.change(ChangeHash(b"n" * 32))
