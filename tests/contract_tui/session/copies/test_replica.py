import time

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library import database
from contract_tui.library.errors import LibraryError, OutOfStep
from contract_tui.session.copies.replica import Replica
from sync_server.access.constants import GENESIS_HASH
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.genesis import LATER
from tests.contract_tui.contract.opening.test_opening import FragileDocument
from tests.contract_tui.session.shelf import Shelf, locked, opened


async def test_a_replica_keeps_in_memory_what_the_disk_refuses(shelf: Shelf) -> None:
    replica = await opened(shelf)
    shelf.library._connection.execute("PRAGMA query_only = ON")
    replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, "not lost")))
    assert (replica.unsaved, replica.is_saved) == (1, False)
    assert "cannot be written" in replica.trouble
    assert not replica.retry()
    shelf.library._connection.execute("PRAGMA query_only = OFF")
    assert replica.retry()
    assert replica.trouble == ""
    again = await opened(shelf)
    assert again.contract.text(INTERESTS).text == "not lost"


async def test_a_change_of_ones_own_that_the_graph_does_not_take_is_no_success(
    shelf: Shelf,
) -> None:
    actor = Actor(b"9" * 16)
    replica = Replica(
        shelf.library.journal(shelf.contract), Graph(), Contract.blank(actor, shelf.contract)
    )
    for _ in range(2):
        with pytest.raises(OutOfStep, match="cannot be kept"):
            replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, "lost?")))


async def test_a_change_that_contradicts_what_its_actor_wrote_is_no_success(shelf: Shelf) -> None:
    replica = await opened(shelf)
    actor = replica.contract.actor
    twin = Contract.open(replica.contract.changes_since(), actor)
    replica.take(parse_changes([twin.splice(INTERESTS, Splice(0, 0, "twin"))]))
    assert GENESIS_HASH in replica.graph
    other = Contract.open(twin.changes_since()[:-1], actor)
    with pytest.raises(OutOfStep):
        replica.record(other.splice(INTERESTS, Splice(0, 0, "other")))


async def test_nothing_of_ones_own_follows_what_somebody_else_wrote_as_this_program(
    shelf: Shelf,
) -> None:
    replica = await opened(shelf)
    actor = replica.contract.actor
    replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, "mine ")))
    twin = Contract.open(replica.contract.changes_since(), actor)
    [forged] = parse_changes([twin.splice(INTERESTS, Splice(0, 0, "theirs "))])
    assert forged.seq == 2
    replica.take([forged])
    own = replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, "mine again ")))
    assert own.actor != actor
    assert own.actor[:8] == actor[:8]
    assert own.seq == 1
    assert replica.graph.last_seq(actor) == 2
    assert replica.contract.text(INTERESTS).text == "mine again theirs mine "
    assert replica.contract.undo(INTERESTS)
    assert replica.contract.text(INTERESTS).text == "theirs mine "


async def test_programs_that_took_contradicting_changes_each_keep_their_own(shelf: Shelf) -> None:
    mine, theirs = await opened(shelf), await opened(shelf, shelf.another())
    base = mine.contract.changes_since()
    for replica, word in ((mine, "one"), (theirs, "two")):
        twin = Contract.open(base, Actor(b"z" * 16))
        replica.take(parse_changes([twin.splice(INTERESTS, Splice(0, 0, word))]))
    assert (mine.catch_up(), theirs.catch_up()) == (True, True)
    assert (mine.left_over, theirs.left_over) == (1, 1)
    assert (mine.contract.text(INTERESTS).text, theirs.contract.text(INTERESTS).text) == (
        "one",
        "two",
    )
    again = await opened(shelf)
    assert again.contract.text(INTERESTS).text == "one"
    assert again.left_over == 1


@pytest.mark.parametrize("format_name", ["learning-contract/1", "learning-contract/2"])
async def test_a_document_that_breaks_is_replaced_and_its_texts_say_so(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, format_name: str
) -> None:
    monkeypatch.setattr("contract_tui.contract.opening.opening.CrdtDocument", FragileDocument)
    replica = await opened(shelf)
    shown = replica.contract.text(INTERESTS)
    other = CrdtDocument(LATER)
    other.apply(replica.contract.changes_since())
    for name in ("something else", format_name):
        other.transact(lambda writer, name=name: writer.put(None, "format", name))  # type: ignore[misc]  # bound early
    twin = Contract.open(other.changes_since(())[:-2], Actor(b"3" * 16))
    good = twin.splice(INTERESTS, Splice(0, 0, "good words"))
    poison = twin.splice(INTERESTS, Splice(0, 4, "bad"))
    monkeypatch.setattr(FragileDocument, "poison", frozenset([poison]))
    replica.take(parse_changes([*other.changes_since(())[-2:], good, poison]))
    now = replica.contract.text(INTERESTS)
    assert now is not shown
    assert now.text == "good words"
    assert now.since(shown.version) is None
    assert now.since(now.version) == []
    assert replica.is_saved
    version = now.version
    replica.record(replica.contract.splice(INTERESTS, Splice(0, 4, "Our")))
    assert now.since(version) == [Splice(0, 4, "Our")]


async def test_whoever_has_waited_for_the_disk_in_vain_waits_no_second_time(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.5)
    replica = await opened(shelf)
    waited: list[float] = []
    with locked(shelf.home):
        replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, "not lost")))
        for _ in range(2):
            began = time.perf_counter()
            with pytest.raises(LibraryError, match="in use by another program"):
                replica.save()
            waited.append(time.perf_counter() - began)
    assert waited[0] > 0.4 > waited[1]
    replica.save()
    assert replica.is_saved
