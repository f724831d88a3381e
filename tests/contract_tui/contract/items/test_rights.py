"""Who may say what: asked where it is written, and not believed where it was written anyhow."""

from collections.abc import Callable

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Writer
from contract_tui.contract.errors import NotYours
from contract_tui.contract.heads import write_heads
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.rights import may_write, refusal
from contract_tui.contract.items.tokens import GoalState, Origin, Stretch
from contract_tui.contract.items.values import Goal
from contract_tui.contract.schema import INTERESTS, SEATS_MAP, PartId
from contract_tui.contract.text.splice import Splice
from sync_server.access.proof import Seat
from tests.contract_tui.contract.items.naming import ADULTS, named, thing
from tests.contract_tui.contract.people import (
    CONTRACT,
    CONTRACT_KEY,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
)
from tests.contract_tui.full_contract import JONAS, KITE, READING_ALOUD, full_contract


@pytest.mark.parametrize("adult", ADULTS)
@pytest.mark.parametrize(
    ("field", "value"), [("stretch", Stretch.TOO_EASY), ("state", GoalState.LET_GO)]
)
def test_how_a_goal_feels_and_that_it_is_dropped_is_for_the_student_to_say(
    adult: Seat, field: str, value: str
) -> None:
    contract = full_contract(adult)
    before = thing(contract, KITE)
    with pytest.raises(NotYours):
        writing.say(before, field, value, adult.id, contract.pupils, None)
    contract.change(lambda writer: writer.put(before.object, field, value))
    goal = thing(contract, KITE)
    assert isinstance(goal, Goal)
    assert (goal.stretch, goal.state) != (before.string("stretch"), value)
    assert value not in (goal.stretch, goal.state)
    assert named(contract, "goals / kite", field)


@pytest.mark.parametrize("adult", ADULTS)
def test_nobody_passes_a_goal_off_as_the_students_own_wish(adult: Seat) -> None:
    contract = full_contract(adult)
    before = thing(contract, READING_ALOUD)
    assert before.string("origin") != Origin.MINE
    with pytest.raises(NotYours):
        writing.say(before, "origin", Origin.MINE, adult.id, contract.pupils, None)
    contract.change(lambda writer: writer.put(before.object, "origin", Origin.MINE.value))
    goal = thing(contract, READING_ALOUD)
    assert goal.string("origin") == before.string("origin")
    assert named(contract, "goals / reading", "origin")
    required = writing.say(goal, "origin", Origin.REQUIRED, adult.id, contract.pupils, None)
    assert required
    contract.change(required)
    assert not named(contract, "goals / reading")


@pytest.mark.parametrize("adult", ADULTS)
def test_that_a_goal_is_the_students_own_wish_stays_their_word(adult: Seat) -> None:
    contract = full_contract(adult)
    before = thing(contract, KITE)
    assert before.added_by == MAYA.id
    assert before.string("origin") == Origin.MINE
    for value in (Origin.REQUIRED.value, Origin.NOT_SAID.value):
        with pytest.raises(NotYours):
            writing.say(before, "origin", value, adult.id, contract.pupils, None)
    contract.change(lambda writer: writer.put(before.object, "origin", Origin.REQUIRED.value))
    assert thing(contract, KITE).string("origin") == Origin.MINE
    assert named(contract, "goals / kite", "origin")


def test_a_goal_of_an_adult_that_the_student_calls_their_own_is_theirs_from_then_on() -> None:
    contract = full_contract(MAYA)
    goal = thing(contract, READING_ALOUD)
    assert goal.added_by != MAYA.id
    own = writing.say(goal, "origin", Origin.MINE, MAYA.id, contract.pupils, None)
    assert own
    contract.change(own)
    with pytest.raises(NotYours):
        writing.say(thing(contract, READING_ALOUD), "origin", "", OKAFOR.id, contract.pupils, None)


@pytest.mark.parametrize("adult", ADULTS)
def test_a_goal_that_the_student_let_go_is_taken_up_again_by_nobody_else(adult: Seat) -> None:
    contract = full_contract(MAYA)
    let_go = writing.say(
        thing(contract, KITE), "state", GoalState.LET_GO, MAYA.id, contract.pupils, None
    )
    assert let_go
    contract.change(let_go)
    goal = thing(contract, KITE)
    for state in (GoalState.TRYING, GoalState.NOT_SAID, GoalState.LET_GO):
        with pytest.raises(NotYours):
            writing.say(goal, "state", state, adult.id, contract.pupils, None)
    again = writing.say(goal, "state", GoalState.TRYING, MAYA.id, contract.pupils, None)
    assert again
    contract.change(again)
    reached = (thing(contract, KITE), "state", GoalState.REACHED, adult.id, contract.pupils)
    assert writing.say(*reached, None)


@pytest.mark.parametrize("field", ["stretch", "state"])
def test_the_student_can_say_what_somebody_said_without_a_right(field: str) -> None:
    contract = full_contract(OKAFOR)
    kite = thing(contract, KITE)
    value = Stretch.TOO_MUCH.value if field == "stretch" else GoalState.LET_GO.value
    contract.change(lambda writer: writer.put(kite.object, field, value))
    contract.write_as(actor_of(MAYA, 2))
    write = writing.say(thing(contract, KITE), field, value, MAYA.id, contract.pupils, None)
    assert write
    contract.change(write)
    assert thing(contract, KITE).string(field) == value
    assert not named(contract, "goals / kite")


