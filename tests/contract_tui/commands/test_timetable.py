import re
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from contract_tui.commands.timetable import Timetable
from contract_tui.commands.versions import here
from contract_tui.contract.conference import writing
from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.ui.graphemes import width
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.conference.table import Table as Conference
from tests.contract_tui.contract.conference.table import current, do
from tests.contract_tui.contract.people import BEGINNING, MAYA, actor_of
from tests.contract_tui.history.noting import DAY, HOUR, Table
from tests.contract_tui.history.reading import history

YEAR = 365 * DAY


@pytest.fixture
def table() -> Table:
    return Table()


def lines(
    contract: Contract, cells: int = 100, doubtful: Mapping[Actor, int] | None = None
) -> list[str]:
    return list(Timetable(history(contract), contract, doubtful or {}).lines(cells))


def squeezed(line: str) -> str:
    """A line without its time, and with single spaces."""
    return " ".join(re.sub(r"\d\d:\d\d", "TIME", line).split())


def test_turns_stand_below_their_chapters(table: Table) -> None:
    table.write(table.okafor, DAY, "I wonder")
    table.write(table.maya, DAY + 60, " too", SUPPORTS)
    first, second = history(table.maya).chapter_names(here)
    assert [squeezed(line) for line in lines(table.maya)] == [
        first,
        "1 TIME Maya Title wrote “Maya”",
        "",
        second,
        "2 TIME Ms Okafor Interests wrote “I wonder”",
        "3 TIME Maya Supports needed wrote “too”",
    ]


def test_a_conference_is_told_with_its_times_also_if_nobody_wrote_in_it(table: Table) -> None:
    begin = BEGINNING + DAY
    table.open(MAYA, started_at=begin, ended_at=begin + 25 * 60)
    times = [here(datetime.fromtimestamp(at, UTC)) for at in (begin, begin + 25 * 60)]
    *_, name, said = lines(table.maya)
    assert name.startswith("Conference of ")
    assert name.endswith(", Maya")
    assert said == "      from {:%H:%M} to {:%H:%M}".format(*times)


def test_what_somebody_was_asked_to_type_says_so_in_its_turn() -> None:
    table = Conference()
    table.begin(table.maya)
    table.maya.splice(INTERESTS, Splice(0, 0, "bees "), BEGINNING + DAY)
    table.meet()
    table.jonas.splice(INTERESTS, Splice(5, 5, "honey"), BEGINNING + DAY + 60)
    text = table.jonas.text(INTERESTS)
    do(table.jonas, writing.insist(current(table.jonas), "k", text.object, text.ids[5:]))
    table.meet()
    assert lines(table.maya)[-1].endswith(
        "wrote “honey”, typed by Jonas, not confirmed yet by Maya"
    )
    do(table.maya, writing.refuse(current(table.maya), "k", text.object, text.ids[5:]))
    found = lines(table.maya)
    assert found[-1].endswith("wrote “honey”, typed by Jonas, not Maya’s words")
    assert found[-2].endswith("wrote “bees”")


def test_what_was_taken_out_and_chosen_is_told_too(table: Table) -> None:
    table.write(table.okafor, DAY, "goats", STRUCTURE)
    table.maya.splice(STRUCTURE, Splice(0, 5, "sheep"), BEGINNING + DAY)
    table.maya.choose_structure(StructureChoice.CHECK_IN)
    assert "chose “Check in with me”, wrote “sheep”, took out “goats”" in lines(table.maya)[-1]
    *_, chose, wrote, took = lines(table.maya, 70)
    assert [squeezed(line).split(" ", 6)[-1] for line in (chose,)] == ["“Check in with me”"]
    assert [wrote.strip(), took.strip()] == ["wrote “sheep”", "took out “goats”"]


def test_a_choice_that_came_to_nothing_is_not_told(table: Table) -> None:
    table.maya.choose_structure(StructureChoice.STEPS, BEGINNING + HOUR)
    table.maya.choose_structure(StructureChoice.NOT_CHOSEN)
    assert "chose" not in lines(table.maya)[-1]


@pytest.mark.parametrize("cells", [10, 40, 60, 80, 120, 500])
def test_no_line_is_wider_than_the_terminal(table: Table, cells: int) -> None:
    table.write(table.okafor, DAY, "words " * 50 + "山" * 40)
    table.write(table.maya, DAY + 5 * HOUR, "🐐 " * 50)
    table.maya.keep_version("id", "a long name " * 6, table.maya.heads, MAYA.id, BEGINNING)
    assert all(width(line) <= min(max(40, cells), 120) for line in lines(table.maya, cells))


def test_a_kept_version_stands_at_its_place(table: Table) -> None:
    table.write(table.maya, HOUR)
    table.maya.keep_version("id", "before", table.maya.heads, MAYA.id, BEGINNING)
    table.meet()
    table.write(table.okafor, 2 * HOUR)
    told = lines(table.maya)
    assert told[3] == "      Maya kept this as “before”"
    assert "Ms Okafor" in told[4]


def test_an_agreement_is_a_heading_without_turns(table: Table) -> None:
    table.agree(MAYA)
    told = lines(table.maya)
    assert told[-2:] == ["", history(table.maya).chapter_names(here)[-1]]
    assert told[-1].startswith("Agreement of ")


def test_another_day_than_that_of_the_chapter_is_said(table: Table) -> None:
    table.write(table.maya, 3 * HOUR)
    table.write(table.maya, 6 * HOUR)
    table.write(table.maya, 9 * HOUR)
    days = {(here(one.at).date()) for one in history(table.maya).turns if one.at}
    assert len(days) > 1
    assert "15 November, " in lines(table.maya)[-1]


def test_times_of_a_doubted_clock_are_told_by_their_clock(table: Table) -> None:
    table.write(table.okafor, 2 * YEAR)
    table.write(table.maya, HOUR)
    table.write(table.papa, HOUR)
    told = lines(table.maya)
    assert re.search(r"13 November 2025, \d\d:\d\d by their clock  Ms Okafor", told[2])
    assert "by their clock" not in told[1] + told[3] + told[4]


def test_a_turn_without_a_time_is_told_nevertheless(table: Table) -> None:
    table.write(table.papa, None)
    assert "at some time  Papa" in lines(table.maya)[-1]


def test_who_is_in_doubt_is_not_told_as_the_author(table: Table) -> None:
    table.write(table.okafor, HOUR, "sure ")
    table.write(table.papa, HOUR, "unsure")
    told = lines(table.maya, doubtful={table.papa.actor: 1, actor_of(MAYA, 9): 1})
    assert squeezed(told[-1]) == "3 TIME in Papa’s name Interests wrote “unsure”"
    assert squeezed(told[-2]).startswith("2 TIME Ms Okafor Interests")
    table.papa.write_as(Actor(b"?" * 16))
    table.write(table.papa, HOUR)
    assert "somebody unknown" in lines(table.maya)[-1]


def test_what_would_command_the_terminal_does_not(table: Table) -> None:
    table.write(table.papa, HOUR, "\x1b[31mred")
    assert "\x1b" not in "".join(lines(table.maya))


def test_a_contract_without_words_has_an_empty_table() -> None:
    blank = Contract.blank(actor_of(MAYA), Table().maya.id or pytest.fail("a contract has an id"))
    assert lines(blank) == []
