from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sync_server.protocol import filters
from sync_server.protocol.bloom import Bloom, build_bloom
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.sync import Capability, Have, SyncMessage, Version
from tests.sync_server.protocol.ends import UNKNOWN, End, raws, talk
from tests.sync_server.protocol.written import ALICE, BOB, chain


def test_the_first_message_names_the_heads_and_what_is_here() -> None:
    changes = chain(3)
    message = End(changes).say()
    assert message == SyncMessage(
        heads=(changes[2].hash,),
        have=(Have((), build_bloom([change.hash for change in changes])),),
    )
    assert message.version is Version.V1


def test_nothing_is_said_twice_before_an_answer() -> None:
    end = End(chain(1))
    end.say()
    assert end.silent


def test_two_that_have_different_things_have_the_same_after_five_messages() -> None:
    left, right = End(chain(5, actor=ALICE)), End(chain(7, actor=BOB))
    assert talk(left, right) <= 3
    assert left.graph.heads == right.graph.heads
    assert len(left.graph) == len(right.graph) == 12
    assert left.state.in_step
    assert right.state.in_step


def test_two_that_have_the_same_say_so_once() -> None:
    left, right = End(chain(5)), End(chain(5))
    assert talk(left, right) == 1
    assert left.state.in_step
    assert right.state.in_step


def test_a_new_change_goes_out_alone_and_comes_back_as_an_acknowledgement() -> None:
    *before, new = chain(4)
    left, right = End(before), End(before)
    talk(left, right)
    left.graph.add([new])
    assert left.state.unshared() == 1
    message = left.say()
    assert message.changes == (new.raw,)
    assert [have.last_sync for have in message.have] == [(new.hash,)]
    assert right.hear(message) == [new]
    answer = right.say()
    assert answer.heads == (new.hash,)
    assert answer.changes == ()
    left.hear(answer)
    assert left.state.unshared() == 0
    assert left.silent
    assert right.silent


def test_what_a_peer_agreed_to_it_has_acknowledged_whatever_it_says_next() -> None:
    changes = chain(3)
    end = End(changes)
    end.hear(SyncMessage((changes[-1].hash,)))
    end.hear(SyncMessage((UNKNOWN,)))
    assert end.state.unshared() == 0


def test_a_peer_that_agreed_and_then_lost_something_is_sent_it_again() -> None:
    first, second = chain(2)
    ours = End([first, second])
    behind = SyncMessage((first.hash,), have=(Have((first.hash,)),))
    ours.hear(behind)
    assert ours.say().changes == (second.raw,)
    ours.hear(SyncMessage((second.hash,), have=(Have((second.hash,)),)))
    ours.hear(behind)
    assert ours.say().changes == (second.raw,)


def test_an_acknowledgement_can_wait() -> None:
    *before, new = chain(4)
    left, right = End(before), End(before)
    talk(left, right)
    left.graph.add([new])
    right.hear(left.say(ack=False))
    assert right.state.generate(ack=False) is None
    assert right.say().heads == (new.hash,)


def test_a_first_word_or_a_question_does_not_wait() -> None:
    first, second = chain(2)
    end = End()
    assert end.say(ack=False).heads == ()
    end.hear(SyncMessage((second.hash,), have=(Have((first.hash,)),), changes=(second.raw,)))
    end.hear(SyncMessage((second.hash,), have=(Have(()),)))
    assert end.say(ack=False).need == (first.hash,)


def test_what_the_other_side_has_not_acknowledged_is_unshared() -> None:
    changes = chain(5)
    end = End(changes)
    assert end.state.unshared() == 5
    end.hear(SyncMessage((changes[1].hash,), have=(Have(()),)))
    assert end.state.their_heads == (changes[1].hash,)
    assert end.state.unshared() == 3
    end.say()
    assert end.state.unshared() == 3
    end.hear(SyncMessage((UNKNOWN, changes[3].hash), have=(Have(()),)))
    assert end.state.unshared() == 1
    end.hear(SyncMessage((UNKNOWN,), have=(Have(()),)))
    assert end.state.unshared() == 1
    end.hear(SyncMessage(()))
    assert end.state.unshared() == 5


def test_heads_that_become_known_later_count_as_acknowledged() -> None:
    changes = chain(3)
    end = End()
    end.hear(SyncMessage((changes[2].hash,), have=(Have(()),)))
    end.graph.add(changes)
    assert end.state.in_step
    assert end.state.unshared() == 0


def test_a_waiting_change_of_somebody_else_is_not_taken_for_acknowledged() -> None:
    first, second = chain(2)
    end = End()
    end.graph.add([second])
    end.hear(SyncMessage((first.hash,), changes=(first.raw,)))
    assert end.graph.heads == (second.hash,)
    assert end.state.unshared() == 1


