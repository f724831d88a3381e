"""Answers that count for nobody, and what is said of them."""

from dataclasses import replace

import pytest

from contract_tui.contract.agreement.content import FORMAT
from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.agreement.words import FAULTS, Fault
from sync_server.access.answer import SignedAnswer, sign_answer
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.proof import Role
from sync_server.protocol.ids import ChangeHash
from tests.contract_tui.contract import people
from tests.contract_tui.contract.agreement.answering import faults, put
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    key_of,
)
from tests.contract_tui.history.noting import PAPA, Table, signed, signed_by

# Forgeries


@pytest.fixture
def table() -> Table:
    table = Table()
    table.write(table.maya, 60, "kites")
    return table


def test_an_answer_signed_with_another_seats_key_counts_for_nobody(table: Table) -> None:
    put(table.maya, MAYA.id, signed_by(key_of("Papa"), table.maya, BEGINNING))
    assert faults(table.maya) == [Fault.FORGED]
    assert not any(one.given for one in table.maya.agreement.standings)
    assert table.maya.agreement.broken == (FAULTS[Fault.FORGED].format(name="Maya"),)


def test_an_answer_moved_to_another_seat_counts_for_nobody(table: Table) -> None:
    token = signed(table.maya, MAYA)
    put(table.maya, PAPA.id, token)
    assert faults(table.maya) == [Fault.FORGED]
    assert table.maya.agreement.broken


def test_heads_that_are_not_in_the_history_make_no_answer(table: Table) -> None:
    heads = (*table.maya.heads, ChangeHash(b"?" * 32))
    said = SignedAnswer(FORMAT, table.maya.answers.digest, heads, "agree", "", BEGINNING)
    put(table.maya, MAYA.id, sign_answer(key_of("Maya"), CONTRACT, said), by=MAYA)
    assert faults(table.maya) == [Fault.NO_SUCH_VERSION]


def test_a_digest_that_does_not_fit_the_heads_makes_no_answer(table: Table) -> None:
    before = table.maya.heads
    table.write(table.maya, 90, " and owls")
    said = SignedAnswer(FORMAT, table.maya.answers.digest, before, "agree", "", BEGINNING)
    put(table.maya, MAYA.id, sign_answer(key_of("Maya"), CONTRACT, said), by=MAYA)
    assert faults(table.maya) == [Fault.OTHER_WORDS]


def test_a_note_that_was_changed_afterwards_makes_no_answer(table: Table) -> None:
    mine = signed_by(key_of("Maya"), table.maya, BEGINNING, Answer.NOTE, "only with Grandma")
    other = signed_by(key_of("Maya"), table.maya, BEGINNING, Answer.NOTE, "only with Grandpa")
    mixed = ".".join([*other.split(".")[:2], mine.split(".")[2]])
    put(table.maya, MAYA.id, mixed, by=MAYA)
    assert faults(table.maya) == [Fault.FORGED]


def test_an_answer_about_another_contract_makes_none(table: Table) -> None:
    elsewhere = contract_id(SigningKey(b"e" * 32).public)
    digest, heads = table.maya.answers.digest, table.maya.heads
    said = SignedAnswer(FORMAT, digest, heads, "agree", "", BEGINNING)
    put(table.maya, MAYA.id, sign_answer(key_of("Maya"), elsewhere, said), by=MAYA)
    assert faults(table.maya) == [Fault.FOREIGN]


def test_another_token_of_that_person_is_no_answer(table: Table) -> None:
    put(table.maya, MAYA.id, MAYA_PROOF.claim, by=MAYA)
    put(table.maya, OKAFOR.id, "no token", by=OKAFOR)
    assert faults(table.maya) == [Fault.FOREIGN, Fault.UNREADABLE]


def test_who_has_no_proven_seat_or_reads_along_answers_nothing(table: Table) -> None:
    opa, proof = people.seat("Opa", Role.OBSERVER)
    table.maya.add_seat(opa, proof)
    put(table.maya, opa.id, signed(table.maya, opa))
    put(table.maya, "ab" * 8, signed(table.maya, PAPA))
    put(table.maya, "ä", signed(table.maya, PAPA))
    assert faults(table.maya) == [Fault.READS_ALONG, Fault.NOBODY, Fault.NOBODY]
    assert not any(one.given for one in table.maya.agreement.standings)


def test_an_answer_of_a_newer_program_is_not_called_forged(table: Table) -> None:
    said = SignedAnswer(
        "words/2", table.maya.answers.digest, table.maya.heads, "agree", "", BEGINNING
    )
    put(table.maya, MAYA.id, sign_answer(key_of("Maya"), CONTRACT, said), by=MAYA)
    other = replace(said, content=FORMAT, answer="perhaps")
    put(table.maya, OKAFOR.id, sign_answer(key_of("Ms Okafor"), CONTRACT, other), by=OKAFOR)
    assert faults(table.maya) == [Fault.NEWER, Fault.NEWER]
    assert not table.maya.agreement.broken
