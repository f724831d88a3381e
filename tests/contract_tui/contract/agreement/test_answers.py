"""Whose answer counts, which of several, and what nobody can forge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.agreement.values import Agreement, Answer
from contract_tui.contract.agreement.words import Fault
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.heads import write_heads
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.tokens import GoalState
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from sync_server.access.devices import DeviceProof, accept, invite_device, verify_device
from sync_server.access.keys import SigningKey
from sync_server.access.proof import Role, Seat
from sync_server.access.seat import SeatId
from sync_server.access.standby import issue_standby, read_standby, seat_anew
from sync_server.protocol.ids import ElementId
from tests.contract_tui.contract import people
from tests.contract_tui.contract.agreement.answering import EVERYBODY, faults, given_by, put
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    actor,
    key_of,
)
from tests.contract_tui.history.noting import DAY, PAPA, PAPA_PROOF, Table, note, signed, signed_by
from tests.searching import LONG_STORIES


@pytest.fixture
def table() -> Table:
    table = Table()
    table.write(table.maya, 60, "kites")
    return table


def test_everybody_who_writes_is_asked_the_student_first(table: Table) -> None:
    opa, proof = people.seat("Opa", Role.OBSERVER)
    table.maya.add_seat(opa, proof)
    note(table.maya, PAPA, lambda writer: writer.put(AGREEMENTS, "nobody", {}))
    agreement = table.maya.agreement
    assert [one.person.name for one in agreement.standings] == ["Maya", "Ms Okafor", "Papa"]
    assert not any(one.given for one in agreement.standings)
    assert not agreement.all_agree


def test_all_agree_on_what_stands_there_until_a_word_is_another(table: Table) -> None:
    for who in EVERYBODY:
        assert not table.maya.agreement.all_agree
        table.agree(who, answer=Answer.NOTE if who is PAPA else Answer.AGREE)
    assert table.maya.agreement.all_agree
    assert table.papa.agreement == table.maya.agreement
    table.write(table.okafor, DAY, " and owls")
    agreement = table.papa.agreement
    assert not agreement.all_agree
    assert [one.given.is_current for one in agreement.standings if one.given] == [False] * 3
    assert not agreement.broken
    end = len(table.maya.text(INTERESTS).text)
    table.maya.splice(INTERESTS, Splice(end - len(" and owls"), end, ""))
    assert table.maya.agreement.all_agree, "the same words are the same version"


def test_who_is_alone_agrees_with_nobody() -> None:
    contract = people.new_contract()
    put(contract, MAYA.id, signed(contract, MAYA), by=MAYA)
    assert contract.agreement.standings[0].agrees
    assert not contract.agreement.all_agree


def test_the_newest_answer_counts_whatever_the_clock_says(table: Table) -> None:
    table.agree(MAYA, seconds=9 * DAY)
    table.agree(MAYA, name="b", seconds=DAY, answer=Answer.NOT_YET)
    found = given_by(table.papa, MAYA)
    assert found is not None
    assert (found.answer, found.at) == (Answer.NOT_YET, BEGINNING + DAY)


def test_of_two_answers_given_apart_the_one_signed_later_counts(table: Table) -> None:
    early = signed(table.maya, MAYA, DAY)
    late = signed(table.maya, MAYA, 2 * DAY, Answer.NOT_YET)
    put(table.maya, MAYA.id, late, "a", by=MAYA)
    put(table.maya, MAYA.id, early, "b", by=MAYA)
    found = given_by(table.maya, MAYA)
    assert found is not None
    assert found.answer is Answer.NOT_YET


def test_nobody_makes_an_earlier_answer_the_newest_again(table: Table) -> None:
    agreed = signed(table.maya, MAYA)
    put(table.maya, MAYA.id, agreed, "a", by=MAYA)
    table.meet()
    table.agree(MAYA, name="b", answer=Answer.NOT_YET)
    put(table.maya, MAYA.id, agreed, "c")
    note(table.maya, PAPA, lambda writer: writer.delete(AGREEMENTS, MAYA.id))
    put(table.maya, MAYA.id, agreed, "d")
    found = given_by(table.maya, MAYA)
    assert found is not None
    assert found.answer is Answer.NOT_YET


def test_answers_that_programs_of_others_noted_count(table: Table) -> None:
    """One change makes the map, another puts the answer in, and a third takes all of it out."""
    token = signed(table.maya, MAYA)
    note(table.maya, MAYA, lambda writer: writer.put(AGREEMENTS, MAYA.id, {}))
    fresh = people.copy(table.maya, actor("q"))
    write = fresh.answers.note(MAYA.id, "a", token)
    fresh.change(write)
    assert given_by(fresh, MAYA) is not None
    assert given_by(people.copy(fresh, actor("r")), MAYA) is not None


def test_an_answer_that_a_program_wrote_as_a_text_counts_whatever_becomes_of_it(
    table: Table,
) -> None:
    token = signed(table.maya, MAYA)
    texts: list[ElementId] = []

    def write(writer: Writer) -> None:
        texts.append(writer.make(writer.make(AGREEMENTS, MAYA.id, Kind.MAP), "a", Kind.TEXT))
        writer.splice(texts[0], Splice(0, 0, token))

    note(table.maya, MAYA, write)
    assert faults(table.maya) == [None]
    assert faults(people.copy(table.maya, actor("r"))) == [None]
    assert given_by(table.maya, MAYA) is not None
    note(table.maya, PAPA, lambda writer: writer.splice(texts[0], Splice(9, 12, "?")))
    assert None in faults(table.maya), "what was noted once counts"
    fresh = people.copy(table.maya, actor("q"))
    assert given_by(fresh, MAYA) is not None
    note(fresh, PAPA, lambda writer: writer.delete(AGREEMENTS, MAYA.id))
    assert given_by(people.copy(fresh, actor("s")), MAYA) is not None


def type_in(contract: Contract, text: ElementId, splice: Splice) -> None:
    note(contract, MAYA, lambda writer: writer.splice(text, splice))


def test_an_answer_that_is_typed_letter_by_letter_counts_as_it_stands(table: Table) -> None:
    token = signed(table.maya, MAYA)
    texts: list[ElementId] = []

    def write(writer: Writer) -> None:
        texts.append(writer.make(writer.make(AGREEMENTS, MAYA.id, Kind.MAP), "a", Kind.TEXT))

    note(table.maya, MAYA, write)
    for start in range(0, len(token), 50):
        type_in(table.maya, texts[0], Splice(start, start, token[start : start + 50]))
    type_in(table.maya, texts[0], Splice(20, 20, "oops"))
    type_in(table.maya, texts[0], Splice(20, 24, ""))
    type_in(table.maya, texts[0], Splice(10, 12, token[10:12]))
    assert None in faults(table.maya)
    assert given_by(table.maya, MAYA) is not None


def test_a_guest_who_was_seated_anew_answers_on_the_computer_of_whoever_did_it(
    table: Table,
) -> None:
    token = issue_standby(
        key_of("Papa"),
        CONTRACT,
        key_of("Ms Okafor").public,
        conference=1,
        host=MAYA.id,
        jti="standby",
        now=BEGINNING,
    )
    standby, laptop = read_standby(token, PAPA_PROOF, CONTRACT), SigningKey(b"l" * 32)
    proof = seat_anew(standby, key_of("Ms Okafor"), laptop)
    device = verify_device(proof, CONTRACT)
    table.maya.add_device(device, proof)
    said = signed_by(laptop, table.maya, BEGINNING)  # it does not say so itself
    put(table.maya, device.prefix.hex(), said, by=MAYA)
    found = given_by(table.maya, PAPA)
    assert found is not None
    assert found.host == OKAFOR.name


def test_a_further_computer_answers_for_its_person(table: Table) -> None:
    laptop = SigningKey(b"l" * 32)
    invitation = invite_device(
        key_of("Maya"), MAYA_PROOF, key=SigningKey(b"o" * 32), jti="laptop", expires=1, relays=()
    )
    proof = accept(invitation, laptop)
    device = verify_device(proof, CONTRACT)
    table.maya.add_device(device, proof)
    token = signed_by(laptop, table.maya, BEGINNING)
    put(table.maya, device.prefix.hex(), token, by=MAYA)
    found = given_by(table.maya, MAYA)
    assert found is not None
    assert found.person == MAYA.id
    assert DeviceProof.from_text(proof.text) == proof


def test_who_was_taken_out_has_agreed_and_counts_no_more(table: Table) -> None:
    for who in EVERYBODY:
        table.agree(who)
    table.maya.answers.taken_out = frozenset({bytes.fromhex(PAPA.id)})
    agreement = table.maya.agreement
    assert [one.given is None for one in agreement.standings] == [False, False, True]
    assert not agreement.all_agree
    assert not agreement.broken
    assert faults(table.maya) == [None, None, Fault.TAKEN_OUT]


@pytest.mark.parametrize("field", ["removed", "state"])
def test_what_an_adult_took_away_is_covered_by_nobody(table: Table, field: str) -> None:
    """The goal stands for everybody who reads, and the content, without any rights, is without."""
    table.maya.change(writing.add(paths.GOALS_LIST, "g", {"pos": "m"}, turn_at=None))
    goal = table.maya.items.goals[0]
    value = write_heads(table.maya.heads) if field == "removed" else GoalState.LET_GO
    note(table.maya, OKAFOR, lambda writer: writer.put(goal.object, field, value))
    table.meet()
    for who in EVERYBODY:
        table.agree(who)
    assert len(table.maya.items.goals) == 1
    assert not table.maya.agreement.all_agree
    (sentence,) = table.maya.agreement.broken
    assert "goals / g" in sentence
    mine = write_heads(table.maya.heads) if field == "removed" else GoalState.TRYING
    note(table.maya, MAYA, lambda writer: writer.put(goal.object, field, mine))
    assert not table.maya.agreement.broken, "it is as the student says"


def test_nothing_is_worked_out_twice_for_the_same_version(table: Table) -> None:
    for who in EVERYBODY:
        table.agree(who)
    assert table.maya.agreement is table.maya.agreement
    before = table.maya.agreement
    table.write(table.maya, DAY)
    assert table.maya.agreement is not before


@LONG_STORIES
@given(
    st.lists(st.tuples(st.sampled_from(EVERYBODY), st.sampled_from(Answer)), max_size=5), st.data()
)
def test_everybody_tells_the_same_of_answers_given_apart(
    script: list[tuple[Seat, Answer]], data: st.DataObject
) -> None:
    table = Table()
    contracts = dict(zip(EVERYBODY, (table.maya, table.okafor, table.papa), strict=True))
    for number, (who, answer) in enumerate(script):
        mine = contracts[who]
        if data.draw(st.booleans()):
            mine.splice(INTERESTS, Splice(0, 0, str(number)))
        token = signed(mine, who, number, answer)
        mine.change(mine.answers.note(SeatId(who.id), f"{number}", token))
        if data.draw(st.booleans()):
            table.meet()
    table.meet()
    first, *others = (one.agreement for one in contracts.values())
    assert all(other == first for other in others)
    assert not first.broken
    last = {who.id: answer for who, answer in script}
    said = {one.person.id: one.given.answer for one in first.standings if one.given}
    assert said == last


def test_a_contract_that_nobody_is_in_has_an_agreement_of_nobody() -> None:
    assert Contract.blank(actor("b"), CONTRACT).agreement == Agreement()
