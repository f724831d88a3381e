"""Whatever a changed program writes where something counts: it is shown so, or it is named."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from contract_tui.contract.agreement.content import COUNTS, Plain
from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.items import paths
from contract_tui.contract.items.tokens import GoalState
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.names import ObjectId
from contract_tui.contract.reading import ReadGoal, Reading, ReadPromise, ReadStep, ReadSupport
from contract_tui.contract.schema import (
    DEFAULT_HEADINGS,
    INTERESTS,
    SECTION_MAPS,
    SECTIONS_MAP,
    STRUCTURE,
)
from contract_tui.contract.sections import NAMELESS, heading_part
from contract_tui.contract.text.splice import Splice
from sync_server.access.proof import Seat
from tests.contract_tui.contract.people import BEGINNING, MAYA, OKAFOR, actor_of
from tests.contract_tui.full_contract import JONAS, KITE, answer, full_contract

EVERYBODY = (MAYA, OKAFOR, JONAS)
THINGS = {
    "support_items": "support_items/corner",
    "goals": "goals/reading",
    "steps": "goals/kite/steps/wood",
    "promises": "promises/film",
}
FIELDS = [
    (kind, field)
    for kind in THINGS
    for field in (*COUNTS[kind], "pos", "removed", *(["state"] if kind == "goals" else []))
    if field != "steps"
]
SAID = ["mine", "let-go", "x  y", OKAFOR.id, f" {MAYA.id} ", "a" * 64, f" {'a' * 64}", ""]
FORGED = {  # by Jonas, of things of others
    ("goals", "origin", "mine"),
    ("promises", "by", OKAFOR.id),
    ("promises", "to", OKAFOR.id),
}


def shown(reading: Reading) -> Mapping[str, Plain]:
    """What a person is shown of what counts, as the content would put it."""
    return {
        "title": reading.title,
        "structure_choice": reading.structure_choice,
        "revisit": reading.revisit,
        "sections": [
            {"id": one.part, "heading": one.heading, "body": one.text, "hidden": one.hidden}
            for one in reading.sections
        ],
        "support_items": [_support(one) for one in reading.supports],
        "goals": [_goal(one) for one in reading.goals if one.state is not GoalState.LET_GO],
        "promises": [_promise(one) for one in reading.promises],
    }


def _support(one: ReadSupport) -> Plain:
    said: dict[str, Plain] = {"offered_by": _who(one.offered_by), "check_on": one.check_on}
    return {"id": paths.key(one.id), "what": one.what.text, "when": one.when.text, **said}


def _goal(one: ReadGoal) -> Plain:
    return {
        "id": paths.key(one.id),
        "what": one.what.text,
        "matters": one.matters.text,
        "success": one.success.text,
        "evidence": one.evidence.text,
        "together_with": one.together_with.text,
        "origin": one.origin,
        "origin_note": one.origin_note.text,
        "structure_choice": one.structure,
        "structure_note": one.structure_note.text,
        "steps": [_step(step) for step in one.steps],
    }


def _step(one: ReadStep) -> Plain:
    return {
        "id": paths.key(one.id),
        "what": one.what.text,
        "by": _who(one.by),
        "when": one.when,
    }


def _promise(one: ReadPromise) -> Plain:
    people: dict[str, Plain] = {"by": _who(one.by), "to": _who(one.to)}
    return {"id": paths.key(one.id), "what": one.what.text, "when": one.when, **people}


def _who(person: SeatEntry | None) -> str:
    return person.id if person else ""


def flat(content: Plain, place: str = "") -> Iterator[tuple[str, str]]:
    """Every value with its place, as people would compare them: in one line each."""
    match content:
        case dict():
            for key, one in content.items():
                yield from flat(one, f"{place}/{key}")
        case list():
            for number, one in enumerate(content):
                yield from flat(one, f"{place}/{number}")
        case _:
            words = " ".join(str(content).split())
            usual = {*DEFAULT_HEADINGS.values(), NAMELESS}
            yield place, "" if place.endswith("heading") and words in usual else words


def is_shown(contract: Contract) -> bool:
    """Whether people are shown exactly what an answer would cover."""
    content = {**contract.answers.content()}
    del content["format"]
    return dict(flat(content)) == dict(flat(dict(shown(contract.reading()))))


def attack(contract: Contract, write: Callable[[Writer], object]) -> None:
    """A changed program writes whatever it likes."""
    contract.change(lambda writer: (write(writer), None)[1])


def judged(contract: Contract) -> bool:
    """Whether something is named; nothing that is named is agreed on, and all else is shown."""
    for person in EVERYBODY:
        contract.write_as(actor_of(person, 50))
        answer(contract, person, Answer.AGREE, "", BEGINNING + 90 * 86_400)
    agreement = contract.agreement
    assert all(one.agrees for one in agreement.standings)
    assert agreement.all_agree is not bool(agreement.broken)
    assert agreement.broken or is_shown(contract)
    return bool(agreement.broken)


def place_of(contract: Contract, kind: str) -> ObjectId:
    thing = contract.items.find(paths.ItemId(THINGS[kind]))
    assert thing is not None
    return thing.object


def test_what_everybody_wrote_in_order_is_shown_and_agreed_on() -> None:
    contract = full_contract()
    assert is_shown(contract)
    assert not judged(contract)


@pytest.mark.parametrize("value", SAID)
@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_whatever_an_adult_says_of_a_thing_is_shown_or_named(
    kind: str, field: str, value: str
) -> None:
    contract = full_contract(JONAS)
    thing = place_of(contract, kind)
    attack(contract, lambda writer: put(writer, thing, field, value))
    is_named = judged(contract)
    assert is_named or (kind, field, value) not in FORGED


def put(writer: Writer, thing: ObjectId, field: str, value: str) -> None:
    """Say it also where the same is said already."""
    writer.delete(thing, field)
    writer.put(thing, field, value)


@pytest.mark.parametrize("by", [MAYA, JONAS])
@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_whatever_stands_in_the_place_of_something_else_is_shown_or_named(
    kind: str, field: str, by: Seat
) -> None:
    contract = full_contract(by)
    thing = place_of(contract, kind)
    assert isinstance(thing, tuple)

    def write(writer: Writer) -> None:
        text = writer.make(thing, field, Kind.TEXT)
        writer.splice(text, Splice(0, 0, "mine  "))

    attack(contract, write)
    judged(contract)
    contract = full_contract(by)
    attack(contract, lambda writer: writer.make(thing, field, Kind.MAP))
    judged(contract)
    contract = full_contract(by)

    def take_out(writer: Writer) -> None:
        writer.put(thing, field, "x")
        writer.delete(thing, field)

    attack(contract, take_out)
    judged(contract)


def test_who_promised_is_named_with_the_words_of_the_promise() -> None:
    contract = full_contract(JONAS)
    ask = contract.items.find(paths.item(paths.PROMISES_LIST, "ask"))
    assert ask is not None
    attack(contract, lambda writer: writer.put(ask.object, "by", MAYA.id))
    assert judged(contract)
    (sentence,) = contract.agreement.broken
    assert "“I ask on Mondays, and only…”: who promises it was changed by" in sentence
    contract.write_as(actor_of(OKAFOR, 60))
    attack(contract, lambda writer: put(writer, ask.object, "by", OKAFOR.id))
    assert not judged(contract), "she has said it anew"


def test_the_same_words_in_another_hand_take_nothing_from_an_agreement() -> None:
    contract = full_contract(JONAS)
    before = contract.answers.digest
    ask = contract.items.find(paths.item(paths.PROMISES_LIST, "ask"))
    assert ask is not None
    attack(contract, lambda writer: put(writer, ask.object, "by", OKAFOR.id))
    assert contract.answers.digest == before
    assert not judged(contract), "what counts is shown, as she said it"


@pytest.mark.parametrize("value", ["", "steps", "do what Jonas says", " steps"])
@pytest.mark.parametrize("key", ["structure_choice", "revisit"])
def test_whatever_is_said_of_the_contract_is_shown_or_named(key: str, value: str) -> None:
    contract = full_contract(JONAS)
    attack(contract, lambda writer: writer.put(None, key, value))
    assert judged(contract) is (key == "structure_choice" and value not in ("", "steps"))


@pytest.mark.parametrize("section", [INTERESTS, STRUCTURE])
@pytest.mark.parametrize(
    ("field", "value"),
    [("hidden", True), ("pos", "A"), ("pos", "zz"), ("heading", "Duties"), ("body", "x")],
)
def test_whatever_an_adult_says_of_a_section_is_shown_or_named(
    section: str, field: str, value: str | bool
) -> None:
    place = {str(part): obj for part, obj in SECTION_MAPS.items()}[section]
    contract = full_contract(JONAS)
    attack(contract, lambda writer: writer.put(place, field, value))
    is_named = judged(contract)
    is_order_another = (section, value) in {(INTERESTS, "zz"), (STRUCTURE, "A")}
    assert is_named is (field == "hidden" or is_order_another)


def test_a_heading_and_a_section_of_an_adults_are_named() -> None:
    contract = full_contract(JONAS)
    title = contract.texts[heading_part(INTERESTS)]
    attack(contract, lambda writer: writer.splice(title, Splice(0, 0, "Duties")))
    assert judged(contract)
    contract = full_contract(JONAS)

    def add(writer: Writer) -> None:
        place = writer.make(SECTIONS_MAP, "duties", Kind.MAP)
        writer.make(place, "body", Kind.TEXT)
        writer.put(place, "heading", "What you have to do")

    attack(contract, add)
    assert judged(contract)


def test_a_goal_that_an_adult_sets_aside_is_named() -> None:
    contract = full_contract(OKAFOR)
    kite = contract.items.find(KITE)
    assert kite is not None
    attack(contract, lambda writer: writer.put(kite.object, "state", GoalState.LET_GO.value))
    assert judged(contract)
