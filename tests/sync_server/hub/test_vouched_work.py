"""Stories of a closed relay, and of words that their author never sealed and never will."""

import pytest

from sync_server.access.voucher import vouch
from sync_server.hub.effects import Store
from sync_server.hub.records import VOUCHER
from sync_server.protocol.ids import Actor
from tests.sync_server.hub.carrying import PROOFS, bring, carrier, stored, typist
from tests.sync_server.hub.company import CONTRACT, CONTRACT_KEY, company, key, observer
from tests.sync_server.hub.sealed import last_seals, written
from tests.sync_server.hub.story import Story, Writer

HEIDI, CLARA, PETER = COMPANY = company()
HISTORY = written(30)
LOST = [change for change in HISTORY if PETER.wrote(change)]
"""What Peter wrote, whose computer is gone; all of Heidi's and Clara's after it was made on top."""
BEFORE = HISTORY.index(LOST[0])
VOUCHER_FOR_PETER = vouch(CONTRACT_KEY, LOST[-1].actor, LOST[-1].hash)
SEALS = last_seals([change for change in HISTORY if not PETER.wrote(change)], COMPANY)


def withheld(story: Story, name: int = 1) -> Writer:
    """Clara, who has brought everything, and everybody's seals but Peter's."""
    clara = carrier(story, COMPANY[name], 30)
    bring(clara, PROOFS, SEALS)
    clara.push(CONTRACT)
    story.wait(10)
    assert stored(story) == BEFORE == 14
    assert [kind for kind, _ in clara.notices] == ["withheld"]
    return clara


def test_what_is_vouched_for_is_taken_with_all_that_was_made_on_top_of_it() -> None:
    story = Story()
    clara = withheld(story)
    clara.bring(vouchers=(VOUCHER_FOR_PETER,))
    story.wait(2)
    assert stored(story) == 30
    assert clara.in_step(CONTRACT)
    assert story.hub.waiting == 0


def test_it_does_not_matter_who_brings_the_voucher_or_when() -> None:
    """The holder before anything else, or an observer afterwards."""
    story = Story()
    heidi = typist(story, HEIDI)
    heidi.bring(vouchers=(VOUCHER_FOR_PETER,))
    clara = carrier(story, CLARA, 30)
    bring(clara, PROOFS, SEALS)
    clara.push(CONTRACT)
    story.wait(2)
    assert stored(story) == 30
    story = Story()
    withheld(story)
    story.welcome(observer()).bring(vouchers=(VOUCHER_FOR_PETER,))
    story.wait(2)
    assert stored(story) == 30


def test_a_voucher_is_stored_before_it_is_told_and_told_to_whoever_comes_later() -> None:
    story = Story()
    clara, heidi = withheld(story), typist(story, HEIDI)
    before = len(story.effects)
    clara.bring(vouchers=(VOUCHER_FOR_PETER,))
    story.wait(2)
    batches = [effect for effect in story.effects[before:] if isinstance(effect, Store)]
    kept = [record for batch in batches for record in batch.records if record.kind == VOUCHER]
    assert [(one.name, one.data) for one in kept] == [(LOST[0].actor, VOUCHER_FOR_PETER.encode())]
    assert heidi.vouchers == [VOUCHER_FOR_PETER]
    again = Story(store=story.store)
    newcomer = typist(again, CLARA)
    assert newcomer.vouchers == [VOUCHER_FOR_PETER]
    assert len(newcomer.copies[CONTRACT].graph) == 30
    assert len([seal for seal in newcomer.seals if seal.startswith(LOST[0].actor)]) == 0


def test_the_author_may_seal_later_what_was_vouched_for() -> None:
    story = Story()
    withheld(story).bring(vouchers=(VOUCHER_FOR_PETER,))
    story.wait(2)
    peter = typist(story, PETER)
    peter.bring(seals=(PETER.seal(LOST[-1]),))
    story.settle()
    newcomer = typist(story, CLARA)
    assert PETER.seal(LOST[-1]) in newcomer.seals
    assert newcomer.vouchers == [VOUCHER_FOR_PETER]


def test_what_came_after_the_change_that_is_vouched_for_still_waits() -> None:
    story = Story()
    middle = LOST[3]
    withheld(story).bring(vouchers=(vouch(CONTRACT_KEY, middle.actor, middle.hash),))
    story.wait(2)
    assert stored(story) == BEFORE + 4
    assert story.hub.waiting == 30 - BEFORE - 4


@pytest.mark.parametrize(
    "voucher",
    [
        vouch(PETER.key, LOST[-1].actor, LOST[-1].hash),
        vouch(key("another contract"), LOST[-1].actor, LOST[-1].hash),
        vouch(CONTRACT_KEY, HISTORY[0].actor, LOST[-1].hash),
        vouch(CONTRACT_KEY, Actor(bytes(16)), LOST[-1].hash),
        vouch(CONTRACT_KEY, LOST[-1].actor, HISTORY[-1].hash),
        VOUCHER_FOR_PETER[:-4],
        VOUCHER_FOR_PETER.rpartition(".")[0] + ".",
        "",
    ],
    ids=["a seat", "elsewhere", "Heidi", "nobody", "Clara's change", "cut", "unsigned", "nothing"],
)
def test_what_does_not_vouch_for_it_lets_nothing_in(voucher: str) -> None:
    story = Story()
    clara, other = withheld(story), typist(story, HEIDI)
    clara.bring(vouchers=(voucher,))
    story.wait(2)
    assert stored(story) == BEFORE
    assert other.vouchers == []
    assert clara.is_open()
