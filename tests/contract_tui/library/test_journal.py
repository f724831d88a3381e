from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.library.errors import ContractErased, LibraryFull, LibraryReadOnly
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor
from tests.contract_tui.session.shelf import Shelf, all_raws, append, write


def test_what_is_appended_is_read_in_order(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    before = journal.length
    changes = [write(contract, text) for text in ("a", "b", "c")]
    append(journal, contract, *changes)
    assert journal.length == journal.stored() == before + 3
    assert all_raws(shelf)[before:] == [change.raw for change in changes]
    assert journal.raws([changes[2].hash, changes[0].hash, changes[1].hash]) == [
        changes[i].raw for i in (2, 0, 1)
    ]


def test_the_list_shows_what_was_appended_last(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    append(journal, contract, write(contract, "a"), at=12345)
    entry = shelf.library.entry(shelf.contract)
    assert (entry.title, entry.changed_at) == ("My year", 12345)


def test_two_programs_append_without_losing_or_repeating_anything(shelf: Shelf) -> None:
    first, contract_1 = shelf.program()
    second, contract_2 = shelf.program()
    mine = [write(contract_1, "a"), write(contract_1, "b")]
    theirs = [write(contract_2, "x")]
    append(first, contract_1, mine[0])
    append(second, contract_2, *theirs)
    append(first, contract_1, mine[1])
    assert first.news() == [theirs[0].raw]
    assert second.news() == [mine[0].raw, mine[1].raw]
    assert first.news() == second.news() == []
    # The same change may reach both programs through a relay.
    contract_2.apply([change.raw for change in mine])
    append(second, contract_2, *mine)
    raws = all_raws(shelf)
    assert len(raws) == len(set(raws))
    merged = Contract.open(raws, Actor(bytes(16)))
    assert sorted(merged.text(INTERESTS).text) == ["a", "b", "x"]
    assert not merged.set_aside


def test_what_was_erased_elsewhere_does_not_come_back(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    shelf.library.erase(shelf.contract)
    with pytest.raises(ContractErased, match="erased from this computer"):
        append(journal, contract, write(contract, "a"))
    assert journal.stored() == 0
    assert shelf.library.entries() == []


def test_there_is_no_news_when_nobody_else_wrote(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    append(journal, contract, write(contract, "a"))
    assert journal.news() == []


def test_a_failed_append_leaves_the_journal_as_it_was(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    change = write(contract, "a" * 3000)
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages}")
    stored = journal.stored()
    with pytest.raises(LibraryFull):
        append(journal, contract, *[change, *(write(contract, "b" * 900) for _ in range(20))])
    assert journal.stored() == journal.length == stored
    assert change.hash not in journal
    journal._connection.execute("PRAGMA max_page_count = 1000000")
    append(journal, contract, change)
    assert journal.stored() == stored + 1


class Program:
    """One of several programs of one person, with the contract open."""

    def __init__(self, shelf: Shelf) -> None:
        self.journal, self.contract = shelf.program()
        self.pending: list[Change] = []

    def write(self) -> None:
        self.pending.append(write(self.contract, "x"))

    def keep(self, *, fails: bool) -> None:
        """Store what was written, as far as the disk lets it; then look what others stored."""
        connection = self.journal._connection
        connection.execute(f"PRAGMA query_only = {'ON' if fails else 'OFF'}")
        try:
            append(self.journal, self.contract, *self.pending)
            self.pending.clear()
        except LibraryReadOnly:
            assert fails
        connection.execute("PRAGMA query_only = OFF")
        self.contract.apply(self.journal.news())


STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["write", "keep", "fail"])), max_size=30
)


@settings(max_examples=settings.default.max_examples // 4 if settings.default else 25)
@given(STEPS)
def test_programs_that_take_turns_in_any_order_end_with_everything(
    steps: list[tuple[int, str]],
) -> None:
    with TemporaryDirectory() as directory:
        shelf = Shelf(Path(directory))
        programs = [Program(shelf) for _ in range(3)]
        written = 0
        for number, step in steps:
            if step == "write":
                programs[number].write()
                written += 1
            else:
                programs[number].keep(fails=step == "fail")
        for program in programs * 2:
            program.keep(fails=False)
        assert len({program.contract.heads for program in programs}) == 1
        assert programs[0].contract.text(INTERESTS).text == "x" * written
        assert programs[0].contract.heads == contract_on_disk(shelf).heads
        shelf.close()


def contract_on_disk(shelf: Shelf) -> Contract:
    return Contract.open(all_raws(shelf), Actor(bytes(16)))
