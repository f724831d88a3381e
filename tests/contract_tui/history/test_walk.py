from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import (
    INTERESTS,
    SUPPORTS,
    TITLE,
    PartId,
)
from contract_tui.contract.text.splice import Splice
from contract_tui.history.comparison import Mark
from contract_tui.history.history import History
from contract_tui.history.turns import Turn
from contract_tui.history.walk import Comparison, Only, Walk
from contract_tui.session.copies.names import Names
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.contract.people import (
    BEGINNING,
    MAYA,
    OKAFOR,
    actor,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.history.noting import Table
from tests.contract_tui.history.reading import graph_of, history
from tests.contract_tui.history.sittings import PARTS, Deed, deeds, three, write, written
from tests.contract_tui.history.walking import DAY, Steps, marked, steps, walk_about, walked
from tests.searching import LONG_STORIES

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
