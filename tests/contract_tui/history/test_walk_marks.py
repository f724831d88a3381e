"""What is marked while one walks through the past, and against what."""

from collections import Counter

import pytest
from hypothesis import given

from contract_tui.contract.schema import (
    INTERESTS,
    STRUCTURE,
    SUPPORTS,
    TITLE,
    PartId,
    StructureChoice,
)
from contract_tui.contract.text.splice import Splice
from contract_tui.history.comparison import Mark
from contract_tui.history.walk import Comparison, Walk
from tests.contract_tui.contract.people import (
    BEGINNING,
    MAYA,
    OKAFOR,
    actor_of,
    new_contract,
)
from tests.contract_tui.history.noting import PAPA, Table
from tests.contract_tui.history.reading import history
from tests.contract_tui.history.sittings import Deed, deeds, written
from tests.contract_tui.history.walking import Steps, marked, steps, walk_about, walked
from tests.searching import LONG_STORIES


@LONG_STORIES
@given(deeds)
def test_each_letter_is_marked_once_in_the_turn_whose_doing_it_is(script: list[Deed]) -> None:
    walk = Walk(history(written(script)))
    came: Counter[tuple[PartId, int]] = Counter()
    went: Counter[tuple[PartId, int]] = Counter()
    for index, turn in enumerate(walk.turns):
        walk.go(index)
        for part, chronicle in walk.history.past.chronicles.items():
            for run in walk.runs(part):
                places = {(part, place) for place in run.places}
                if run.mark is Mark.KEPT:
                    continue
                assert part == turn.section
                counted = came if run.mark is Mark.ADDED else went
                counted.update(places)
                assert (run.author if run.mark is Mark.ADDED else run.taker) == turn.actor
                for _, place in places:
                    letter = chronicle.letters[place]
                    doing = letter.born if run.mark is Mark.ADDED else letter.gone[0]
                    assert doing in turn.changes
    own = {(turn.section, at): turn for turn in walk.turns for at in turn.changes}
    for part, chronicle in walk.history.past.chronicles.items():
        for place, letter in enumerate(chronicle.letters):
            if not letter.gone:
                assert came[part, place] == 1
            elif own[part, letter.born] is not own[part, letter.gone[0]]:
                assert went[part, place] == 1
            else:
                assert came[part, place] == went[part, place] == 0


def test_what_others_wrote_meanwhile_is_there_without_a_mark() -> None:
    table = Table()
    maya, okafor = table.maya, table.okafor
    maya.splice(INTERESTS, Splice(0, 0, "I like owls"), BEGINNING + 1_000)
    table.meet()
    okafor.splice(INTERESTS, Splice(11, 11, "?"), BEGINNING + 1_010)
    table.meet()
    maya.splice(INTERESTS, Splice(0, 0, "Oh, "))
    table.meet()
    walk = Walk(history(maya))
    assert marked(walk.runs(INTERESTS)) == [("?", Mark.ADDED)]
    assert walk.text(INTERESTS) == "Oh, I like owls?"
    assert walk.step(-1)
    assert marked(walk.runs(INTERESTS)) == [("Oh, I like owls", Mark.ADDED)]
    assert walk.text(INTERESTS) == "Oh, I like owls?"
    assert not marked(walk.runs(TITLE))


def test_what_two_took_out_at_once_is_marked_with_the_first_of_them() -> None:
    table = Table()
    table.write(table.maya, 1_000, "owls")
    for contract in (table.okafor, table.papa):
        contract.splice(INTERESTS, Splice(0, 4, ""), BEGINNING + 2_000)
    # Both go on, so that either turn is shown with all of the other.
    table.meet()
    for contract in (table.okafor, table.papa):
        contract.splice(INTERESTS, Splice(0, 0, "x"))
    table.meet()
    walk = Walk(history(table.maya))
    seen = []
    for index in range(len(walk.turns)):
        walk.go(index)
        seen += [run for run in walk.runs(INTERESTS) if run.mark is Mark.REMOVED]
    [run] = seen
    assert (run.text, run.author) == ("owls", actor_of(MAYA))
    assert run.taker == min(actor_of(OKAFOR), actor_of(PAPA))


def test_what_was_written_and_taken_out_in_one_turn_is_never_marked() -> None:
    maya = new_contract()
    maya.splice(INTERESTS, Splice(0, 0, "no"), BEGINNING + 100)
    maya.splice(INTERESTS, Splice(0, 2, "yes"))
    walk = Walk(history(maya))
    assert marked(walk.runs(INTERESTS)) == [("yes", Mark.ADDED)]
    walk.step_version(-1)
    assert marked(walk.runs(INTERESTS)) == [("no", Mark.ADDED)]
    walk.step_version(1)
    assert walk.version is not None
    assert marked(walk.runs(INTERESTS)) == [("yes", Mark.ADDED)]


def test_a_choice_is_told_with_the_one_before() -> None:
    maya = new_contract()
    maya.choose_structure(StructureChoice.STEPS, BEGINNING + 100)
    maya.choose_structure(StructureChoice.OWN_WAY, BEGINNING + 200)
    walk = Walk(history(maya))
    assert walk.choice() == (StructureChoice.STEPS, StructureChoice.OWN_WAY)
    walk.step(-1)
    assert walk.choice() == (StructureChoice.NOT_CHOSEN, StructureChoice.STEPS)
    walk.compare(Comparison.FIRST_WORDS)
    assert walk.choice() == (StructureChoice.STEPS, StructureChoice.OWN_WAY)
    walk.compare(Comparison.NOTHING)
    assert walk.choice() == (StructureChoice.OWN_WAY, StructureChoice.OWN_WAY)


