"""What changed since an answer, in sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.agreement.differences import cut, differences
from contract_tui.contract.agreement.words import became
from contract_tui.contract.contract import Contract
from contract_tui.contract.heads import write_heads
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.tokens import Origin
from contract_tui.contract.records import Write
from contract_tui.contract.schema import (
    GOALS_MAP,
    INTERESTS,
    SECTION_MAPS,
    STRUCTURE,
    StructureChoice,
)
from contract_tui.contract.text.splice import Splice
from contract_tui.exports import dates
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.contract.agreement.full import LEAVES_BY_PATH, change, full_document
from tests.contract_tui.contract.hostile import documents
from tests.contract_tui.contract.people import MAYA, actor, new_contract


@pytest.fixture
def contract() -> Contract:
    contract = new_contract()
    contract.splice(INTERESTS, Splice(0, 0, "goats and the mountain"))
    for key, words in (("a", "Build a kite"), ("b", "Read aloud")):
        said = {"pos": f"m{key}", "origin": Origin.MINE}
        contract.change(writing.add(paths.GOALS_LIST, key, said, {"what": words}, turn_at=None))
    return contract


def since(contract: Contract, *writes: Write) -> list[str]:
    before = contract.heads
    for write in writes:
        contract.change(write)
    return differences(contract, before, dates.when)


def says(contract: Contract, field: str, value: str, goal: int = 0) -> Write:
    thing = contract.items.goals[goal].object
    return lambda writer: writer.put(thing, field, value)


def test_words_that_end_a_sentence_end_the_one_that_tells_of_them(contract: Contract) -> None:
    before = contract.heads
    contract.splice(INTERESTS, Splice(0, 5, "Owls. And"))
    (said,) = differences(contract, before, dates.when)
    assert said == "Interests: “goats” became “Owls. And”."
    contract.splice(INTERESTS, Splice(0, len(contract.text(INTERESTS).text), "Owls."))
    (said,) = differences(contract, before, dates.when)
    assert said.endswith("became “Owls.”")


def test_words_are_named_with_those_around_them(contract: Contract) -> None:
    before = contract.heads
    contract.splice(INTERESTS, Splice(0, 5, "owls"))
    assert differences(contract, before, dates.when) == ["Interests: “goats” became “owls”."]
    contract.splice(INTERESTS, Splice(0, 9, ""))
    assert differences(contract, before, dates.when) == ["Interests: “goats and” was taken out."]
    contract.splice(INTERESTS, Splice(0, 0, "all goats and "))
    assert differences(contract, before, dates.when) == ["Interests: “all” was added."]


def test_a_goal_in_whose_place_a_program_of_others_put_a_map_without_words_is_another(
    contract: Contract,
) -> None:
    told = since(contract, lambda writer: writer.put(GOALS_MAP, "a", {"origin": "required"}))
    assert "a goal: what it is is another." in told


def test_long_words_are_shortened(contract: Contract) -> None:
    before = contract.heads
    contract.splice(INTERESTS, Splice(0, 0, "many " * 40))
    (sentence,) = differences(contract, before, dates.when)
    assert len(sentence) < 100
    assert "…” was added." in sentence


@pytest.mark.parametrize(
    ("gone", "come", "said"),
    [
        (f"{'a' * 70}b", f"{'a' * 70}c", f"“…{'a' * 20}b” became “…{'a' * 20}c”."),
        (f"{'many ' * 20}goats", f"{'many ' * 20}owls.", "“…many many many goats” became"),
        ("a" * 60, "a" * 61, f"“…{'a' * 20}” became “…{'a' * 21}”."),
        (f"{'a' * 50}b", f"{'a' * 50}c", f"“{'a' * 50}b” became “{'a' * 50}c”."),
        ("owls  fly", "owls fly", "which their author covered"),
    ],
)
def test_a_difference_far_behind_is_shown(gone: str, come: str, said: str) -> None:
    assert said in became("Interests", gone, come)


def test_covered_words_are_not_shown(contract: Contract) -> None:
    contract.splice(INTERESTS, Splice(0, 0, "call 0171-23 "))
    before = contract.heads
    ids = contract.text(INTERESTS).ids[5:12]
    contract.cover(INTERESTS, ids, "c", MAYA.id)
    (sentence,) = differences(contract, before, dates.when)
    assert "0171" not in sentence
    assert "▒" in sentence


def test_what_is_new_gone_or_elsewhere_is_said_once(contract: Contract) -> None:
    heads = write_heads(contract.heads)
    assert since(contract, says(contract, "pos", "z")) == [
        "The order of the goals: from ‘Build a kite’, ‘Read aloud’ to ‘Read aloud’, ‘Build a kite’."
    ]
    new = writing.add(paths.GOALS_LIST, "c", {"pos": "y"}, {"what": "Ski"}, turn_at=None)
    assert since(contract, new) == ["New: ‘Ski’."]
    assert since(contract, says(contract, "removed", heads, 2)) == [
        "Not in it any more: ‘Build a kite’."
    ]


def test_what_is_gone_is_said_in_the_order_in_which_it_stood(contract: Contract) -> None:
    names = ["Build a kite", "Read aloud", "Ski", "Whistle", "Swim", "Bake", "Knit"]
    for key, words in zip("cdefg", names[2:], strict=True):
        said = {"pos": f"m{key}"}
        contract.change(writing.add(paths.GOALS_LIST, key, said, {"what": words}, turn_at=None))
    heads = write_heads(contract.heads)
    removals = [says(contract, "removed", heads, goal) for goal in range(len(names))]
    assert since(contract, *removals) == [f"Not in it any more: ‘{name}’." for name in names]


def test_what_is_said_of_things_is_said_in_words(contract: Contract) -> None:
    assert since(contract, says(contract, "origin", Origin.REQUIRED)) == [
        "‘Build a kite’, where it comes from: from “it is mine” to “it is required”."
    ]
    assert since(contract, says(contract, "state", "reached")) == []
    hidden: Write = lambda writer: writer.put(SECTION_MAPS[STRUCTURE], "hidden", True)  # noqa: E731
    assert since(contract, hidden) == ["Hidden now: Structure wanted."]
    before = contract.heads
    contract.choose_structure(StructureChoice.STEPS)
    assert differences(contract, before, dates.when) == ["how much structure: “Show me the steps”."]
    assert since(contract, lambda writer: writer.put(None, "revisit", "in spring")) == [
        "when to look at it again: “in spring”."
    ]


def test_days_are_told_in_words_as_they_are_shown(contract: Contract) -> None:
    assert since(contract, lambda writer: writer.put(None, "revisit", "2027-03-14")) == [
        "when to look at it again: “14 March 2027”."
    ]
    assert since(contract, lambda writer: writer.put(None, "revisit", "2027-03-15")) == [
        "when to look at it again: from “14 March 2027” to “15 March 2027”."
    ]


def test_whom_a_promise_is_made_to_is_told_by_name(contract: Contract) -> None:
    said = {"pos": "m", "by": MAYA.id, "to": MAYA.id, "when": "in June"}
    new = writing.add(paths.PROMISES_LIST, "p", said, {"what": "Read"}, turn_at=None)
    contract.change(new)
    thing = contract.items.promises[0].object
    before = contract.heads
    contract.change(lambda writer: writer.put(thing, "to", "name:Grandfather"))
    assert differences(contract, before, dates.when) == [
        "a promise: ‘Read’, to whom: from Maya to Grandfather."
    ]
    before = contract.heads
    contract.change(lambda writer: writer.put(thing, "to", ""))
    contract.change(lambda writer: writer.put(thing, "when", "in July"))
    assert differences(contract, before, dates.when) == [
        "a promise: ‘Read’, to whom: not Grandfather any more.",
        "a promise: ‘Read’, by when: from “in June” to “in July”.",
    ]


def test_what_is_another_and_reads_the_same_is_told_all_the_same(contract: Contract) -> None:
    contract.change(lambda writer: writer.put(None, "revisit", "in  spring"))
    assert since(contract, lambda writer: writer.put(None, "revisit", "in spring")) == [
        "when to look at it again is another now, though it reads the same."
    ]
    long = "when we have " + "seen it " * 12
    contract.change(lambda writer: writer.put(None, "revisit", f"{long}once"))
    (told,) = since(contract, lambda writer: writer.put(None, "revisit", f"{long}twice"))
    assert told.endswith("seen it once” to “…it seen it seen it twice”.")
    contract.splice(paths.part_of(ItemId("goals/b"), "what"), Splice(0, 10, "Build a kite"))
    assert since(contract, says(contract, "pos", "z")) == [
        "The order of the goals is another, though it reads the same."
    ]


def test_of_many_things_only_those_that_changed_places_are_told(contract: Contract) -> None:
    for key, words in zip("cde", ("Ski", "Whistle", "Swim"), strict=True):
        said = {"pos": f"m{key}"}
        contract.change(writing.add(paths.GOALS_LIST, key, said, {"what": words}, turn_at=None))
    assert since(contract, says(contract, "pos", "mdd", 2)) == [
        "The order of the goals: from ‘Ski’, ‘Whistle’ to ‘Whistle’, ‘Ski’."
    ]


def test_steps_are_told_with_their_words(contract: Contract) -> None:
    goal = contract.items.goals[0]
    step = writing.add(
        paths.STEPS_LIST,
        "s",
        {"pos": "m"},
        {"what": "Buy wood"},
        within=goal.steps_map,
        turn_at=None,
    )
    assert since(contract, step) == ["New: a step: ‘Buy wood’."]
    part = paths.part_of(paths.step(ItemId("goals/a"), "s"), "what")
    before = contract.heads
    contract.splice(part, Splice(0, 3, "Find"))
    assert differences(contract, before, dates.when) == [
        "a step: ‘Find wood’: “Buy” became “Find”."
    ]


@pytest.mark.parametrize("path", sorted(LEAVES_BY_PATH))
def test_something_is_said_exactly_where_something_counts(path: str) -> None:
    document = full_document()
    before, content = document.heads, None
    contract = Contract.open(document.changes_since(()), actor("v"))
    content = contract.answers.content()
    change(document, *LEAVES_BY_PATH[path])
    contract.apply(document.changes_since(before))
    assert bool(differences(contract, before, dates.when)) == (
        contract.answers.content() != content
    )


@given(documents(), st.data())
def test_whatever_a_document_holds_can_be_compared_and_has_an_agreement(
    raws: list[bytes], data: st.DataObject
) -> None:
    contract = Contract.open(raws, actor("v"))
    known = parse_changes(raws)
    before = contract.heads if not known else (data.draw(st.sampled_from(known)).hash,)
    told = differences(contract, before, dates.when)
    same = contract.answers.content(before) == contract.answers.content()
    assert bool(told) != same
    assert not contract.agreement.all_agree


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_what_is_cut_out_makes_one_text_the_other(old: list[str], new: list[str]) -> None:
    gone, come = (some.split() for some in cut(" ".join(old), " ".join(new)))
    if old == new:
        assert gone == come == []
        return
    assert any(
        old[:at] + gone + old[at + len(gone) :] == old
        and old[:at] + come + old[at + len(gone) :] == new
        for at in range(len(old) + 1)
    )
