from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract.conference.noted import CONFERENCES
from contract_tui.contract.contract import Contract
from contract_tui.contract.heads import write_heads
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.history.history import History
from contract_tui.session.copies.names import Names
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.contract.people import BEGINNING, CONTRACT, MAYA, OKAFOR, actor, exchange
from tests.contract_tui.history.conference import Script, conference, steps
from tests.contract_tui.history.noting import DAY, HOUR, MINUTE, PAPA, Table, note
from tests.contract_tui.history.reading import graph_of, history
from tests.contract_tui.history.telling import AGREEMENT, ALONE, CONFERENCE, last, shape, words

YEAR = 365 * DAY


@pytest.fixture
def table() -> Table:
    return Table()


def test_a_contract_without_words_has_no_chapters(table: Table) -> None:
    blank = Contract.blank(actor("z"), CONTRACT)
    assert history(blank).chapters == []


def test_what_is_written_alone_is_one_chapter_until_everybody_rests(table: Table) -> None:
    table.write(table.maya, 5 * MINUTE)
    table.write(table.okafor, 4 * HOUR)
    table.write(table.maya, 8 * HOUR)
    table.write(table.papa, 12 * HOUR - 1)
    assert shape(table) == [(ALONE, [1, 2, 3]), (ALONE, [4, 5])]


def test_a_chapter_tells_from_when_to_when_and_who(table: Table) -> None:
    table.write(table.okafor, DAY)
    table.write(table.maya, DAY + HOUR)
    table.write(table.okafor, DAY + 2 * HOUR)
    chapter = last(table)
    assert chapter.people == (OKAFOR.id, MAYA.id)
    assert chapter.began == datetime.fromtimestamp(BEGINNING + DAY, UTC)
    assert chapter.ended == chapter.began + timedelta(hours=2)
    assert not chapter.by_their_clock


def test_who_writes_apart_on_the_same_afternoon_is_in_the_same_chapter(table: Table) -> None:
    table.write(table.maya, HOUR)
    table.write_alone(table.maya, DAY)
    table.write_alone(table.okafor, DAY + HOUR)
    table.meet()
    assert shape(table) == [(ALONE, [1, 2]), (ALONE, [3, 4])]


def test_who_was_away_for_months_has_chapters_of_their_own(table: Table) -> None:
    table.write_alone(table.papa, 90 * DAY)
    for days in (10, 20):
        table.write_alone(table.maya, days * DAY, "many words and more ")
    table.meet()
    assert [len(turns) for _, turns in shape(table)] == [1, 1, 1, 1]


def test_who_goes_on_without_a_rest_begins_no_chapter(table: Table) -> None:
    for who, at in ((table.papa, 3 * DAY), (table.maya, DAY)):
        table.write_alone(who, at, "a")
        table.write_alone(who, at + 60, "b", SUPPORTS)
    table.meet()
    assert sorted(len(turns) for _, turns in shape(table)) == [1, 1, 3]


def test_a_turn_without_a_time_goes_on_with_the_chapter(table: Table) -> None:
    table.write(table.maya, HOUR)
    table.write(table.okafor, None)
    table.write(table.maya, DAY)
    table.write(table.okafor, None, part=SUPPORTS)
    assert shape(table) == [(ALONE, [1, 2, 3]), (ALONE, [4, 5])]


def test_a_doubted_clock_begins_no_chapter_and_dates_none_that_has_another_clock(
    table: Table,
) -> None:
    table.write(table.okafor, 2 * YEAR)
    table.write(table.maya, HOUR)
    table.write(table.papa, HOUR)
    assert shape(table) == [(ALONE, [1, 2, 3, 4])]
    assert last(table).ended == datetime.fromtimestamp(BEGINNING + HOUR, UTC)
    assert not last(table).by_their_clock


def test_where_no_other_clock_says_so_a_chapter_is_dated_by_their_clock(table: Table) -> None:
    table.write(table.maya, 2 * YEAR)
    table.write(table.okafor, HOUR)
    assert last(table).by_their_clock
    assert last(table).ended == datetime.fromtimestamp(BEGINNING + 2 * YEAR, UTC)


