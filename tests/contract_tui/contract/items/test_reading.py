from dataclasses import replace

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Branch, Kind, Writer
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.tokens import Origin, SupportState
from contract_tui.contract.items.values import Goal, Items
from contract_tui.contract.membership.seats import NAMED, SeatEntry
from contract_tui.contract.schema import (
    GENESIS,
    GOALS_MAP,
    PROMISES_MAP,
    SUPPORT_ITEMS_MAP,
    PartId,
)
from contract_tui.contract.text.splice import Splice
from sync_server.access.proof import SeatId
from tests.contract_tui.contract.people import CONTRACT, MAYA, OKAFOR, actor_of, copy
from tests.contract_tui.full_contract import KITE, READING_ALOUD, full_contract


@pytest.fixture
def maya() -> Contract:
    return full_contract()


def goal(contract: Contract, id_: str = KITE) -> Goal:
    return next(one for one in contract.items.goals if one.id == id_)


def test_a_contract_that_holds_nothing_but_its_first_change_has_no_things() -> None:
    contract = Contract.open([GENESIS], actor_of(MAYA), CONTRACT)
    assert contract.items == Items()
    assert not any("goals" in told for told in contract.set_aside)


def test_a_goal_of_an_earlier_version_lacks_what_came_later_and_reads(maya: Contract) -> None:
    def write(writer: Writer) -> None:
        old = writer.make(GOALS_MAP, "old", Kind.MAP)
        for field in ("what", "matters", "success", "evidence", "together_with", "origin_note"):
            writer.make(old, field, Kind.TEXT)
        for field in ("origin", "structure_choice", "stretch", "state", "pos"):
            writer.put(old, field, "")
        writer.make(old, "steps", Kind.MAP)

    maya.change(write)
    found = goal(maya, "goals/old")
    assert "structure_note" not in found.texts
    assert maya.set_aside == []
    assert maya.items.goals[-1] == found, "what has no position stands last"
    assert any(one.id == "goals/old" for one in maya.reading().goals)
    maya.splice(found.part("what"), Splice(0, 0, "Swim"))
    assert maya.text(found.part("what")).text == "Swim"


def test_wrong_types_count_as_not_said_and_are_named(maya: Contract) -> None:
    kite = goal(maya)

    def write(writer: Writer) -> None:
        writer.make(kite.object, "origin", Kind.LIST)
        writer.put(kite.object, "steps", "none")
        writer.put(kite.object, "matters", "because we say so")
        writer.put(GOALS_MAP, "number", 7)
        writer.make(SUPPORT_ITEMS_MAP, "list", Kind.LIST)
        writer.put(PROMISES_MAP, "empty", {})

    maya.change(write)
    found = goal(maya)
    assert found.origin is Origin.NOT_SAID
    assert (found.steps, found.steps_map) == ((), None)
    assert "matters" not in found.texts
    for place in ("kite / origin", "kite / steps", "kite / matters", "goals / number"):
        assert any(place in told for told in maya.set_aside)
    assert maya.items.find(paths.item("promises", "empty"))
    assert maya.reading().title


def test_foreign_keys_are_named_and_harm_nobody(maya: Contract) -> None:
    before = goal(maya)
    maya.change(lambda writer: writer.put(before.object, "grade", "C+"))
    maya.change(lambda writer: writer.put(GOALS_MAP, "a/b", {"state": "idea"}))
    assert replace(goal(maya), said=before.said) == before
    assert any("kite / grade" in told for told in maya.set_aside)
    assert any("a/b" in told and "cannot be used" in told for told in maya.set_aside)


def test_strings_of_programs_of_others_may_be_texts(maya: Contract) -> None:
    support = maya.items.supports[0]

    def write(writer: Writer) -> None:
        state = writer.make(support.object, "state", Kind.TEXT)
        writer.splice(state, Splice(0, 0, "not-now"))

    maya.change(write)
    assert maya.items.supports[0].state == SupportState.NOT_NOW
    assert copy(maya, actor_of(OKAFOR, 2)).items == maya.items
    text = maya._document.get(support.object, "state")
    assert isinstance(text, Branch)
    other = copy(maya, actor_of(OKAFOR, 3))
    raw = other.change(lambda writer: writer.splice(text.object, Splice(0, 7, "trying")))
    assert maya.apply([raw]).items
    assert maya.items.supports[0].string("state") == "trying"


def test_what_others_change_is_said_to_be_the_things_that_changed(maya: Contract) -> None:
    opa = copy(maya, actor_of(OKAFOR, 2))
    said = writing.say(goal(opa), "state", "reached", OKAFOR.id, opa.pupils, None)
    assert said
    assert maya.apply([opa.change(said)]).items
    assert not maya.apply([opa.splice(goal(opa).part("what"), Splice(0, 0, "x"))]).items
    assert not maya.apply([opa.change(lambda writer: writer.put(None, "foreign", 1))]).items


def test_of_a_flood_only_what_changes_is_read_again(maya: Contract) -> None:
    def flood(writer: Writer) -> None:
        for number in range(50):
            writer.put(GOALS_MAP, f"f{number}", {"state": "idea", "pos": f"x{number:02}"})

    maya.change(flood)
    before = maya.items.goals
    said = writing.say(goal(maya), "state", "reached", MAYA.id, maya.pupils, None)
    assert said
    maya.change(said)
    same = [new is old for new, old in zip(maya.items.goals, before, strict=True)]
    assert same.count(False) == 1
    assert goal(maya) != before[0]


def test_a_thing_that_is_replaced_under_its_name_is_read_anew(maya: Contract) -> None:
    what = PartId(f"{READING_ALOUD}/what")
    assert maya.text(what).text
    version = maya.text(what).version
    opa = copy(maya, actor_of(OKAFOR, 2))

    def write(writer: Writer) -> None:
        thing = writer.make(GOALS_MAP, "reading", Kind.MAP)
        writer.splice(writer.make(thing, "what", Kind.TEXT), Splice(0, 0, "other words"))

    maya.apply([opa.change(write)])
    assert maya.text(what).text == opa.text(what).text == "other words"
    assert maya.text(what).since(version) is None, "whoever shows it reads all of it again"
    maya.apply([opa.splice(what, Splice(0, 0, "very "))])
    assert maya.text(what).text == "very other words"


def test_people_are_named_by_their_seat_or_by_name_until_they_have_one(maya: Contract) -> None:
    support = maya.items.supports[0]
    for said, means in ((f"{NAMED}Ms Okafor", OKAFOR.id), (f"{NAMED}Opa", f"{NAMED}Opa")):
        offered = writing.say(support, "offered_by", said, MAYA.id, maya.pupils, None)
        assert offered
        maya.change(offered)
        assert maya.items.supports[0].offered_by == means
    opa = maya.roster.person(SeatId(f"{NAMED}Opa"))
    assert opa == SeatEntry(SeatId(f"{NAMED}Opa"), "Opa", None, None)
