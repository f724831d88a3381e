"""Harmful changes that arrive while somebody is writing."""

from collections.abc import Callable

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.opening.aside import MOST_TRIED
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.session.copies.replica import Replica
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.people import actor
from tests.contract_tui.contract.poison import POISONS, ignored, panicking
from tests.contract_tui.session.fooled import Fooled
from tests.contract_tui.session.shelf import Shelf, opened, write

SENTENCE = (
    "A change of unknown origin could not be read and was set aside. Everything else is here."
)
Poison = Callable[[bytes], bytes]


def text(replica: Replica) -> str:
    return replica.contract.text(INTERESTS).text


def type_(replica: Replica, words: str) -> None:
    replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, words)))


def other(replica: Replica, who: Actor) -> Contract:
    return Contract.open(replica.contract.changes_since(), who)


@pytest.fixture
async def replica(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Replica:
    monkeypatch.setattr("contract_tui.contract.opening.opening.CrdtDocument", Fooled)
    found = await opened(shelf)
    type_(found, "mine ")
    return found


@pytest.mark.parametrize("poison", POISONS)
async def test_a_change_that_is_not_valid_is_the_fault_of_whoever_sends_it(
    replica: Replica, poison: Poison
) -> None:
    bad = poison(write(other(replica, actor("x")), "hm ").raw)
    with pytest.raises(BadChunk):
        replica.take(parse_changes([bad]))
    type_(replica, "still ")
    assert text(replica) == "still mine "
    assert replica.set_aside == []


@pytest.mark.parametrize("poison", [panicking, ignored])
async def test_what_breaks_the_document_is_set_aside_and_everything_else_is_there(
    shelf: Shelf, replica: Replica, poison: Poison
) -> None:
    stranger, teacher = other(replica, actor("x")), other(replica, actor("t"))
    bad, on_top = write(stranger, "hm "), write(stranger, "hm ")
    with Fooled.by(bad.raw, poison(bad.raw)):
        replica.take([write(teacher, "one "), bad, write(teacher, "two ")])
        assert text(replica) == "two one mine "
        assert replica.set_aside == [SENTENCE]
        type_(replica, "more ")
        replica.take([on_top, write(teacher, "three ")])
        assert sorted(text(replica).split()) == ["mine", "more", "one", "three", "two"]
    assert bad.hash in replica.graph
    assert on_top.hash in replica.graph
    assert replica.is_saved
    again = await opened(shelf)
    assert text(again) == text(replica)
    assert again.set_aside == replica.set_aside
    assert "a change made on top of it waits with it" in again.set_aside[0]


async def test_a_harmful_change_among_many_is_found(replica: Replica) -> None:
    teacher = other(replica, actor("t"))
    many = [write(teacher, "x") for _ in range(300)]
    bad = write(other(replica, actor("x")), "hm ")
    with Fooled.by(bad.raw, panicking(bad.raw)):
        replica.take([*many[:133], bad, *many[133:]])
    assert text(replica) == "x" * 300 + "mine "
    assert replica.set_aside == [SENTENCE]


async def test_an_editor_is_told_that_its_text_was_read_anew(replica: Replica) -> None:
    shown = replica.contract.text(INTERESTS)
    bad = write(other(replica, actor("x")), "hm ")
    with Fooled.by(bad.raw, panicking(bad.raw)):
        replica.take([bad])
    now = replica.contract.text(INTERESTS)
    assert now.text == shown.text
    assert now.since(shown.version) is None


async def test_whoever_writes_as_this_computer_does_not_keep_it_from_writing(
    shelf: Shelf, replica: Replica
) -> None:
    twin = other(replica, replica.contract.actor)
    bad = write(twin, "hm ")
    with Fooled.by(bad.raw, panicking(bad.raw)):
        replica.take([bad])
        type_(replica, "still ")
    assert text(replica) == "still mine "
    assert replica.contract.actor[:8] == twin.actor[:8]
    assert text(await opened(shelf)) == "still mine "


async def test_a_device_that_sends_many_of_them_is_not_tried_again(
    replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopened: list[int] = []
    mend = Replica.mend

    def counted(replica: Replica, news: int = 0) -> None:
        reopened.append(news)
        mend(replica, news)

    monkeypatch.setattr(Replica, "mend", counted)
    bad: list[Change] = []
    for number in range(2 * MOST_TRIED):
        bad.append(write(other(replica, Actor(b"devices." + bytes([number]) * 8)), "hm "))
        with Fooled.by(bad[-1].raw, panicking(bad[-1].raw)):
            replica.take([bad[-1]])
    assert len(reopened) == MOST_TRIED
    assert text(replica) == "mine "
    assert all(change.hash in replica.graph for change in bad)


async def test_a_defect_of_our_own_reading_costs_no_more_than_reading_again(
    replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a defect")

    teacher = other(replica, actor("t"))
    replica.contract.text(INTERESTS)
    monkeypatch.setattr("contract_tui.contract.text.mirror.SharedText.merge", fail)
    replica.take([write(teacher, "one ")])
    assert text(replica) == "one mine "
    assert replica.set_aside == []
