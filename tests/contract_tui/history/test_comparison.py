from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.authorship import Doubted
from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.history.comparison import Mark, Run, changed, compare
from contract_tui.history.history import History, Origin
from contract_tui.session.copies.names import Names
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.contract.people import (
    BEGINNING,
    BODY,
    MAYA,
    OKAFOR,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.history.conference import Script, conference, steps
from tests.contract_tui.history.naive import Replay
from tests.contract_tui.history.reading import graph_of, history
from tests.searching import LONG_STORIES

MINE, THEIRS = actor_of(MAYA), actor_of(OKAFOR)


def two() -> tuple[Contract, Contract]:
    maya = new_contract()
    okafor = copy(maya, THEIRS)
    maya.splice(INTERESTS, Splice(0, 0, "I like birds"))
    exchange(maya, okafor)
    return maya, okafor


def compared(contract: Contract, since: int, until: int | None = None) -> list[Run]:
    past = history(contract).past
    end = len(past) if until is None else until
    return compare(past, INTERESTS, past.until(since), past.until(end))


def test_what_was_removed_is_told_with_who_removed_it() -> None:
    maya, okafor = two()
    since = len(maya.changes_since())
    okafor.splice(INTERESTS, Splice(2, 6, "adore"))
    exchange(maya, okafor)
    assert compared(maya, since) == [
        Run("I ", Mark.KEPT, MINE),
        Run("adore", Mark.ADDED, THEIRS),
        Run("like", Mark.REMOVED, MINE, THEIRS),
        Run(" birds", Mark.KEPT, MINE),
    ]


def test_what_came_and_went_in_between_is_not_told() -> None:
    maya, okafor = two()
    since = len(maya.changes_since())
    okafor.splice(INTERESTS, Splice(0, 0, "hm "))
    okafor.splice(INTERESTS, Splice(0, 3, ""))
    exchange(maya, okafor)
    assert compared(maya, since) == [Run("I like birds", Mark.KEPT, MINE)]


def test_words_of_neither_version_do_not_cut_what_stands_around_them() -> None:
    maya, okafor = two()
    okafor.splice(INTERESTS, Splice(6, 6, " (really)"))
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(6, 15, ""))
    exchange(maya, okafor)
    since = len(maya.changes_since())
    maya.splice(INTERESTS, Splice(12, 12, "!"))
    [kept, added] = compared(maya, since)
    assert (kept, added) == (Run("I like birds", Mark.KEPT, MINE), Run("!", Mark.ADDED, MINE))
    assert len(kept.places) == len(list(kept.places)) == 12
    assert kept.places[6] == kept.places[5] + 10


def test_an_older_version_beside_a_newer_one_does_not_know_its_words_yet() -> None:
    maya, _ = two()
    end = len(maya.changes_since())
    assert compared(maya, end, end - 1) == [Run("I like birds", Mark.REMOVED, MINE, None)]


def test_of_several_who_removed_it_the_one_is_named_whom_the_version_knows() -> None:
    maya, okafor = two()
    maya.splice(INTERESTS, Splice(0, 2, ""))
    okafor.splice(INTERESTS, Splice(0, 2, ""))
    mine, theirs = maya.heads, okafor.heads
    exchange(maya, okafor)
    told = history(maya)
    before = told.past.until(len(told.past) - 2)
    for heads, taker in ((mine, MINE), (theirs, THEIRS)):
        runs = compare(told.past, INTERESTS, before, told.at(heads))
        assert runs[0] == Run("I ", Mark.REMOVED, MINE, taker)


def test_only_the_parts_that_differ_are_named() -> None:
    maya, _ = two()
    since = len(maya.changes_since())
    maya.splice(SUPPORTS, Splice(0, 0, "quiet"))
    past = history(maya).past
    assert list(changed(past, past.until(since), past.until(len(past)))) == [SUPPORTS]
    assert not list(changed(past, past.until(since), past.until(since)))


