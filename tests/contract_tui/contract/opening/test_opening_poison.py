"""Opening a contract in which somebody has left changes that harm a document."""

from collections.abc import Callable

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.opening.aside import Aside
from contract_tui.contract.opening.opening import Opening
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import ChangeHash
from tests.contract_tui.contract.people import BODY, actor, new_contract
from tests.contract_tui.contract.poison import POISONS, ignored, panicking, unsaveable

Poison = Callable[[bytes], bytes]


def hashes(*raws: bytes) -> list[ChangeHash]:
    return [change.hash for change in parse_changes(raws)]


class Story:
    """Maya types; a stranger leaves something harmful; both go on, each on their own."""

    def __init__(self, poison: Poison, before: int = 700, after: int = 20) -> None:
        maya = new_contract()
        for index in range(before):
            maya.splice(INTERESTS, Splice(index, index, "ab "[index % 3]))
        stranger = Contract.open(maya.changes_since(), actor("x"))
        good = stranger.splice(INTERESTS, Splice(0, 0, "hm"))
        later = stranger.splice(INTERESTS, Splice(2, 2, "m"))
        common = maya.changes_since()
        hers = [maya.splice(INTERESTS, Splice(index, index, "!")) for index in range(after)]
        self.poison = poison(good)
        self.text = maya.text(INTERESTS).text
        self.raws = [*common, *hers[:2], self.poison, *hers[2:], later]


@pytest.fixture(scope="module", params=POISONS)
def story(request: pytest.FixtureRequest) -> Story:
    return Story(request.param)


def opened(raws: list[bytes], **how: object) -> tuple[Opening, Aside]:
    aside = Aside()
    opening = Opening(raws, actor("z"), aside=aside, **how)  # type: ignore[arg-type]  # by test
    opening.complete()
    return opening, aside


def test_a_thorough_opening_finds_the_one_change_that_harms(story: Story) -> None:
    opening, aside = opened(story.raws, thorough=True)
    assert list(aside.accused) == hashes(story.poison)
    assert [change.raw for change in opening.offenders] == [story.poison]
    assert opening.document.text(BODY) == story.text
    assert opening.left_out == 0
    opening.document.prove()


@pytest.mark.parametrize("poison", [panicking, ignored])
def test_what_can_only_be_refused_needs_no_thorough_opening(poison: Poison) -> None:
    story = Story(poison)
    opening, aside = opened(story.raws)
    assert list(aside.accused) == hashes(story.poison)
    assert opening.document.text(BODY) == story.text


def test_what_was_made_on_top_of_it_waits() -> None:
    story = Story(unsaveable, before=3, after=3)
    maya = Contract.open(story.raws, actor("m"))
    on_top = maya.splice(INTERESTS, Splice(0, 0, "oh "))
    opening, aside = opened([*story.raws, on_top], thorough=True)
    assert opening.document.text(BODY) == story.text
    # The stranger's next change, which lacks the one before it, and Maya's, which saw both.
    assert len(aside.hashes) == 2 + len(aside.accused)
    assert aside.hashes.issuperset(hashes(on_top))


@pytest.mark.parametrize("poison", [panicking, ignored])
def test_whoever_sets_nothing_aside_is_told_how_many_were_left_out(poison: Poison) -> None:
    contract = Contract.open(Story(poison, before=3).raws, actor("z"))
    assert contract.set_aside == ["2 of the changes could not be used."]


def test_doubtful_changes_are_tried_on_a_copy_first() -> None:
    story = Story(panicking, before=5, after=20)
    at = story.raws.index(story.poison)
    opening, aside = opened(story.raws, doubtful=at - 2)
    assert list(aside.accused) == hashes(story.poison)
    assert opening.document.text(BODY) == story.text


def test_several_harmful_changes_are_found_one_after_the_other() -> None:
    maya = new_contract()
    for index in range(60):
        maya.splice(INTERESTS, Splice(index, index, "x"))
    raws, poisons = maya.changes_since(), []
    for number, poison in enumerate([panicking, unsaveable, ignored, unsaveable, panicking]):
        stranger = Contract.open(maya.changes_since(), actor("cdefg"[number]))
        poisons.append(poison(stranger.splice(INTERESTS, Splice(number, number, "?"))))
        raws.append(poisons[-1])
        raws.append(maya.splice(INTERESTS, Splice(0, 0, "m")))
    opening, aside = opened(raws, thorough=True)
    assert set(aside.accused) == set(hashes(*poisons))
    assert aside.waiting == 0
    assert opening.document.text(BODY) == maya.text(INTERESTS).text


def test_the_search_takes_few_steps() -> None:
    story = Story(unsaveable)
    opening = Opening(story.raws, actor("z"), aside=Aside(), thorough=True)
    steps = 1
    while opening.advance():
        steps += 1
    assert steps < 2 + 2 + len(story.raws).bit_length() + 2
