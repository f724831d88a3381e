import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.seats import SeatEntry, unknown
from contract_tui.contract.opening.aside import Aside
from contract_tui.library import quarantine as module
from contract_tui.library.quarantine import Quarantine
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.people import actor
from tests.contract_tui.session.shelf import Shelf, write


def a_change(shelf: Shelf, letter: str, text: str = "?") -> Change:
    raws = [one.raw for one in shelf.library.journal(shelf.contract).read(1000)]
    return write(Contract.open(raws, actor(letter)), text)


def put(quarantine: Quarantine, change: Change) -> None:
    quarantine.put(change.hash, change.actor, change.raw)


def kept(shelf: Shelf) -> Quarantine:
    return Quarantine(shelf.library.keepsakes(shelf.contract))


def test_what_is_set_aside_is_known_to_the_next_program(shelf: Shelf) -> None:
    change = a_change(shelf, "a")
    put(kept(shelf), change)
    again = kept(shelf)
    assert again.takes(change)
    assert list(again.accused) == [change.hash]
    assert again.release() == [change]
    assert not again.takes(change)


def test_everything_is_looked_at_once_and_again_by_another_version_where_there_is_hope(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept(shelf).is_due
    kept(shelf).settle()
    assert not kept(shelf).is_due
    monkeypatch.setattr(module, "_program", lambda: b"99.0")
    assert not kept(shelf).is_due
    put(kept(shelf), a_change(shelf, "a"))
    assert kept(shelf).is_due
    kept(shelf).settle()
    assert not kept(shelf).is_due


def test_what_could_be_read_after_all_is_no_longer_kept_apart(shelf: Shelf) -> None:
    first, second = a_change(shelf, "a"), a_change(shelf, "b")
    quarantine = kept(shelf)
    put(quarantine, first)
    put(quarantine, second)
    quarantine.release()
    put(quarantine, second)
    quarantine.settle()
    assert list(kept(shelf).accused) == [second.hash]


def test_a_disk_that_takes_nothing_does_not_bring_the_change_back(shelf: Shelf) -> None:
    change = a_change(shelf, "a")
    quarantine = kept(shelf)
    shelf.library._connection.execute("PRAGMA query_only = ON")
    put(quarantine, change)
    quarantine.settle()
    assert quarantine.takes(change)
    shelf.library._connection.execute("PRAGMA query_only = OFF")
    assert kept(shelf).is_due


def people(who: Actor) -> SeatEntry:
    if who == actor("a"):
        return SeatEntry(SeatId("a"), "Ms Okafor", Role.TEACHER, None)
    if who == actor("b"):
        return SeatEntry(SeatId("b"), "Tom", Role.PARENT, None)
    return unknown(SeatId("?"))


@pytest.mark.parametrize(
    ("makers", "waiting", "sentence"),
    [
        ("", 0, ""),
        (
            "b",
            0,
            "A change by Tom (parent) could not be read and was set aside. "
            "Everything else is here.",
        ),
        (
            "b",
            1,
            "A change by Tom (parent) could not be read and was set aside, and a change made on "
            "top of it waits with it. Everything else is here.",
        ),
        (
            "aab",
            3,
            "2 changes by Ms Okafor (teacher) and a change by Tom (parent) could not be read and "
            "were set aside, and 3 changes made on top of them wait with them. "
            "Everything else is here.",
        ),
        (
            "xb",
            0,
            "A change of unknown origin and a change by Tom (parent) could not be read and were "
            "set aside. Everything else is here.",
        ),
    ],
)
def test_one_calm_sentence_says_whose_changes_are_set_aside(
    shelf: Shelf, makers: str, waiting: int, sentence: str
) -> None:
    quarantine = kept(shelf)
    quarantine.aside = Aside()
    changes = [a_change(shelf, maker, "?" * number) for number, maker in enumerate(makers, 1)]
    for change in changes:
        put(quarantine, change)
    for number in range(waiting):
        on_top = a_change(shelf, "mno"[number])
        assert quarantine.aside.takes(on_top.hash, [changes[0].hash], on_top.actor)
    assert quarantine.sentence(people) == sentence