def test_a_conference_holds_what_was_written_between_its_versions(table: Table) -> None:
    table.write(table.maya, HOUR)
    opened = table.maya.heads
    table.open(OKAFOR, started_at=BEGINNING + DAY, opened_heads=write_heads(opened))
    table.write(table.papa, DAY)
    table.write(table.maya, DAY + 9 * HOUR)
    closed = table.maya.heads
    table.add(MAYA, ended_at=BEGINNING + 2 * DAY, closed_heads=write_heads(closed))
    table.write(table.okafor, DAY + 10 * HOUR)
    assert shape(table) == [(ALONE, [1, 2]), (CONFERENCE, [3, 4]), (ALONE, [5])]
    made = history(table.maya)
    chapter = made.chapters[1]
    assert chapter.people == (OKAFOR.id, PAPA.id, MAYA.id)
    assert words(made, made.end_of(chapter)) == table.maya.text_at(INTERESTS, closed).strip()


@pytest.mark.parametrize("heads", ["", "nonsense", "ab" * 32, f"{'ab' * 32},", 7, True])
def test_without_known_versions_a_conference_lies_between_its_notes(
    table: Table, heads: str | int
) -> None:
    table.open(OKAFOR, started_at="soon", opened_heads=heads)
    table.write(table.papa, DAY)
    table.add(MAYA, ended_at=BEGINNING + DAY, closed_heads=heads)
    table.write(table.okafor, DAY + 60)
    assert shape(table) == [(ALONE, [1]), (CONFERENCE, [2]), (ALONE, [3])]


def test_a_conference_that_ends_before_it_begins_holds_nothing(table: Table) -> None:
    before = table.maya.heads
    table.write(table.maya, HOUR)
    now = table.maya.heads
    table.open(MAYA, opened_heads=write_heads(now), closed_heads=write_heads(before))
    table.write(table.papa, DAY)
    assert shape(table) == [(ALONE, [1, 2]), (CONFERENCE, []), (ALONE, [3])]


def test_a_conference_in_which_nobody_wrote_is_dated_by_whoever_opened_it(table: Table) -> None:
    table.write(table.maya, HOUR)
    table.open(MAYA, started_at=BEGINNING + DAY, ended_at=BEGINNING + DAY + HOUR)
    assert shape(table) == [(ALONE, [1, 2]), (CONFERENCE, [])]
    assert last(table).began == datetime.fromtimestamp(BEGINNING + DAY, UTC)
    assert last(table).people == (MAYA.id,)
    begin = datetime.fromtimestamp(BEGINNING + DAY, UTC)
    assert last(table).held == (begin, begin + timedelta(hours=1))


@pytest.mark.parametrize("ended_at", [BEGINNING, 2**61, "soon", False])
def test_what_cannot_be_the_end_of_a_conference_is_not_told(
    table: Table, ended_at: int | str
) -> None:
    table.open(MAYA, started_at=BEGINNING + DAY, ended_at=ended_at)
    assert last(table).held is None


def test_conferences_that_are_one_are_told_from_the_first_beginning_to_the_last_end(
    table: Table,
) -> None:
    for name, start in (("a", DAY), ("b", DAY + 60)):
        table.open(OKAFOR, name, started_at=BEGINNING + start)
    table.write(table.papa, DAY)
    for name, end in (("a", 2 * HOUR), ("b", HOUR)):
        table.add(MAYA, name, ended_at=BEGINNING + DAY + end)
    begin = datetime.fromtimestamp(BEGINNING + DAY, UTC)
    assert last(table).held == (begin, begin + timedelta(hours=2))


def test_a_conference_that_nobody_closed_ends_where_everybody_rests(table: Table) -> None:
    table.open(OKAFOR, started_at=BEGINNING + DAY)
    table.write(table.papa, DAY)
    table.write(table.maya, DAY + HOUR)
    table.write(table.maya, 3 * DAY)
    table.write(table.papa, 3 * DAY + HOUR)
    assert shape(table) == [(ALONE, [1]), (CONFERENCE, [2, 3]), (ALONE, [4, 5])]


def test_a_conference_that_nobody_closed_and_nobody_wrote_in_is_over_the_next_day(
    table: Table,
) -> None:
    table.open(OKAFOR, started_at=BEGINNING + HOUR)
    table.write(table.papa, DAY)
    assert shape(table) == [(ALONE, [1]), (CONFERENCE, []), (ALONE, [2])]


def test_conferences_that_two_opened_at_once_are_one(table: Table) -> None:
    opened = write_heads(table.maya.heads)
    table.open(OKAFOR, "a", started_at=BEGINNING + DAY, opened_heads=opened)
    table.open(MAYA, "b", started_at=BEGINNING + DAY, opened_heads=opened)
    table.write(table.papa, DAY)
    table.add(MAYA, "a", ended_at=BEGINNING + DAY)
    table.write(table.papa, DAY + HOUR)
    table.add(MAYA, "b", ended_at=BEGINNING + DAY)
    assert shape(table) == [(ALONE, [1]), (CONFERENCE, [2, 3])]


