"""What people are called on every screen."""

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import terms
from contract_tui.ui.names import name_of, sentence_start, student_of, together
from sync_server.access.proof import Role, SeatId
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT_KEY,
    MAYA,
    OKAFOR,
    actor_of,
    copy,
    new_contract,
    seat,
)


def test_the_student_is_called_by_name_and_a_stranger_by_a_neutral_word() -> None:
    contract = new_contract()
    assert student_of(contract) == name_of(contract, MAYA.id) == "Maya"
    assert name_of(contract, OKAFOR.id) == terms.SOMEBODY
    assert name_of(contract, SeatId("00" * 8)) == terms.SOMEBODY


def test_before_a_student_is_known_nobody_is_named() -> None:
    contract = Contract.create(actor_of(OKAFOR), CONTRACT_KEY.public.text, "Boats", BEGINNING)
    assert student_of(contract) == terms.THE_STUDENT


def test_where_two_are_students_every_screen_names_the_same_one() -> None:
    contract = new_contract()
    others = [seat(name, Role.STUDENT) for name in ("Ana", "Ben", "Cleo", "Dan")]
    for other, proof in others:
        contract.add_seat(other, proof)
    first = min((MAYA, *(other for other, _ in others)), key=lambda one: one.id)
    elsewhere = [copy(contract, actor_of(other)) for other, _ in others]
    assert {student_of(one) for one in (contract, *elsewhere)} == {first.name}


def test_names_are_one_phrase_in_a_sentence_and_begin_one_with_a_capital() -> None:
    assert together([]) == ""
    assert together(["Heidi"]) == "Heidi"
    assert together(["Heidi", "Clara", "Opa"]) == "Heidi, Clara and Opa"
    assert sentence_start("the student") == "The student"