def test_known_heads_get_exactly_what_they_lack_whatever_their_filter_claims() -> None:
    changes = chain(4)
    end = End(changes)
    everything = build_bloom([change.hash for change in changes])
    end.hear(SyncMessage((changes[0].hash,), have=(Have((), everything),)))
    assert end.say().changes == raws(changes[1:])


def test_unknown_heads_get_what_their_filter_lacks_and_all_that_follows_it() -> None:
    changes = chain(4)
    end = End(changes)
    filtered = build_bloom([changes[0].hash, changes[2].hash])
    end.hear(SyncMessage((UNKNOWN,), have=(Have((), filtered),)))
    message = end.say()
    assert message.changes == raws(changes[1:])
    assert message.need == (UNKNOWN,)


def test_one_message_has_each_change_looked_up_once() -> None:
    """Otherwise everyone's next keystroke would cost as much as the first answer."""
    changes = chain(30)
    end = End(changes[:20])
    filtered = build_bloom([change.hash for change in changes[:10]])
    end.hear(SyncMessage((UNKNOWN,), have=(Have((), filtered),)))
    with counted_lookups() as lookups:
        assert end.say().changes == raws(changes[10:20])
        assert lookups == [change.hash for change in changes[:11]]  # the others follow the last
        end.graph.add(changes[20:])
        assert end.say().changes == raws(changes[20:])
        assert len(lookups) == 11


def test_what_filters_cost_is_bounded_and_the_rest_is_sent_unasked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(filters, "MOST_PROBES", 7 * 2 * 10)
    changes = chain(30)
    end = End(changes)
    everything = build_bloom([change.hash for change in changes])
    nothing = build_bloom([UNKNOWN])
    end.hear(SyncMessage((UNKNOWN,), have=(Have((), nothing), Have((), everything))))
    with counted_lookups() as lookups:
        assert end.say().changes == raws(changes[10:])
        assert len(lookups) == 20


@contextmanager
def counted_lookups() -> Iterator[list[ChangeHash]]:
    """Note what is looked up in filters."""
    lookups: list[ChangeHash] = []

    class Counting(Bloom):
        def __contains__(self, change: ChangeHash) -> bool:
            lookups.append(change)
            return super().__contains__(change)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filters, "Bloom", Counting)
        yield lookups


def test_a_change_asked_for_by_name_is_sent() -> None:
    changes = chain(4)
    end = End(changes)
    everything = build_bloom([change.hash for change in changes])
    end.hear(SyncMessage((UNKNOWN,), (changes[1].hash, UNKNOWN), (Have((), everything),)))
    assert end.say().changes == raws(changes[1:2])


def test_what_is_asked_for_beyond_the_heads_leaves_no_room_for_a_filter() -> None:
    first, second, third = chain(3)
    end = End()
    end.graph.add([third])
    end.hear(SyncMessage((third.hash,), have=(Have((), build_bloom([first.hash])),)))
    message = end.say()
    assert message.need == (second.hash,)
    assert message.have == ()


def test_nothing_is_sent_before_the_peer_has_spoken() -> None:
    assert End(chain(3)).say().changes == ()


def test_a_peer_that_only_reads_is_sent_nothing() -> None:
    end = End(chain(3))
    end.hear(SyncMessage((), have=(Have(()),), capabilities=Capability.READ_ONLY))
    assert end.say().changes == ()


def test_an_imagined_common_past_is_answered_with_a_reset() -> None:
    changes = chain(2)
    end = End(changes)
    end.hear(SyncMessage((UNKNOWN,), have=(Have((UNKNOWN,)),)))
    answer = end.say()
    assert answer == SyncMessage((changes[1].hash,), have=(Have(()),))
    assert answer.is_reset
    end.hear(SyncMessage((), have=(Have(()),)))
    assert end.say().changes == raws(changes)


@pytest.mark.parametrize(
    "reset",
    [
        SyncMessage((UNKNOWN,), have=(Have(()),)),
        SyncMessage((), have=(Have(()),)),
        SyncMessage((UNKNOWN,), have=(Have((), b"\x00\x00\x00"),), capabilities=Capability.RESET),
    ],
)
def test_a_reset_is_answered_with_everything_again(reset: SyncMessage) -> None:
    changes = chain(3)
    end = End(changes)
    start = SyncMessage((UNKNOWN,), have=(Have(()),), capabilities=reset.capabilities)
    end.hear(start)
    assert b"".join(end.say().changes) == b"".join(raws(changes))
    end.hear(reset)
    assert b"".join(end.say().changes) == b"".join(raws(changes))


def test_what_arrived_is_not_sent_again() -> None:
    changes = chain(3)
    end = End(changes)
    everything_missing = SyncMessage((UNKNOWN,), have=(Have(()), Have(())))
    end.hear(everything_missing)
    assert end.say().changes == raws(changes)
    end.hear(SyncMessage((UNKNOWN,), have=(Have((), build_bloom([UNKNOWN])),)))
    assert end.say().changes == ()
