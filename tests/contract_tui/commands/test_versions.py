from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from contract_tui.commands.versions import NoSuchVersion, find_version, here
from contract_tui.contract.contract import Contract
from contract_tui.contract.heads import write_heads
from contract_tui.contract.schema import INTERESTS, NAMES_MAP
from contract_tui.contract.values import Item
from contract_tui.history.moment import Moment
from tests.contract_tui.contract.people import BEGINNING, CONTRACT, MAYA, OKAFOR
from tests.contract_tui.history.noting import DAY, HOUR, Table, note
from tests.contract_tui.history.reading import history

TODAY = date(2026, 1, 1)
YEAR, LEAP_YEAR = 365 * DAY, 366 * DAY
KEPT = "before the holidays"


@pytest.fixture
def table() -> Table:
    """Three turns after the title, each on a day of its own."""
    made = Table()
    for days, who in enumerate((made.maya, made.okafor, made.maya), 1):
        made.write(who, days * DAY, f"{days} ")
    return made


def moment(contract: Contract, said: str, today: date = TODAY) -> Moment:
    return find_version(history(contract), contract, said, today)


def words(contract: Contract, said: str, today: date = TODAY) -> str:
    """What stands under interests at the version that is meant."""
    made = history(contract)
    found = find_version(made, contract, said, today)
    return made.past.chronicles[INTERESTS].text(found).strip()


def refused(contract: Contract, said: str, today: date = TODAY) -> str:
    with pytest.raises(NoSuchVersion) as found:
        moment(contract, said, today)
    assert "\n" not in str(found.value)
    return str(found.value)


def keep(contract: Contract, name: str, id_: str = "id") -> None:
    contract.keep_version(id_, name, contract.heads, MAYA.id, BEGINNING)


def note_name(contract: Contract, name: str, heads: str) -> None:
    """Keep a version as a program of others may: under any name."""
    entry: Item = {"name": name, "heads": heads, "by": MAYA.id, "at": BEGINNING}
    note(contract, MAYA, lambda writer: writer.put(NAMES_MAP, name, entry))


def day(days: int) -> date:
    """The day of a turn, as it is counted here."""
    return here(datetime.fromtimestamp(BEGINNING, UTC)).date() + timedelta(days=days)


def test_a_number_is_a_turn(table: Table) -> None:
    assert [words(table.maya, said) for said in ("1", " 2 ", "003", "4")] == [
        *("", "1", "1 2", "1 2 3")
    ]


@pytest.mark.parametrize("number", ["0", "5", "9" * 5_000, "²", "٧"])
def test_a_number_that_is_no_turn_is_said(table: Table, number: str) -> None:
    assert "4" in refused(table.maya, number) or "no version" in refused(table.maya, number)


def test_a_kept_version_is_found_by_its_name(table: Table) -> None:
    keep(table.maya, KEPT)
    table.write(table.okafor, 9 * DAY)
    for said in (KEPT, "Before  the HOLIDAYS ", f"{KEPT} (Maya)"):
        assert words(table.maya, said) == "1 2 3"


def test_a_chapter_is_found_by_its_name_with_and_without_its_year(table: Table) -> None:
    names = history(table.maya).chapter_names(here)
    assert len(names) == 4
    for said in (
        names[1],
        names[1].replace(",", " 2023,", 1),
        names[1].partition(",")[0],
        f"{names[1]} (chapter 2)",
    ):
        assert words(table.maya, said) == "1"


def test_a_chapter_of_a_contract_of_several_years_is_found_without_its_year(table: Table) -> None:
    short = history(table.maya).chapter_names(here)[2]
    table.write(table.maya, 2 * YEAR)
    assert short not in history(table.maya).chapter_names(here)
    assert words(table.maya, short) == "1 2"


def test_a_chapter_is_not_guessed_where_the_same_day_comes_again(table: Table) -> None:
    short = history(table.maya).chapter_names(here)[3]
    table.write(table.maya, 3 * DAY + LEAP_YEAR)
    assert "names 2 versions: say “17 November 2023, Maya” or" in refused(table.maya, short)


def test_an_agreement_is_what_was_signed(table: Table) -> None:
    table.agree(MAYA)
    table.agree(OKAFOR)
    table.write(table.okafor, 3 * DAY + HOUR, "later")
    (name,) = (one for one in history(table.maya).chapter_names(here) if "Agreement" in one)
    assert words(table.maya, name) == "1 2 3"


def test_of_several_with_one_name_none_is_guessed(table: Table) -> None:
    keep(table.maya, KEPT)
    table.write_alone(table.okafor, 4 * DAY, "4")
    table.okafor.keep_version("other", KEPT, table.okafor.heads, OKAFOR.id, BEGINNING)
    table.meet()
    table.write(table.maya, 9 * DAY)
    told = refused(table.maya, KEPT)
    assert f"“{KEPT} (Maya)”" in told
    assert f"“{KEPT} (Ms Okafor)”" in told
    assert "names 2 versions" in told
    assert words(table.maya, f"{KEPT} (Ms Okafor)") == "1 2 3 4"


def test_what_tells_a_name_apart_is_no_other_name(table: Table) -> None:
    keep(table.maya, KEPT)
    table.write(table.maya, 9 * DAY, "9")
    keep(table.maya, f"{KEPT} (Maya)", "other")
    assert words(table.maya, f"{KEPT} (Maya)") == "1 2 3"
    assert words(table.maya, f"{KEPT} (Maya) (Maya)") == "1 2 3 9"


