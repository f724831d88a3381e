import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import pytest
from automerge.core import ROOT, Document, ScalarType

from sync_server.protocol import filters
from sync_server.protocol.bloom import Bloom, build_bloom
from sync_server.protocol.chunk import Change, parse_changes, split
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph, Snapshot
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.sync import Capability, Have, SyncMessage, SyncState, Version
from tests.sync_server.protocol.written import ALICE, BOB, chain, write_change

UNKNOWN = ChangeHash(b"\xee" * 32)


class End:
    """One of two ends that talk without a network."""

    def __init__(
        self, changes: Sequence[Change] = (), *, advertise: bool = False, mute: bool = False
    ) -> None:
        self.graph = Graph()
        self.graph.add(changes)
        self.state = SyncState(self.graph, advertise=advertise, mute=mute)

    def hear(self, message: SyncMessage) -> list[Change]:
        return self.state.receive(message, parse_changes(message.changes))

    def say(self, *, ack: bool = True) -> SyncMessage:
        message = self.state.generate(ack)
        assert message is not None
        return SyncMessage.decode(message.encode())

    @property
    def silent(self) -> bool:
        return self.state.generate() is None


def talk(left: End, right: End) -> int:
    """Let the two talk until both are silent; returns the number of messages."""
    for spoken in range(50):
        left_says, right_says = left.state.generate(), right.state.generate()
        if left_says:
            right.hear(left_says)
        if right_says:
            left.hear(right_says)
        if not left_says and not right_says:
            return spoken
    raise AssertionError("they never fall silent")


def raws(changes: Sequence[Change]) -> tuple[bytes, ...]:
    return tuple(change.raw for change in changes)


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


def test_three_rounds_without_progress_end_in_empty_heads() -> None:
    changes = chain(3)
    end = End(changes)
    repeat = SyncMessage((changes[0].hash,), (changes[2].hash,), (Have((changes[0].hash,)),))
    end.hear(repeat)
    assert end.say().changes == raws(changes[1:])
    for _ in range(2):
        end.hear(repeat)
        assert end.silent
    end.hear(repeat)
    healing = end.say()
    assert healing.heads == ()
    assert healing.changes == raws(changes[1:])
    end.hear(SyncMessage((changes[2].hash,), have=(Have((changes[2].hash,)),)))
    assert end.say().heads == (changes[2].hash,)


def test_a_peer_that_never_gets_in_step_is_healed_ever_more_rarely_and_then_no_more() -> None:
    changes = chain(3)
    end = End(changes)
    end.hear(SyncMessage((changes[0].hash,), have=(Have((changes[0].hash,)),)))
    assert end.say().changes == raws(changes[1:])
    healed = []
    for number in range(1_000):
        end.state.nudge()
        message = end.say()
        if message.changes:
            assert message.heads == ()
            healed.append(number)
    assert len(healed) == 5
    pauses = [later - earlier for earlier, later in pairwise(healed)]
    assert all(later >= 2 * earlier for earlier, later in pairwise(pauses))


def test_a_peer_that_got_in_step_is_healed_as_soon_as_a_new_one() -> None:
    changes = chain(4)
    end = End(changes[:3])
    behind, beside = ((change.hash,) for change in (changes[0], changes[2]))

    def nudges_until_healed() -> int:
        end.hear(SyncMessage(behind, (), (Have(behind),)))
        end.state.generate()
        for number in range(100):
            end.state.nudge()
            if end.say().heads == ():
                return number
        raise AssertionError("never")

    soon, later = nudges_until_healed(), nudges_until_healed()
    end.hear(SyncMessage(beside, (), (Have(beside),)))
    assert nudges_until_healed() == soon < later


def test_a_nudge_breaks_a_silence_that_is_no_agreement() -> None:
    changes = chain(2)
    end = End(changes)
    end.say()
    assert end.silent
    for _ in range(2):
        end.state.nudge()
        assert end.say().heads == (changes[1].hash,)
    end.state.nudge()
    assert end.say().heads == ()


def test_a_nudge_leaves_an_agreement_alone() -> None:
    left, right = End(chain(2)), End(chain(2))
    talk(left, right)
    left.state.nudge()
    assert left.silent


def test_two_that_lost_every_other_message_agree_after_some_nudges() -> None:
    chance = random.Random(5)
    left, right = End(chain(30, actor=ALICE)), End(chain(30, actor=BOB))
    for _ in range(60):
        for speaker, listener in ((left, right), (right, left)):
            speaker.state.nudge()
            message = speaker.state.generate()
            if message and chance.random() < 0.5:
                listener.hear(message)
        if left.state.in_step and right.state.in_step:
            break
    assert left.graph.heads == right.graph.heads
    assert left.state.unshared() == right.state.unshared() == 0