def test_since_i_was_here_all_is_marked_that_is_new_and_nothing_further_back() -> None:
    table = Table()
    table.write(table.maya, 1_000, "owls ")
    seen = table.maya.heads
    table.write(table.okafor, 2_000, "why? ")
    table.write(table.maya, 3_000, "so. ")
    walk = Walk(history(table.maya), MAYA.id, seen)
    walk.step(-1)
    assert not walk.since_beginning
    assert walk.compare(Comparison.SINCE_HERE)
    assert walk.at_end
    assert marked(walk.runs(INTERESTS)) == [("why? ", Mark.ADDED), ("so. ", Mark.ADDED)]
    assert walk.since == 1
    walk.step(-1)
    assert marked(walk.runs(INTERESTS)) == [("why? ", Mark.ADDED)]
    walk.first()
    assert walk.before == walk.moment
    assert not marked(walk.runs(INTERESTS))


@pytest.mark.parametrize("seen", [None, (), (b"nobody knows this version, ever.",)])
def test_who_never_looked_finds_everything_new(seen: tuple[bytes, ...] | None) -> None:
    table = Table()
    table.write(table.maya, 1_000, "owls ")
    walk = Walk(history(table.maya), MAYA.id, seen)  # type: ignore[arg-type] # heads of nobody
    assert walk.since_beginning
    walk.compare(Comparison.SINCE_HERE)
    assert marked(walk.runs(INTERESTS)) == [("owls ", Mark.ADDED)]
    assert walk.since is None


def test_what_was_seen_on_a_branch_is_not_new() -> None:
    table = Table()
    table.write_alone(table.okafor, 1_000, "why? ")
    table.write_alone(table.maya, 1_000, "owls ")
    walk = Walk(history(table.maya), MAYA.id, table.maya.heads)
    seen = table.maya.heads
    table.meet()
    walk = Walk(history(table.maya), MAYA.id, seen)
    walk.compare(Comparison.SINCE_HERE)
    assert marked(walk.runs(INTERESTS)) == [("why? ", Mark.ADDED)]


def test_an_agreement_is_compared_with_as_long_as_it_lies_behind() -> None:
    table = Table()
    table.write(table.maya, 1_000, "one ")
    table.agree(MAYA)
    table.write(table.maya, 2_000, "two ")
    table.agree(OKAFOR)
    table.write(table.maya, 3_000, "three ")
    walk = Walk(history(table.maya))
    assert walk.compare(Comparison.SINCE_AGREEMENT) is False
    assert walk.comparison is Comparison.SINCE_AGREEMENT
    assert marked(walk.runs(INTERESTS)) == [("three ", Mark.ADDED)]
    walk.step(-1)
    assert marked(walk.runs(INTERESTS)) == [("two ", Mark.ADDED)]
    walk.step(-1)
    assert not marked(walk.runs(INTERESTS))
    assert [walk.route.agreed_before(index) for index in range(5)] == [
        *(False, False, True, True, False)
    ]


def test_since_an_agreement_of_today_nothing_has_changed() -> None:
    table = Table()
    table.write(table.maya, 1_000, "one ")
    table.agree(MAYA)
    walk = Walk(history(table.maya))
    walk.compare(Comparison.SINCE_AGREEMENT)
    assert not marked(walk.runs(INTERESTS))
    assert walk.route.agreed_before(2)


def test_without_an_agreement_and_without_a_mark_neither_is_offered() -> None:
    table = Table()
    table.write(table.maya, 1_000)
    walk = Walk(history(table.maya))
    assert {Comparison.SINCE_AGREEMENT, Comparison.SINCE_MARK}.isdisjoint(walk.offered)
    for one in (Comparison.SINCE_AGREEMENT, Comparison.SINCE_MARK):
        assert not walk.compare(one)
        assert walk.comparison is Comparison.TURN


def test_the_first_words_of_each_part_are_those_its_first_turn_ended_with() -> None:
    table = Table()
    table.write(table.maya, 1_000, "birds ")
    table.write(table.okafor, 2_000, "quiet ", SUPPORTS)
    table.write(table.okafor, 3_000, "which? ")
    table.write(table.maya, 4_000, "yes ", SUPPORTS)
    walk = Walk(history(table.maya))
    walk.compare(Comparison.FIRST_WORDS)
    assert marked(walk.runs(INTERESTS)) == [("which? ", Mark.ADDED)]
    assert marked(walk.runs(SUPPORTS)) == [("yes ", Mark.ADDED)]
    assert not walk.runs(STRUCTURE)


@LONG_STORIES
@given(deeds, steps, steps)
def test_a_marked_place_is_compared_with_wherever_one_goes(
    script: list[Deed], there: Steps, here: Steps
) -> None:
    contract, walk = walked(script, there)
    marked_at = walk.moment
    walk.mark()
    walk_about(walk, here)
    walk.compare(Comparison.SINCE_MARK)
    older = min(marked_at, walk.moment)
    assert walk.before == older
    then = contract.reading(walk.history.heads(older))
    for section in then.sections:
        runs = walk.runs(section.part)
        assert "".join(run.text for run in runs if run.mark is not Mark.ADDED) == section.text


def test_any_version_can_be_the_mark() -> None:
    table = Table()
    table.write(table.maya, 1_000, "one ")
    heads = table.maya.heads
    table.write(table.maya, 2_000, "two ")
    walk = Walk(history(table.maya))
    walk.mark_version(heads)
    walk.compare(Comparison.SINCE_MARK)
    assert marked(walk.runs(INTERESTS)) == [("two ", Mark.ADDED)]
    with pytest.raises(LookupError):
        walk.mark_version(new_contract("Another").heads)