def test_a_conference_that_is_noted_when_it_is_over_is_where_it_was(table: Table) -> None:
    opened = write_heads(table.maya.heads)
    table.write(table.papa, DAY)
    closed = write_heads(table.maya.heads)
    table.write(table.maya, DAY + 60)
    table.open(MAYA, opened_heads=opened, closed_heads=closed)
    assert shape(table) == [(ALONE, [1]), (CONFERENCE, [2]), (ALONE, [3])]


def test_a_conference_that_was_opened_twice_by_mistake_is_one(table: Table) -> None:
    table.open(OKAFOR, "a")
    table.open(OKAFOR, "b")
    table.write(table.papa, DAY)
    table.add(MAYA, "b", ended_at=BEGINNING + DAY)
    table.write(table.papa, DAY + 60, part=SUPPORTS)
    assert shape(table) == [(ALONE, [1]), (CONFERENCE, [2]), (ALONE, [3])]


def test_one_conference_after_another_are_two(table: Table) -> None:
    for name, days in (("a", 1), ("b", 2)):
        table.open(OKAFOR, name)
        table.write(table.papa, days * DAY)
        table.add(MAYA, name, ended_at=BEGINNING + days * DAY)
    assert shape(table) == [(ALONE, [1]), (CONFERENCE, [2]), (CONFERENCE, [3])]


def test_whatever_stands_where_conferences_and_agreements_should_the_turns_are_told(
    table: Table,
) -> None:
    note(table.maya, OKAFOR, lambda writer: writer.put(CONFERENCES, "c", "no map"))
    note(table.maya, OKAFOR, lambda writer: writer.put(AGREEMENTS, OKAFOR.id, 7))
    note(table.maya, OKAFOR, lambda writer: writer.put(AGREEMENTS, OKAFOR.id, {"a": {}, "b": 1}))
    table.meet()
    assert shape(table) == [(ALONE, [1])]


def test_chapters_go_on_while_turns_overlap(table: Table) -> None:
    table.write(table.maya, HOUR, "a")
    table.open(OKAFOR)
    table.write(table.papa, HOUR, "b")
    table.maya.splice(INTERESTS, at_end(table.maya, "c"))
    table.meet()
    made = history(table.maya)
    ends = [made.end_of(one).count(1) for one in made.chapters]
    assert ends == sorted(ends)
    assert ends[-1] == len(made.past)


def at_end(contract: Contract, word: str) -> Splice:
    end = len(contract.text(INTERESTS).text)
    return Splice(end, end, word)


@settings(max_examples=30)
@given(steps, st.lists(st.integers(-(2**40), 2**40), max_size=5))
def test_every_turn_is_in_exactly_one_chapter_which_everybody_tells(
    script: Script, times: list[int]
) -> None:
    contracts = conference(script)
    for number, at in enumerate(times):
        one = contracts[number % 3]
        one.splice(INTERESTS, at_end(one, "!"), at)
    exchange(*contracts)
    first, *others = map(history, contracts)
    turns = [at for one in first.chapters for at in range(one.first, one.last + 1)]
    assert turns == list(range(len(first.turns)))
    assert all(other.chapters == first.chapters for other in others)


def test_a_history_that_goes_on_tells_the_chapters_of_one_that_is_read_anew(table: Table) -> None:
    graph, heads = graph_of(table.maya), table.maya.heads
    made = History.read(table.maya, Names(graph))
    deeds: list[Callable[[], None]] = [
        lambda: table.write(table.maya, DAY),
        lambda: table.open(OKAFOR, opened_heads=write_heads(table.maya.heads)),
        lambda: table.write(table.papa, 2 * DAY),
        lambda: table.add(MAYA, ended_at=BEGINNING + 2 * DAY),
        lambda: table.agree(MAYA),
        lambda: table.write(table.okafor, -YEAR),
    ]
    for deed in deeds:
        deed()
        news = parse_changes(table.maya.changes_since(heads))
        heads = table.maya.heads
        graph.add(news, trusted=True)
        assert made.follow(news)
        assert made.chapters == history(table.maya).chapters
        assert made.doubted_clocks == history(table.maya).doubted_clocks
    assert [one.kind for one in made.chapters] == [ALONE, ALONE, CONFERENCE, AGREEMENT, ALONE]
