from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import (
    INTERESTS,
    STRUCTURE,
    SUPPORTS,
    TITLE,
    PartId,
    StructureChoice,
)
from contract_tui.contract.splice import Splice
from contract_tui.history.comparison import Mark, Run
from contract_tui.history.history import History
from contract_tui.history.turns import Turn
from contract_tui.history.walk import Comparison, Only, Walk
from contract_tui.session.names import Names
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.contract.people import (
    BEGINNING,
    MAYA,
    OKAFOR,
    actor,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.history.noting import PAPA, Table
from tests.contract_tui.history.reading import graph_of, history
from tests.contract_tui.history.sittings import PARTS, Deed, deeds, three, write, written
from tests.searching import LONG_STORIES

DAY = 86_400
Steps = list[tuple[str, int]]
steps: st.SearchStrategy[Steps] = st.lists(
    st.tuples(
        st.sampled_from(["step", "step_version", "step_chapter", "go", "first", "last"]),
        st.integers(-3, 3),
    ),
    max_size=6,
)


def walk_about(walk: Walk, where: Steps) -> None:
    for name, by in where:
        method = getattr(walk, name)
        method() if name in ("first", "last") else method(by)


def walked(script: list[Deed], where: Steps) -> tuple[Contract, Walk]:
    contract = written(script)
    walk = Walk(history(contract))
    walk_about(walk, where)
    return contract, walk


def marked(runs: Sequence[Run]) -> list[tuple[str, Mark]]:
    return [(run.text, run.mark) for run in runs if run.mark is not Mark.KEPT]


# Steps


@LONG_STORIES
@given(deeds, steps)
def test_a_step_on_and_a_step_back_return(script: list[Deed], where: Steps) -> None:
    _, walk = walked(script, where)
    for step in (walk.step, walk.step_version):
        step(0)
        for by in (1, -1):
            place, moment = (walk.index, walk.version), walk.moment
            if step(by):
                assert (walk.index, walk.version) != place
                assert step(-by)
            assert walk.moment == moment
            assert walk.index == place[0]


@LONG_STORIES
@given(deeds)
def test_nobody_who_goes_on_is_taken_back_in_time(script: list[Deed]) -> None:
    walk = Walk(history(written(script)))
    for step in (walk.step, walk.step_version):
        walk.first()
        seen = [walk.moment]
        while step(1):
            seen.append(walk.moment)
        assert all(not any(map(int.__gt__, one, later)) for one, later in pairwise(seen))
        assert walk.index == len(walk.turns) - 1
    assert seen[-1] == walk.history.past.until(walk.turns[-1].shown)


def test_single_changes_of_a_turn_are_shown_with_all_of_the_turn_before() -> None:
    maya, okafor, _ = three()
    maya.splice(INTERESTS, Splice(0, 0, "a"), BEGINNING + 100)
    exchange(maya, okafor)
    okafor.splice(SUPPORTS, Splice(0, 0, "b"), BEGINNING + 200)
    exchange(maya, okafor)
    maya.splice(INTERESTS, Splice(1, 1, "c"))
    exchange(maya, okafor)
    okafor.splice(SUPPORTS, Splice(1, 1, "d"))
    exchange(maya, okafor)
    walk = Walk(history(maya))
    walk.go(1)
    assert (walk.text(INTERESTS), walk.text(SUPPORTS)) == ("ac", "b")
    assert walk.step_version(1)
    assert walk.version == walk.turns[2].begin
    assert (walk.text(INTERESTS), walk.text(SUPPORTS)) == ("ac", "b")
    assert walk.step_version(1)
    assert (walk.text(INTERESTS), walk.text(SUPPORTS)) == ("ac", "bd")
    assert walk.step_version(-2)
    assert (walk.change, walk.text(INTERESTS), walk.text(SUPPORTS)) == (1, "ac", "b")


@LONG_STORIES
@given(deeds, steps)
def test_what_is_shown_is_what_the_contract_was_then(script: list[Deed], where: Steps) -> None:
    contract, walk = walked(script, where)
    heads = walk.history.heads(walk.moment)
    for part in (TITLE, *PARTS):
        text = contract.text_at(part, heads)
        assert walk.text(part) == text
        for comparison in walk.offered:
            walk.comparison = comparison
            runs = walk.runs(part)
            assert "".join(run.text for run in runs if run.mark is not Mark.REMOVED) == text
            assert walk.choice()[1] is contract.reading(heads).structure_choice


def test_single_changes_are_those_inside_of_turns_one_after_the_other() -> None:
    maya = new_contract()
    maya.splice(INTERESTS, Splice(0, 0, "a"), BEGINNING + 100)
    maya.splice(INTERESTS, Splice(1, 1, "b"))
    maya.splice(SUPPORTS, Splice(0, 0, "c"), BEGINNING + 200)
    walk = Walk(history(maya))
    assert (walk.index, walk.version) == (2, None)
    assert walk.step_version(-1)
    assert (walk.index, walk.change, walk.text(INTERESTS), walk.text(SUPPORTS)) == (1, 1, "ab", "")
    assert walk.step_version(-1)
    assert (walk.index, walk.change, walk.text(INTERESTS)) == (1, 0, "a")
    assert walk.version == walk.turns[1].begin
    assert walk.step(1)
    assert (walk.index, walk.at_end, walk.text(INTERESTS)) == (1, False, "ab")
    assert walk.step_version(1)
    assert (walk.index, walk.change) == (2, 0)
    assert not walk.step_version(1)


def test_chapters_are_walked_through_by_their_beginnings() -> None:
    table = Table()
    for seconds in (100, 400, DAY, 3 * DAY, 3 * DAY + 400):
        table.write(table.maya, seconds)
    walk = Walk(history(table.maya))
    assert [chapter.first for chapter in walk.chapters] == [0, 3, 4]
    assert not walk.step_chapter(1)
    assert [walk.step_chapter(-1) and walk.index for _ in range(4)] == [4, 3, 0, False]
    walk.go(1)
    assert walk.chapter is walk.chapters[0]
    assert walk.step_chapter(-1)
    assert walk.index == 0
    assert [walk.step_chapter(1) and walk.index for _ in range(4)] == [3, 4, 5, False]
    assert walk.chapter is walk.chapters[2]
    assert walk.first()
    assert walk.step_chapter(2)
    assert walk.index == 4


# What is marked


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


# Filters


@LONG_STORIES
@given(deeds, steps, st.sampled_from([None, "b", "c"]), st.sampled_from([None, *PARTS]))
def test_no_turn_is_shown_that_does_not_pass_the_filter(
    script: list[Deed], where: Steps, who: str | None, part: PartId | None
) -> None:
    _, walk = walked(script, where)
    author = None if who is None else walk.history.author(actor(who)).id
    before = walk.turn
    walk.only(Only(author, part))
    wanted = [
        turn
        for turn in walk.history.turns
        if who in (None, chr(turn.actor[0])) and part in (None, turn.section)
    ]
    assert list(walk.turns) == wanted
    if before in wanted:
        assert walk.turn is before
    elif wanted:
        assert walk.turn is max(
            (turn for turn in wanted if before and turn.number < before.number),
            key=lambda turn: turn.number,
            default=wanted[0],
        )
    else:
        assert (walk.turn, walk.index, walk.chapter) == (None, -1, None)
    walk_about(walk, where)
    assert walk.turn in wanted or not wanted


def test_of_others_nothing_is_marked_while_one_person_is_followed() -> None:
    table = Table()
    table.write(table.maya, 1_000, "I like owls ")
    table.write(table.okafor, 2_000, "why? ")
    table.okafor.splice(INTERESTS, Splice(0, 2, ""))
    table.write(table.okafor, 2_500, "help ", SUPPORTS)
    walk = Walk(history(table.maya))
    walk.only(Only(MAYA.id))
    walk.compare(Comparison.SINCE_HERE)
    walk.only(Only(OKAFOR.id))
    walk.last()
    assert marked(walk.runs(INTERESTS)) == [("why? ", Mark.ADDED)]
    walk.only(Only(OKAFOR.id, SUPPORTS))
    assert not marked(walk.runs(INTERESTS))
    assert marked(walk.runs(SUPPORTS)) == [("help ", Mark.ADDED)]


def test_a_word_leads_to_its_turn_even_from_behind_a_filter() -> None:
    table = Table()
    table.write(table.maya, 1_000, "owls ")
    table.write(table.okafor, 2_000, "why? ")
    walk = Walk(history(table.maya))
    walk.only(Only(OKAFOR.id))
    born = walk.history.past.chronicles[INTERESTS].letters[0].born
    assert walk.visit(born, INTERESTS)
    assert walk.filter == Only()
    assert walk.turn is not None
    assert born in walk.turn.changes
    assert not walk.visit(born, SUPPORTS)
    assert not walk.visit(10_000)


# Little or nothing


def test_a_contract_without_turns_is_shown_as_it_stands() -> None:
    empty = Contract.blank(actor("a"), new_contract().id or b"")  # type: ignore[arg-type]
    walk = Walk(history(empty))
    assert (walk.turn, walk.index, walk.version, walk.chapter, walk.at_end) == (
        *(None, -1, None, None),
        True,
    )
    for move in (walk.first, walk.last):
        assert not move()
    for step in (walk.step, walk.step_version, walk.step_chapter, walk.go):
        assert not step(1)
        assert not step(-1)
    walk.mark()
    for comparison in Comparison:
        assert not walk.compare(comparison)
        assert not walk.runs(INTERESTS)
        assert walk.before == walk.moment or comparison is not Comparison.NOTHING
    assert walk.text(INTERESTS) == ""
    assert walk.text(PartId("nowhere")) == ""
    assert not walk.runs(PartId("nowhere"))
    assert walk.letters == 0


def test_a_contract_with_one_turn_has_nowhere_else_to_go() -> None:
    walk = Walk(history(new_contract()))
    assert (walk.index, walk.at_end) == (0, True)
    assert not walk.step(1)
    assert not walk.step(-1)
    assert not walk.step_chapter(1)
    assert not walk.step_chapter(-1)
    assert marked(walk.runs(TITLE)) == [("Maya's contract", Mark.ADDED)]
    assert walk.letters == len("Maya's contract")


def test_the_past_of_another_program_is_walked_through_too() -> None:
    stranger = copy(new_contract(), actor("s"))
    for part in (INTERESTS, SUPPORTS, INTERESTS):
        stranger.splice(part, Splice(0, 0, "x"))
    walk = Walk(history(stranger))
    assert [turn.section for turn in walk.turns] == [TITLE, INTERESTS, SUPPORTS, INTERESTS]
    assert marked(walk.runs(INTERESTS)) == [("x", Mark.ADDED)]
    assert walk.step_chapter(-1)


# While others write


@LONG_STORIES
@given(deeds, deeds, steps)
def test_the_place_stays_while_others_write(
    script: list[Deed], more: list[Deed], where: Steps
) -> None:
    contracts = three()
    write(contracts, script)
    contract = contracts[0]
    graph = graph_of(contract)
    walk = Walk(History.read(contract, Names(graph)))
    walk_about(walk, where)
    walk.mark()
    turn, change, at_end = walk.turn, walk.change, walk.at_end
    place = None if turn is None else begin(walk, turn)
    write(contracts, more)
    exchange(*contracts)
    grown = walk.history
    news = parse_changes(contract.changes_since(grown.newest))
    graph.add(news, trusted=True)
    followed = grown.follow(news)
    walk.follow(grown if followed else history(contract))
    assert Comparison.SINCE_MARK in walk.offered
    assert walk.text(INTERESTS) == contract.text_at(INTERESTS, walk.history.heads(walk.moment))
    if at_end:
        assert walk.at_end
    else:
        assert walk.turn is not None
        assert (begin(walk, walk.turn), walk.change) == (place, change)


def begin(walk: Walk, turn: Turn) -> tuple[bytes, PartId, int]:
    """What names a turn for ever: its author's change with which it began, and its part."""
    return turn.actor, turn.section, walk.history.past.order.seq(turn.begin)


def test_who_waits_at_the_end_of_nothing_is_led_to_the_first_words() -> None:
    table = Table()
    walk = Walk(history(table.maya))
    walk.only(Only(OKAFOR.id))
    assert not walk.turns
    table.write(table.okafor, 1_000, "hm")
    walk.follow(history(table.maya))
    assert walk.turn is not None
    assert walk.at_end
    assert marked(walk.runs(INTERESTS)) == [("hm", Mark.ADDED)]
