"""Stories of documents: loaded, damaged, compacted, forgotten."""

import pytest

from sync_server.hub.effects import Load
from sync_server.hub.limits import Limits
from sync_server.storage import MemoryStore
from tests.sync_server.hub.stores import FailingStore
from tests.sync_server.hub.story import HERE, THERE, Story


def test_a_document_outlives_the_relay() -> None:
    first = Story()
    first.join("ada").write("kept")
    first.settle()
    second = Story(store=first.store)
    bob = second.join("bob")
    second.settle()
    assert bob.text() == "kept"


def test_a_long_document_is_loaded_in_slices() -> None:
    limits = Limits(load_slice=10)
    first = Story(limits)
    ada = first.join("ada").write("a document of forty characters and more.")
    first.settle()
    second = Story(limits, first.store)
    bob, eve = second.join("bob"), second.join("eve")
    second.settle()
    assert bob.text() == eve.text() == ada.text()
    loads = [effect.first for effect in second.effects if isinstance(effect, Load)]
    assert loads == [0, 10, 20, 30, 40]


def test_a_document_that_cannot_be_read_closes_who_asks_for_it() -> None:
    store = FailingStore()
    story = Story(store=store)
    store.unreadable = True
    ada = story.join("ada")
    story.settle()
    assert ada.closed == (1011, "the relay cannot read the document")
    assert story.hub.documents == 0
    store.unreadable = False
    bob = story.join("bob").write("fine")
    story.settle()
    assert bob.is_open()


def test_a_damaged_document_closes_who_asks_for_it() -> None:
    first = Story()
    first.join("ada").write("abc")
    first.settle()
    assert isinstance(first.store, MemoryStore)
    del first.store._changes[HERE][0]
    second = Story(store=first.store)
    bob = second.join("bob")
    second.settle()
    assert bob.closed == (1011, "the document is damaged")
    assert len(second.faults) == 1


@pytest.mark.parametrize("harm", [{"start_op": "x"}, {"deps": 7}])
def test_a_document_damaged_past_understanding_closes_only_who_asks_for_it(
    harm: dict[str, object],
) -> None:
    first = Story()
    first.join("ada").write("abc")
    first.settle()
    assert isinstance(first.store, MemoryStore)
    changes = first.store._changes[HERE]
    changes[1] = changes[1]._replace(**harm)  # type: ignore[arg-type]  # the damage
    second = Story(store=first.store)
    bob, cyd = second.join("bob"), second.join("cyd", THERE)
    second.settle()
    assert bob.closed == (1011, "the document is damaged")
    assert len(second.faults) == 1
    cyd.write("fine", THERE)
    second.settle()
    assert cyd.is_open()


def test_a_document_that_nobody_has_open_is_forgotten_after_a_while() -> None:
    story = Story()
    ada = story.join("ada").write("x")
    story.wait(120)
    assert story.hub.documents == 1
    ada.vanish()
    story.wait(59)
    assert story.hub.documents == 1
    story.wait(2)
    assert story.hub.documents == 0
    assert story.hub.wake_at is None
    bob = story.join("bob")
    story.settle()
    assert bob.text() == "x"


def test_a_document_that_is_opened_again_in_time_stays() -> None:
    story = Story()
    ada = story.join("ada").write("x")
    story.settle()
    ada.vanish()
    story.wait(50)
    bob = story.join("bob")
    story.wait(50)
    bob.vanish()
    story.wait(50)
    assert story.hub.documents == 1
    story.wait(20)
    assert story.hub.documents == 0


def test_a_document_whose_only_asker_was_refused_is_forgotten_too() -> None:
    story = Story()
    eve = story.join("eve").send(b"\xff")
    assert eve.closed is not None
    story.wait(120)
    assert story.hub.documents == 0


def test_a_quiet_document_is_compacted_once() -> None:
    story = Story(Limits(quiet_tail=1000))
    ada = story.join("ada").write("a few words that make more than 1000 bytes")
    story.wait(9)
    assert story.compacts == []
    story.wait(2)
    [compact] = story.compacts
    assert compact.document == HERE
    assert compact.covers == len(story.store.load(HERE))
    assert compact.heads == ada.copies[HERE].graph.heads
    story.wait(60)
    assert len(story.compacts) == 1


def test_a_growing_document_is_compacted_while_people_write() -> None:
    story = Story(Limits(busy_tail=2000))
    ada = story.join("ada")
    for _ in range(40):
        ada.write("word ")
        story.settle()
    assert story.compacts
    story.hub.compacted(HERE, None)
    before = len(story.compacts)
    ada.write("x")
    story.settle()
    assert len(story.compacts) == before, "a failed try is not repeated at once"
