"""Whole documents go to whoever takes them."""

from automerge.core import ROOT, Document, ScalarType

from sync_server.protocol.chunk import Change, parse_changes, split
from sync_server.protocol.graph import Snapshot
from sync_server.protocol.sync import Capability, Have, SyncMessage, Version
from tests.sync_server.protocol.ends import UNKNOWN, End, raws, talk
from tests.sync_server.protocol.written import ALICE, BOB, chain, write_change

# Whole documents


def document_of(changes: int) -> tuple[list[Change], bytes]:
    document = Document(BOB)
    for number in range(changes):
        with document.transaction() as transaction:
            transaction.put(ROOT, "n", ScalarType.Int, number)
    return parse_changes(c.raw_bytes for c in document.get_changes([])), document.save()


CHANGES, SAVED = document_of(50)


def with_snapshot(covers: int = 50) -> End:
    end = End(CHANGES)
    end.graph.snapshot = Snapshot(covers, SAVED)
    return end


def test_a_peer_that_shows_it_can_is_sent_the_snapshot() -> None:
    end = with_snapshot()
    end.hear(SyncMessage((), have=(Have(()),), capabilities=Capability(0)))
    message = end.say()
    assert message.version is Version.V2
    assert message.changes == (SAVED,)
    assert split(message.changes) == ([], [SAVED])


def test_changes_after_the_snapshot_follow_it() -> None:
    end = with_snapshot()
    new = write_change(deps=[CHANGES[-1]], actor=ALICE, start_op=CHANGES[-1].max_op + 1)
    end.graph.add([new])
    end.hear(SyncMessage((CHANGES[0].hash,), have=(Have(()),), capabilities=Capability(0)))
    assert end.say().changes == (SAVED + new.raw,)


def test_a_few_changes_are_shorter_than_the_snapshot() -> None:
    end = with_snapshot()
    end.hear(SyncMessage((CHANGES[-2].hash,), have=(Have(()),), capabilities=Capability(0)))
    message = end.say()
    assert message.version is Version.V2
    assert message.changes == (CHANGES[-1].raw,)


def test_a_peer_that_does_not_show_it_can_is_sent_changes() -> None:
    end = with_snapshot()
    end.hear(SyncMessage((), have=(Have(()),)))
    message = end.say()
    assert message.version is Version.V1
    assert message.changes == raws(CHANGES)


def test_capabilities_are_shown_when_asked_for_and_nothing_empty_is_packed() -> None:
    end = End(advertise=True)
    assert end.say().capabilities == Capability.KNOWS_RESET
    assert End().say().capabilities is None
    end.hear(SyncMessage((), have=(Have((UNKNOWN,)),), capabilities=Capability(0)))
    assert end.say().capabilities == Capability.KNOWS_RESET
    end.hear(SyncMessage((UNKNOWN,), have=(Have(()),), capabilities=Capability(0)))
    assert end.say().changes == ()


def test_who_is_mute_takes_everything_and_never_sends_a_change() -> None:
    changes = chain(5)
    reader, other = End(changes[:2], mute=True), End(changes)
    at_first = reader.state.caught_up
    assert not at_first
    talk(reader, other)
    assert reader.graph.heads == other.graph.heads
    assert reader.state.caught_up
    reader, behind = End(changes, mute=True), End(changes[:3])
    talk(reader, behind)
    assert len(behind.graph) == 3
    assert reader.state.caught_up
    assert not reader.state.in_step