@LONG_STORIES
@given(steps, st.data())
def test_two_versions_differ_as_in_a_replay_of_every_change(
    script: Script, data: st.DataObject
) -> None:
    contract = conference(script)[0]
    past = history(contract).past
    replay = Replay(parse_changes(contract.changes_since()), BODY)
    names = [(past.order.actor(at), past.order.seq(at)) for at in range(len(past))]
    one, other = (
        data.draw(st.sets(st.integers(0, len(past) - 1), min_size=1, max_size=3)) for _ in range(2)
    )
    before, after = past.reached(one), past.reached(other)
    known, told = (
        {name for name, made in zip(names, moment, strict=False) if made}
        for moment in (before, after)
    )
    letters = [
        (letter, run.mark, run.author, run.taker)
        for run in compare(past, INTERESTS, before, after)
        for letter in run.text
    ]
    assert [
        (letter, author) for letter, mark, author, _ in letters if mark is not Mark.REMOVED
    ] == replay.text(told)
    assert [
        (letter, author) for letter, mark, author, _ in letters if mark is not Mark.ADDED
    ] == replay.text(known)
    for letter, mark, author, taker in letters:
        if taker is not None:
            assert mark is Mark.REMOVED
            assert (letter, author, taker) in replay.taken(told)


def test_every_character_leads_to_its_letter_and_to_who_wrote_it_and_when() -> None:
    maya, okafor = two()
    since = len(maya.changes_since())
    okafor.splice(INTERESTS, Splice(2, 6, "adore"), BEGINNING + 60)
    exchange(maya, okafor)
    told = history(maya)
    past, end = told.past, told.past.until(len(told.past))
    runs = compare(past, INTERESTS, past.until(since), end)
    letters = past.chronicles[INTERESTS].letters
    for run in runs:
        assert "".join(letters[place].text for place in run.places) == run.text
    _, added, removed, _ = runs
    origin = told.origin(INTERESTS, added.first)
    assert (origin.author, origin.turn) == (THEIRS, told.turns[-1])
    assert told.removal(INTERESTS, added.first) is None
    gone = told.removal(INTERESTS, removed.first)
    assert gone == Origin(THEIRS, told.turns[-1], len(past) - 1)
    assert told.origin(INTERESTS, removed.first).author == MINE
    assert told.removal(INTERESTS, removed.first, past.until(since)) is None


def in_doubt(actor: bytes | None) -> bool:
    return isinstance(actor, Doubted)


def test_words_of_which_nothing_shows_whose_they_are_stand_apart() -> None:
    maya, okafor = two()
    since = len(maya.changes_since())
    okafor.splice(INTERESTS, Splice(2, 6, "adore"))
    exchange(maya, okafor)
    told = history(maya)
    past, end = told.past, told.past.until(len(told.past))
    doubtful = {THEIRS: past.order.max_op(since - 1) + 1}
    _, added, removed, kept = compare(past, INTERESTS, past.until(since), end, doubtful)
    assert in_doubt(added.author)
    assert in_doubt(removed.taker)
    assert not in_doubt(kept.author)
    assert in_doubt(told.origin(INTERESTS, added.first, doubtful).author)
    maya.splice(INTERESTS, Splice(0, 0, "No! "))
    told = history(maya)
    end = told.past.until(len(told.past))
    mine = past.chronicles[INTERESTS].id(kept.places[-1]).counter + 1
    runs = compare(told.past, INTERESTS, end, end, {MINE: mine})
    doubts = [(run.text, in_doubt(run.author)) for run in runs]
    assert doubts[0] == ("No! ", True)
    assert doubts[-1] == (" birds", False)


def test_what_is_covered_is_read_nowhere() -> None:
    maya, okafor = two()
    since = len(maya.changes_since())
    phone = [maya.text(INTERESTS).ids[at] for at in range(2, 6)]
    maya.cover(INTERESTS, phone, "c1", MAYA.id)
    exchange(maya, okafor)
    for contract in (maya, okafor):
        told = history(contract)
        past, end = told.past, told.past.until(len(told.past))
        runs = compare(past, INTERESTS, past.until(since), end)
        assert Run("▒▒▒▒", Mark.REMOVED, MINE, MINE) in runs
        assert past.chronicles[INTERESTS].text(past.until(since)) == "I ▒▒▒▒ birds"
        words = [word for turn in told.told() for word in (*turn.added, *turn.removed)]
        assert not any("like" in word for word in words)


def test_a_cover_that_comes_while_the_history_is_open_holds_at_once() -> None:
    maya, okafor = two()
    graph = graph_of(okafor)
    told = History.read(okafor, Names(graph))
    then = len(told.past)
    maya.cover(INTERESTS, maya.text(INTERESTS).ids[2:6], "c1", MAYA.id)
    entered = graph.add(parse_changes(maya.changes_since()), trusted=True)
    okafor.apply(entered)
    assert told.follow(entered)
    assert told.past.chronicles[INTERESTS].text(told.past.until(then)) == "I ▒▒▒▒ birds"
