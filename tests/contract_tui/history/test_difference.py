from contract_tui.contract.contract import Contract
from contract_tui.contract.items import writing
from contract_tui.contract.schema import INTERESTS, TITLE, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.exports.difference import to_text
from contract_tui.history.difference import Difference, difference
from contract_tui.history.history import History
from contract_tui.history.moment import Moment
from contract_tui.history.sayings import ADDED
from tests.contract_tui.contract.people import BEGINNING, MAYA, actor_of, new_contract
from tests.contract_tui.history.reading import history


def between(contract: Contract, told: History, before: Moment, after: Moment) -> Difference:
    first, second = ((one, contract.reading(told.heads(one))) for one in (before, after))
    return difference(told, first, second)


def test_everything_that_differs_is_told_with_names() -> None:
    maya = new_contract("Birds")
    maya.splice(INTERESTS, Splice(0, 0, "owls"), BEGINNING + 100)
    maya.choose_structure(StructureChoice.TOGETHER)
    told = history(maya)
    first, last = told.past.until(told.turns[0].end), told.past.until(len(told.past))

    found = between(maya, told, first, last)
    assert [(part.part, part.heading) for part in found.parts] == [(INTERESTS, "Interests")]
    assert found.choice == (StructureChoice.NOT_CHOSEN, StructureChoice.TOGETHER)
    assert found.people == {actor_of(MAYA): "Maya"}
    assert (found.before, found.after) == (told.heads(first), maya.heads)
    assert not found.is_none

    beginning = between(maya, told, told.past.until(0), first)
    assert [part.part for part in beginning.parts] == [TITLE]
    assert beginning.choice is None
    assert between(maya, told, last, last).is_none


def test_what_was_said_of_things_is_told_beside_the_words() -> None:
    maya = new_contract("Birds")
    first = history(maya)
    begun = first.past.until(len(first.past))
    maya.change(writing.add("goals", "a", {"state": "idea", "pos": "1"}, turn_at=BEGINNING))
    [goal] = maya.items.goals
    maya.splice(goal.part("what"), Splice(0, 0, "Build a nest box"))
    added = len(history(maya).past)
    say = writing.say(goal, "state", "trying", MAYA.id, frozenset({MAYA.id}), None)
    assert say is not None
    maya.change(say)
    told = history(maya)
    last = told.past.until(len(told.past))

    found = between(maya, told, told.grown(begun), last)
    assert [part.heading for part in found.parts] == ["‘Build a nest box’"]
    assert [(one.field, one.before, one.after) for one in found.said] == [(ADDED, None, "made")]
    later = between(maya, told, told.past.until(added), last)
    assert [(one.field, one.before, one.after) for one in later.said] == [
        ("state", "idea", "trying")
    ]
    assert "‘Build a nest box’, how it stands: from “an idea” to “trying”" in to_text(later)
    assert not later.is_none