def test_one_version_that_several_called_the_same_is_found(table: Table) -> None:
    heads = table.maya.heads
    keep(table.maya, KEPT)
    table.okafor.keep_version("other", KEPT, heads, OKAFOR.id, BEGINNING)
    table.meet()
    assert words(table.maya, KEPT) == "1 2 3"


def test_a_kept_version_that_has_not_arrived_is_said(table: Table) -> None:
    table.write_alone(table.papa, 5 * DAY, "far")
    note_name(table.maya, KEPT, write_heads(table.papa.heads))
    assert "not all of “before the holidays” has arrived" in refused(table.maya, KEPT)


def test_a_name_that_looks_like_a_number_is_found_where_there_is_no_such_turn(
    table: Table,
) -> None:
    for name in ("2", "77"):
        note_name(table.maya, name, write_heads(table.maya.heads))
    assert words(table.maya, "2") == "1"
    assert words(table.maya, "77") == "1 2 3"


def test_a_date_is_the_end_of_that_day(table: Table) -> None:
    assert words(table.maya, day(1).isoformat()) == "1"
    assert words(table.maya, day(2).isoformat()) == "1 2"
    assert words(table.maya, day(30).isoformat()) == "1 2 3"


def test_a_day_is_that_of_whoever_asks(table: Table, live_in: Callable[[str], None]) -> None:
    assert words(table.maya, "2023-11-15") == "1"
    live_in("UTC-3")  # east of Greenwich: it is past midnight there
    assert words(table.maya, "2023-11-16") == "1"
    assert words(table.maya, "16 November, Maya") == "1"


def test_today_is_all_there_is(table: Table) -> None:
    table.write(table.papa, 900 * DAY, "ahead")
    assert words(table.maya, day(3).isoformat(), day(3)) == "1 2 3 ahead"


def test_a_date_that_has_not_come_or_lies_before_everything_is_said(table: Table) -> None:
    assert "2026-01-02 has not come yet: today is 2026-01-01" in refused(table.maya, "2026-01-02")
    assert "nothing had been written by 2001-01-01" in refused(table.maya, "2001-01-01")
    assert "2026-02-30” is no day" in refused(table.maya, "2026-02-30")


def test_a_date_holds_what_was_written_apart_later_by_nobody(table: Table) -> None:
    table.write_alone(table.papa, 9 * DAY, "apart")
    table.write_alone(table.maya, 4 * DAY, "4")
    table.meet()
    assert words(table.maya, day(4).isoformat()) == "1 2 3 4"
    assert "apart" in words(table.maya, day(9).isoformat())


def test_a_doubted_clock_dates_nothing(table: Table) -> None:
    table.write(table.papa, -YEAR, "lie")
    assert "nothing had been written" in refused(table.maya, day(-300).isoformat())
    assert "lie" not in words(table.maya, day(3).isoformat())
    table.write(table.maya, 4 * DAY, "4")
    assert words(table.maya, day(4).isoformat()) == "1 2 3 lie4"


def test_where_no_clock_can_be_believed_no_date_is_found() -> None:
    made = Table()
    made.write(made.maya, 2 * YEAR)
    made.write(made.maya, HOUR)
    assert "no clock that can be believed" in refused(made.maya, day(0).isoformat())


def test_heads_are_found_also_several_and_however_they_are_written(table: Table) -> None:
    table.write_alone(table.papa, 5 * DAY, "5")
    table.write_alone(table.maya, 5 * DAY, "6")
    table.meet()
    heads = table.maya.heads
    assert len(heads) > 1
    said = write_heads(heads)
    for one in (said, said.upper(), said.replace(",", " , ")):
        assert history(table.maya).heads(moment(table.maya, one)) == heads


def test_heads_of_another_contract_are_said(table: Table) -> None:
    theirs = Table()
    theirs.write(theirs.okafor, DAY, "theirs")
    both = write_heads((*theirs.maya.heads, *table.maya.heads))
    assert "another contract’s" in refused(table.maya, write_heads(theirs.maya.heads))
    assert "another contract’s" in refused(table.maya, both)
    assert "64 letters and digits" in refused(table.maya, both[:40])


@pytest.mark.parametrize("nothing", ["", "  ", "\n\t"])
def test_an_empty_text_is_no_version(table: Table, nothing: str) -> None:
    assert "empty text" in refused(table.maya, nothing)


def test_what_was_perhaps_meant_is_said(table: Table) -> None:
    keep(table.maya, KEPT)
    assert f"did you mean “{KEPT}”" in refused(table.maya, "befor the holiday")
    assert "did you mean “16 November, Ms Okafor”?" in refused(table.maya, "6 November, Ms")
    assert "did you mean" not in refused(table.maya, "pancakes")
    assert "say the number of a turn, a name, a date" in refused(table.maya, "pancakes")


def test_a_text_that_would_command_the_terminal_is_not_repeated(table: Table) -> None:
    assert "\x1b" not in refused(table.maya, "\x1b[2Jgone")
    assert len(refused(table.maya, "x" * 9_000)) < 200


def test_in_a_contract_without_words_there_is_no_version(table: Table) -> None:
    blank = Contract.blank(table.maya.actor, CONTRACT)
    assert "nothing was written in it yet" in refused(blank, "1")
    assert "nothing had been written" in refused(blank, "2020-01-01")