@pytest.mark.parametrize("adult", ADULTS)
def test_no_adult_takes_a_goal_away_and_the_student_does(adult: Seat) -> None:
    contract = full_contract(adult)
    heads = contract.heads
    with pytest.raises(NotYours, match="only they can let it go"):
        writing.remove(thing(contract, KITE), adult.id, contract.pupils, heads, None)
    kite = thing(contract, KITE).object
    contract.change(lambda writer: writer.put(kite, "removed", write_heads(heads)))
    assert thing(contract, KITE).removal is None
    assert named(contract, "goals / kite / removed")
    contract.write_as(actor_of(MAYA, 2))
    away = writing.remove(thing(contract, KITE), MAYA.id, contract.pupils, heads, None)
    assert away
    contract.change(away)
    removal = thing(contract, KITE).removal
    assert removal is not None
    assert removal.by == MAYA.id


@pytest.mark.parametrize(
    ("part", "adults"),
    [
        ("interests", True),
        ("title", True),
        ("sections/interests/heading", False),
        (f"{KITE}/what", True),
        (f"{KITE}/matters", False),
        (f"{KITE}/success", False),
        (f"{KITE}/steps/plan/what", True),
    ],
)
def test_a_text_says_whose_it_is(part: str, adults: bool) -> None:
    contract = full_contract()
    part, pupils = PartId(part), contract.pupils
    found = contract.items.find(paths.owner(part) or ItemId(""))
    assert may_write(part, MAYA.id, found, pupils)
    for adult in ADULTS:
        assert may_write(part, adult.id, found, pupils) is adults
    if not adults:
        assert refusal(part).startswith(("The student", "These words are the student’s"))


def test_reflections_and_notes_are_their_authors_and_answers_the_students() -> None:
    contract = full_contract()
    for one in (*contract.items.reflections, *contract.items.notes):
        for person in (MAYA, OKAFOR, JONAS):
            mine = may_write(one.part("text"), person.id, one, contract.pupils)
            assert mine is (person.id == one.added_by)
        assert refusal(one.part("text")).startswith("Somebody else")
    note = contract.items.notes[0]
    answers = [
        may_write(note.part("answer_text"), person.id, note, contract.pupils)
        for person in (MAYA, OKAFOR, JONAS)
    ]
    assert answers == [True, False, False]


def prepared(do: Callable[[Contract], object]) -> Contract:
    """A contract that a teacher set up before the student came in."""
    contract = Contract.create(actor_of(OKAFOR), CONTRACT_KEY.public.text, "Maya’s")
    contract.add_seat(OKAFOR, OKAFOR_PROOF)
    said: dict[str, writing.Plain] = {"origin": "", "structure_choice": "", "pos": "b1"}
    contract.change(writing.add(paths.GOALS_LIST, "kite", {**said, "state": "idea"}, turn_at=None))
    do(contract)
    contract.write_as(actor_of(MAYA))
    contract.add_seat(MAYA, MAYA_PROOF)
    contract.write_as(actor_of(OKAFOR, 1))
    return contract


def test_what_a_teacher_prepared_before_the_student_came_stays_so() -> None:
    def drop(contract: Contract) -> None:
        goal = contract.items.goals[0]
        away = writing.remove(goal, OKAFOR.id, contract.pupils, contract.heads, None)
        assert away
        contract.change(away)

    contract = prepared(drop)
    assert contract.items.goals[0].removal is not None
    assert contract.set_aside == []


def test_who_comes_in_later_is_asked_from_then_on() -> None:
    contract = prepared(lambda _: None)
    goal = contract.items.goals[0]
    contract.change(lambda writer: writer.put(goal.object, "state", GoalState.LET_GO.value))
    assert contract.items.goals[0].string("state") == GoalState.IDEA
    assert named(contract, "goals / kite / state")


def test_nobody_makes_earlier_what_they_said_by_entering_the_student_once_more() -> None:
    contract = prepared(lambda _: None)
    goal = contract.items.goals[0]
    contract.change(lambda writer: writer.put(goal.object, "state", GoalState.LET_GO.value))
    contract.add_seat(MAYA, MAYA_PROOF)
    assert named(contract, "goals / kite / state")


@pytest.mark.parametrize(
    ("field", "value"),
    [("state", GoalState.LET_GO.value), ("origin", Origin.MINE.value), ("removed", "")],
)
def test_what_an_adult_says_on_the_contract_of_before_the_student_came_is_asked_as_well(
    field: str, value: str
) -> None:
    """An older branch of the contract is open to everybody for ever, and its numbers are lower."""
    contract = prepared(lambda one: one.splice(INTERESTS, Splice(0, 0, "What do you care about?")))
    old = Contract.open(contract.changes_since()[:-2], actor_of(OKAFOR, 5), CONTRACT)
    (goal,) = old.items.goals
    assert not old.pupils
    said = value or write_heads(old.heads)
    contract.apply([old.change(lambda writer: writer.put(goal.object, field, said))])
    (now,) = contract.items.goals
    assert (now.string(field), now.removal) == (goal.string(field), None)
    assert named(contract, f"goals / kite / {field}")


@pytest.mark.parametrize("is_another_there", [True, False])
def test_nobody_makes_later_what_was_prepared_by_taking_the_students_entry_out(
    is_another_there: bool,
) -> None:
    contract = prepared(let_go)
    assert contract.items.goals[0].string("state") == GoalState.LET_GO
    vouched = contract.roster.proofs[MAYA.id]

    def write(writer: Writer) -> None:
        if is_another_there:
            writer.put(SEATS_MAP, MAYA.id, {"proof": vouched})
        else:
            writer.delete(SEATS_MAP, MAYA.id)

    contract.change(write)
    contract.vouch([vouched])
    assert contract.pupils
    assert contract.items.goals[0].string("state") == GoalState.LET_GO


def let_go(contract: Contract) -> None:
    goal = contract.items.goals[0]
    contract.change(lambda writer: writer.put(goal.object, "state", GoalState.LET_GO.value))
