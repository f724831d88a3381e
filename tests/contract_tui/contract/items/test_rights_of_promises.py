"""Who may say what of a promise: that it is gone, whose it is, and what came of it."""

import pytest

from contract_tui.contract.anew import begin_anew
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import NotYours
from contract_tui.contract.heads import write_heads
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.tokens import Outcome
from contract_tui.contract.items.values import Promise, standing
from contract_tui.contract.membership.seats import NAMED
from sync_server.access.proof import Seat
from tests.contract_tui.contract.items.naming import named, thing
from tests.contract_tui.contract.people import (
    CONTRACT_KEY,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
)
from tests.contract_tui.full_contract import JONAS, JONAS_PROOF, full_contract


def test_what_was_added_is_taken_away_by_whoever_added_it_or_promises_it() -> None:
    contract = full_contract()
    for one in standing(contract.items.promises) + standing(contract.items.reflections):
        for person in (MAYA, OKAFOR, JONAS):
            theirs = person.id in (one.added_by, one.string("by"))
            if theirs:
                assert writing.remove(one, person.id, contract.pupils, contract.heads, None)
            else:
                with pytest.raises(NotYours, match="Somebody else added this"):
                    writing.remove(one, person.id, contract.pupils, contract.heads, None)


def test_a_promise_that_another_wrote_down_is_taken_away_by_whoever_is_to_keep_it() -> None:
    contract = full_contract(JONAS)
    said: dict[str, writing.Plain] = {"by": MAYA.id, "to": JONAS.id, "pos": "b1"}
    contract.change(writing.add(paths.PROMISES_LIST, "tidy", said, turn_at=None))
    promise = thing(contract, "promises/tidy")
    assert writing.remove(promise, MAYA.id, contract.pupils, contract.heads, None)
    with pytest.raises(NotYours):
        writing.remove(promise, OKAFOR.id, contract.pupils, contract.heads, None)


@pytest.mark.parametrize("field", ["by", "to"])
def test_nobody_moves_a_promise_to_another_person(field: str) -> None:
    contract = full_contract(JONAS)
    promise = next(one for one in contract.items.promises if one.added_by == OKAFOR.id)
    with pytest.raises(NotYours):
        writing.say(promise, field, JONAS.id, JONAS.id, contract.pupils, None)
    contract.change(lambda writer: writer.put(promise.object, field, JONAS.id))
    contract.change(
        lambda writer: writer.put(promise.object, "removed", write_heads(contract.heads))
    )
    now = thing(contract, promise.id)
    assert JONAS.id not in (now.string("by"), now.string("to")) or promise.to == JONAS.id
    assert now.removal is None
    assert named(contract, promise.id.replace("/", " / "), field)


def test_only_whom_it_was_made_to_says_what_came_of_a_promise() -> None:
    contract = full_contract()
    promise = next(one for one in contract.items.promises if one.to == OKAFOR.id)
    with pytest.raises(NotYours, match="Whoever this was promised to"):
        writing.close_promise(promise, MAYA.id, Outcome.KEPT, None)
    outcomes = promise.outcomes_map
    assert outcomes
    contract.change(lambda writer: writer.put(outcomes, OKAFOR.id, Outcome.CHANGED.value))
    assert thing(contract, promise.id).id == promise.id
    closed = thing(contract, promise.id)
    assert isinstance(closed, Promise)
    assert closed.outcome is Outcome.NOT_SAID
    assert named(contract, promise.id.replace("/", " / "), "outcome")
    contract.write_as(actor_of(OKAFOR, 2))
    write = writing.close_promise(closed, OKAFOR.id, Outcome.CHANGED, None)
    assert write
    contract.change(write)
    now = thing(contract, promise.id)
    assert isinstance(now, Promise)
    assert now.outcome is Outcome.CHANGED
    assert not named(contract, promise.id.replace("/", " / "), "outcome")


@pytest.mark.parametrize("to", [MAYA, JONAS])
@pytest.mark.parametrize("is_by_name", [True, False])
def test_an_outcome_from_before_the_student_came_counts_for_the_student_alone(
    to: Seat, is_by_name: bool
) -> None:
    """An older branch of the contract is open to everybody for ever: nobody speaks for others."""
    contract = Contract.create(actor_of(OKAFOR), CONTRACT_KEY.public.text, "Prepared")
    contract.add_seat(OKAFOR, OKAFOR_PROOF)
    contract.write_as(actor_of(JONAS))
    contract.add_seat(JONAS, JONAS_PROOF)
    said = {"by": OKAFOR.id, "to": to.id}
    contract.write_as(actor_of(OKAFOR, 1))
    contract.change(writing.add(paths.PROMISES_LIST, "p", said, turn_at=None))
    (promise,) = contract.items.promises
    outcomes = promise.outcomes_map
    assert outcomes
    key = f"{NAMED}{to.name}" if is_by_name else to.id
    contract.change(lambda writer: writer.put(outcomes, key, Outcome.KEPT.value))
    contract.write_as(actor_of(MAYA))
    contract.add_seat(MAYA, MAYA_PROOF)
    (promise,) = contract.items.promises
    assert promise.outcome is (Outcome.KEPT if to is MAYA else Outcome.NOT_SAID)
    assert named(contract, "promises / p / outcome") is (to is JONAS)


@pytest.mark.parametrize("founder", [MAYA, OKAFOR])
def test_an_outcome_comes_along_into_a_contract_that_is_begun_anew(founder: Seat) -> None:
    old = full_contract()
    (film,) = [one for one in old.items.promises if one.to == JONAS.id]
    old.write_as(actor_of(JONAS, 3))
    write = writing.close_promise(film, JONAS.id, Outcome.CHANGED, None)
    assert write
    old.change(write)
    anew = begin_anew(old, actor_of(founder, 4), CONTRACT_KEY.public.text, 0)
    for person, proof in ((OKAFOR, OKAFOR_PROOF), (JONAS, JONAS_PROOF), (MAYA, MAYA_PROOF)):
        anew.write_as(actor_of(person, 5))
        anew.add_seat(person, proof)
    came = {paths.key(one.id): one for one in anew.items.promises}
    assert came["ask"].outcome is Outcome.KEPT
    assert (came["film"].to, came["film"].outcome) == (JONAS.id, Outcome.CHANGED)
    outcomes = came["film"].outcomes_map
    assert outcomes
    anew.write_as(actor_of(OKAFOR, 6))
    anew.change(lambda writer: writer.put(outcomes, f"{NAMED}Jonas", Outcome.KEPT.value))
    (film,) = [one for one in anew.items.promises if paths.key(one.id) == "film"]
    assert film.outcome is Outcome.CHANGED, "this was not there when it was begun"