def test_a_long_upload_comes_in_portions() -> None:
    class Terse(SyncState):
        MOST_BYTES = 250

    changes = chain(9)
    left, right = End(changes), End()
    left.state = Terse(left.graph)
    right.say()
    left.hear(SyncMessage((), have=(Have(()),)))
    portions = [left.say()]
    while not right.state.in_step or len(right.graph) < 9:
        right.hear(portions[-1])
        left.hear(right.say())
        if answer := left.state.generate():
            portions.append(answer)
    sent = [raw for portion in portions for raw in portion.changes]
    assert sent == list(raws(changes))
    assert all(sum(map(len, portion.changes)) <= 250 for portion in portions)
    assert left.state.unshared() == 0


def test_with_much_on_its_way_an_answer_is_awaited() -> None:
    *changes, new = chain(1_100)
    end = End(changes)
    end.hear(SyncMessage((), have=(Have(()),)))
    assert len(end.say().changes) == len(changes)
    end.graph.add([new])
    assert end.silent
    end.hear(SyncMessage((changes[-1].hash,), have=(Have((changes[-1].hash,)),)))
    assert end.say().changes == (new.raw,)


class Careful(SyncState):
    """Takes steps of ten changes, and has one filter for more than ten."""

    MANY = 10
    STEP = 10


def steps(state: SyncState) -> tuple[int, SyncMessage]:
    """Let a message be worked out; returns in how many steps, and what it is."""
    taken = 1
    while (message := state.generate()) is None:
        assert state.unfinished
        taken += 1
    assert not state.unfinished
    return taken, message


def test_a_long_answer_is_worked_out_in_steps() -> None:
    changes = chain(45)
    end = End(changes)
    end.state = Careful(end.graph, stepwise=True)
    end.hear(SyncMessage((), have=(Have(()),)))
    taken, message = steps(end.state)
    assert message.changes == raws(changes)
    assert taken == 5


def test_what_comes_while_an_answer_is_worked_out_goes_with_it() -> None:
    changes = chain(60)
    end = End(changes[:45])
    end.state = Careful(end.graph, stepwise=True)
    end.hear(SyncMessage((), have=(Have(()),)))
    assert end.silent
    end.graph.add(changes[45:])
    assert steps(end.state)[1].changes == raws(changes)


def test_who_says_something_else_meanwhile_gets_the_answer_to_that() -> None:
    changes = chain(45)
    end = End(changes)
    end.state = Careful(end.graph, stepwise=True)
    end.hear(SyncMessage((), have=(Have(()),)))
    assert end.silent
    end.hear(SyncMessage((changes[20].hash,), have=(Have((changes[20].hash,)),)))
    assert steps(end.state)[1].changes == raws(changes[21:])


def test_a_filter_is_looked_up_and_another_made_in_steps() -> None:
    changes = chain(45)
    end = End(changes)
    end.state = Careful(end.graph, stepwise=True)
    everything = build_bloom([change.hash for change in changes[:40]])
    end.hear(SyncMessage((UNKNOWN,), have=(Have((), everything),)))
    taken, message = steps(end.state)
    assert message.changes == raws(changes[40:])
    assert taken == 9
    bloom = Bloom(message.have[0].bloom)
    assert all(change.hash in bloom for change in changes)


def test_for_who_never_gets_in_step_a_new_key_is_one_change_of_work() -> None:
    """Otherwise everyone's next keystroke would cost as much as the whole past."""
    *changes, before, new = chain(47)
    end = End([*changes, before])
    end.state = Careful(end.graph, stepwise=True)
    filtered = build_bloom([change.hash for change in changes])
    end.hear(SyncMessage((UNKNOWN,), have=(Have((), filtered),)))
    assert steps(end.state)[1].changes == (before.raw,)
    end.graph.add([new])
    taken, message = steps(end.state)
    assert taken == 1
    assert message.changes == (new.raw,)
    assert new.hash in Bloom(message.have[0].bloom)
    assert end.state.extra == 0


def test_heads_that_become_known_make_the_past_be_looked_at_again_and_that_is_told() -> None:
    *changes, first, second = chain(47)
    end = End([*changes, first])
    end.state = Careful(end.graph, stepwise=True)
    end.hear(SyncMessage(tuple(sorted((second.hash, UNKNOWN))), have=(Have(()),)))
    assert steps(end.state)[1].changes == raws([*changes, first])
    end.graph.add([second])
    assert steps(end.state)[1].changes == ()
    assert end.state.extra == 47


def test_a_change_larger_than_a_portion_goes_alone() -> None:
    class Terse(SyncState):
        MOST_BYTES = 1

    changes = chain(3)
    end = End(changes)
    end.state = Terse(end.graph)
    end.hear(SyncMessage((), have=(Have(()),)))
    assert end.say().changes == raws(changes[:1])


def test_a_change_that_cannot_be_ends_the_exchange() -> None:
    bad = write_change(seq=5)
    with pytest.raises(BadChunk, match="change 5"):
        End().hear(SyncMessage((bad.hash,), changes=(bad.raw,)))


def test_a_peer_with_unknown_heads_cannot_make_us_remember_without_end() -> None:
    changes = chain(200)
    end = End(changes)
    for change in changes:
        end.hear(SyncMessage((UNKNOWN, change.hash), have=(Have(()),)))
    assert len(end.say().have[0].last_sync) == 64
    assert end.state.unshared() == 0


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
