from contract_tui.contract.opening.aside import MOST_TRIED, Aside
from sync_server.protocol.ids import Actor, ChangeHash
from tests.contract_tui.contract.people import actor


def name(number: int) -> ChangeHash:
    return ChangeHash(bytes([number]) * 32)


def test_what_was_made_on_top_of_an_unreadable_change_waits_with_it() -> None:
    aside = Aside()
    aside.accuse(name(1), actor("a"))
    assert aside.takes(name(2), [name(1)], actor("b"))
    assert aside.takes(name(3), [name(9), name(2)], actor("c"))
    assert not aside.takes(name(4), [name(9)], actor("d"))
    assert (aside.accused, aside.waiting) == ({name(1): actor("a")}, 2)


def test_what_the_same_actor_made_later_waits_though_it_builds_on_something_else() -> None:
    aside = Aside()
    aside.accuse(name(1), actor("a"))
    assert aside.takes(name(2), [], actor("a"))
    assert aside.holds(actor("a"))
    assert not aside.holds(actor("b"))


def test_changes_that_were_accused_before_are_known_when_they_are_looked_at() -> None:
    aside = Aside([(name(1), actor("a"))])
    assert not aside.takes(name(2), [name(9)], actor("b"))
    assert aside.takes(name(1), [], actor("a"))
    assert aside.takes(name(3), [name(1)], actor("b"))


def test_nothing_more_of_a_device_is_tried_that_sent_many_unreadable_changes() -> None:
    def by(start: int) -> Actor:
        return Actor(b"devices." + bytes([start]) * 8)

    aside = Aside()
    for number in range(MOST_TRIED):
        assert not aside.takes(name(number), [], by(number))
        aside.accuse(name(number), by(number))
    assert aside.takes(name(100), [], by(100))
    assert not aside.takes(name(101), [], actor("b"))
    assert len(aside.accused) == MOST_TRIED
