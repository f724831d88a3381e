"""A text that somebody took out of its place: nothing that is written in it is lost silently."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract import sections
from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.past.losses import Losses, Lost
from contract_tui.contract.past.settled import settling
from contract_tui.contract.schema import GOALS_MAP, INTERESTS, SECTIONS_MAP, TITLE, PartId
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.operations import ElementId
from sync_server.protocol.saved import read_saved
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)

WHAT, ROBOT = PartId("goals/g/what"), PartId("robot")


@pytest.fixture
def maya() -> Contract:
    return begun()


def begun() -> Contract:
    """Maya's contract with a goal and a section of her own."""
    maya = new_contract()
    maya.add_seat(OKAFOR, OKAFOR_PROOF)
    maya.change(writing.add(paths.GOALS_LIST, "g", {}, {"what": "Fly."}, turn_at=None))
    maya.change(sections.add(ROBOT, "My robot", "t", None, "It walks."))
    return maya


def holder(contract: Contract, part: PartId) -> ElementId:
    if part == ROBOT:
        found = next(one.map for one in contract.sections if one.part == ROBOT)
    else:
        goal = contract.items.find(ItemId("goals/g"))
        found = goal.object if goal else None
    assert found is not None
    return found


def attacked(contract: Contract, *parts: PartId, start: int = 9) -> None:
    """A changed program of the teacher takes texts out, and that arrives here."""
    okafor = copy(contract, actor_of(OKAFOR, start))
    for part in parts:
        place = holder(okafor, part)
        take_out(okafor, place, paths.key_of(part))
    exchange(contract, okafor)


def take_out(contract: Contract, obj: ElementId, key: str) -> None:
    contract.change(lambda writer: writer.delete(obj, key))


def type_in(contract: Contract, part: PartId, words: str, name: str = "a") -> None:
    """Write as a person's program does."""
    if part in contract.detached:
        text, by = contract.text(part), contract.author(contract.actor).id
        contract.attach(part, None, settling(name, text.object, text.ids, by))
    end = len(contract.text(part).text)
    contract.splice(part, Splice(end, end, words))


def lost(contract: Contract) -> tuple[Lost, ...]:
    found = Losses(contract)
    for one in read_saved(contract.save()).operations():
        found.take(one)
    return found.found()


def test_a_text_that_stands_is_attached(maya: Contract) -> None:
    assert not maya.detached
    for part in (TITLE, INTERESTS, WHAT, ROBOT):
        assert maya.attach(part) is None


@pytest.mark.parametrize("part", [WHAT, ROBOT])
def test_whoever_writes_next_puts_the_text_back_in_its_place(maya: Contract, part: PartId) -> None:
    before = maya.text(part).text
    attacked(maya, part)
    assert part in maya.detached
    assert maya.text(part).text == before, "it stays readable"
    type_in(maya, part, " Then it rests.")
    assert not maya.detached
    assert maya.text(part).text == f"{before} Then it rests."
    anew = copy(maya, actor_of(MAYA, 20))
    assert anew.text(part).text == f"{before} Then it rests."
    assert not lost(anew), "nothing is missing any more"
    while maya.undo(part):
        pass
    assert maya.text(part).text == before


def test_an_editor_that_is_open_is_told_to_read_the_text_anew(maya: Contract) -> None:
    version = maya.text(WHAT).version
    attacked(maya, WHAT)
    type_in(maya, WHAT, "!")
    assert maya.text(WHAT).since(version) is None


def test_where_all_that_held_it_is_gone_the_words_are_offered_back(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR, 9))
    take_out(okafor, SECTIONS_MAP, ROBOT)
    take_out(okafor, GOALS_MAP, "g")
    exchange(maya, okafor)
    assert {WHAT, ROBOT} <= maya.detached
    assert maya.attach(ROBOT) is None
    assert maya.attach(WHAT) is None
    type_in(maya, ROBOT, " And talks.")
    assert "It walks. And talks." in [one.text for one in lost(copy(maya, actor_of(MAYA, 21)))]


def test_who_puts_it_back_at_the_same_time_loses_nothing(maya: Contract) -> None:
    laptop = copy(maya, actor_of(MAYA, 22))
    attacked(maya, WHAT)
    exchange(maya, laptop)
    type_in(maya, WHAT, " High.", "a")
    type_in(laptop, WHAT, " Far.", "b")
    exchange(maya, laptop)
    twin = copy(maya, actor_of(MAYA, 24))
    (other,) = lost(twin)
    assert {twin.text(WHAT).text, other.text} == {"Fly. High.", "Fly. Far."}
    assert other.authors == {MAYA.id}
    assert maya.text(WHAT).text == laptop.text(WHAT).text == twin.text(WHAT).text


@settings(max_examples=settings().max_examples // 4)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["maya", "maya", "okafor"]),
            st.sampled_from(["write", "write", "take out", "destroy", "meet", "open"]),
            st.sampled_from([WHAT, ROBOT]),
        ),
        max_size=14,
    )
)
def test_every_word_that_somebody_types_stands_after_opening_or_is_offered(
    deeds: list[tuple[str, str, PartId]],
) -> None:
    maya = begun()
    okafor = copy(maya, actor_of(OKAFOR, 9))
    typed: list[str] = []
    for number, (who, deed, part) in enumerate(deeds):
        one = maya if who == "maya" else okafor
        if deed == "write" and part in one.texts:
            if one is maya:
                typed.append(f" w{number};")
            type_in(one, part, f" w{number};" if one is maya else " x", f"n{number}")
        elif deed == "meet":
            exchange(maya, okafor)
        elif deed == "open":
            maya = Contract.open(maya.changes_since(), actor_of(MAYA, 30 + number))
        elif one is okafor and part in one.texts and part not in one.detached:
            if deed == "take out":
                take_out(one, holder(one, part), paths.key_of(part))
            elif part == ROBOT:
                take_out(one, SECTIONS_MAP, ROBOT)
    exchange(maya, okafor)
    anew = Contract.open(maya.changes_since(), actor_of(MAYA, 99))
    there = [anew.text(part).text for part in anew.texts]
    there += [one.text for one in lost(anew) if MAYA.id in one.authors]
    assert not [word for word in typed if not any(word in text for text in there)]
