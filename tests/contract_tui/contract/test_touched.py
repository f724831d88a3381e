"""What somebody is told of things before they vouch for what was done to them."""

from collections.abc import Callable

import pytest

from contract_tui.commands.deeds import told
from contract_tui.contract import sections
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Writer
from contract_tui.contract.deeds import Deeds, deeds
from contract_tui.contract.items import writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.tokens import Outcome
from contract_tui.contract.items.values import Promise
from contract_tui.contract.schema import GOALS_MAP, SECTION_MAPS, SECTIONS_MAP, SUPPORTS, PartId
from contract_tui.contract.touched import Happened, Touched
from tests.contract_tui.contract.people import MAYA, OKAFOR, actor_of, copy
from tests.contract_tui.full_contract import KITE, READING_ALOUD, full_contract

Write = Callable[[Writer], None]


@pytest.fixture
def maya() -> Contract:
    return full_contract()


def done(contract: Contract, write: Write) -> tuple[Touched, ...]:
    raw = contract.change(write)
    found = deeds(contract, [raw], contract.changes_since)
    assert not found.more
    return found.things


def test_what_is_added_is_told_once(maya: Contract) -> None:
    add = writing.add("goals", "boat", {"state": "idea"}, {"what": "a boat"}, turn_at=7)
    raw = maya.change(add)
    found = deeds(maya, [raw], maya.changes_since)
    assert found.things == (Touched(ItemId("goals/boat"), Happened.ADDED),)
    assert [(words.part, words.text) for words in found.written] == [("goals/boat/what", "a boat")]
    assert not found.more


def test_what_is_said_of_a_thing_or_a_section_is_told(maya: Contract) -> None:
    kite = maya.items.goals[0]
    said = done(maya, lambda writer: writer.put(kite.object, "state", "reached"))
    assert said == (Touched(KITE, Happened.CHANGED),)
    hidden = done(maya, lambda writer: writer.put(SECTION_MAPS[SUPPORTS], "hidden", True))
    assert hidden == (Touched(ItemId("sections/supports"), Happened.CHANGED),)
    assert done(maya, sections.add("77", "Dreams", "n", None)) == (
        Touched(ItemId("sections/77"), Happened.ADDED),
    )


def test_what_comes_of_a_promise_is_told_as_a_change_of_it(maya: Contract) -> None:
    promise = next(one for one in maya.items.promises if one.outcome is Outcome.NOT_SAID)
    assert isinstance(promise, Promise)
    write = writing.close_promise(promise, promise.to, Outcome.KEPT, None)
    assert write
    assert done(maya, write) == (Touched(promise.id, Happened.CHANGED),)


def test_what_is_taken_away_and_brought_back_is_told(maya: Contract) -> None:
    away = writing.remove(maya.items.goals[0], MAYA.id, maya.pupils, maya.heads, None)
    assert away
    assert done(maya, away) == (Touched(KITE, Happened.TAKEN_AWAY),)
    back = writing.bring_back(maya.items.goals[0], None)
    assert back
    assert done(maya, back) == (Touched(KITE, Happened.BROUGHT_BACK),)


def test_what_the_student_brings_back_and_takes_away_after_others_is_told(maya: Contract) -> None:
    kite = maya.items.goals[0].object
    away = writing.remove(maya.items.goals[0], MAYA.id, maya.pupils, maya.heads, None)
    assert away
    maya.change(away)
    forged = copy(maya, actor_of(OKAFOR, 60))
    maya.apply([forged.change(lambda writer: writer.put(kite, "removed", "yes"))])
    back = writing.bring_back(maya.items.goals[0], None)
    assert back
    assert done(maya, back) == (Touched(KITE, Happened.BROUGHT_BACK),)
    again = writing.remove(maya.items.goals[0], MAYA.id, maya.pupils, maya.heads, None)
    assert again
    assert done(maya, again) == (Touched(KITE, Happened.TAKEN_AWAY),)


@pytest.mark.parametrize(
    "write",
    [
        lambda writer: writer.delete(GOALS_MAP, "reading"),
        lambda writer: writer.put(GOALS_MAP, "reading", {"state": "idea"}),
    ],
)
def test_what_no_program_of_ours_does_is_told_as_well(maya: Contract, write: Write) -> None:
    assert done(maya, write)[0] == Touched(READING_ALOUD, Happened.DESTROYED)


def test_a_section_of_every_contract_cannot_be_taken_out(maya: Contract) -> None:
    raw = maya.change(lambda writer: writer.delete(SECTIONS_MAP, "supports"))
    found = deeds(maya, [raw], maya.changes_since)
    assert (found.things, found.more) == ((), True)


def test_when_to_look_again_is_told(maya: Contract) -> None:
    raw = maya.change(writing.revisit("in spring", None))
    assert deeds(maya, [raw], maya.changes_since).revisit == ("in spring",)


def test_it_is_said_in_words(maya: Contract) -> None:
    kite, away = maya.items.goals[0], "away"
    raws = [
        maya.change(lambda writer: writer.put(kite.object, "state", "reached")),
        maya.change(lambda writer: writer.delete(GOALS_MAP, "reading")),
        maya.change(writing.revisit(away, None)),
    ]
    found = deeds(maya, raws, maya.changes_since)
    names = {PartId(KITE): "the kite"}
    assert list(told(maya.seats[OKAFOR.id], found, names, is_me=False))[1:] == [
        "  said when to look again: away",
        "  changed what is said of the kite",
        "  took a goal out of its list: a copy of its words can be brought back",
    ]


def test_a_choice_is_told_in_the_words_of_the_screen(maya: Contract) -> None:
    found = Deeds(chosen=("own-way", "of another program", ""))
    assert list(told(maya.seats[OKAFOR.id], found, {}, is_me=False))[1:] == [
        "  chose how much structure is wanted: leave me to it",
        "  chose how much structure is wanted: of another program",
        "  chose how much structure is wanted: nothing",
    ]
