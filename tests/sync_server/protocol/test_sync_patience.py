"""An exchange with a peer that loses, forgets or asks for much, in portions and in steps."""

import random
from itertools import pairwise

import pytest

from sync_server.protocol.bloom import Bloom, build_bloom
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.sync import Have, SyncMessage, SyncState
from tests.sync_server.protocol.ends import UNKNOWN, End, raws, talk
from tests.sync_server.protocol.written import ALICE, BOB, chain, write_change


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
