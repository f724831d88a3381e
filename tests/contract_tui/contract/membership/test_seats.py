from functools import partial

import pytest

from contract_tui.contract.crdt import CrdtDocument, Item, Kind, Writer
from contract_tui.contract.membership.seats import SeatEntry, read_roster, seat_of, unknown
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.schema import SEATS_MAP
from contract_tui.contract.text.splice import Splice
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.proof import Role, SeatId
from tests.contract_tui.contract.people import (
    CONTRACT,
    MAYA,
    MAYA_PROOF,
    OKAFOR_PROOF,
    actor,
    actor_of,
)


@pytest.fixture
def document() -> CrdtDocument:
    return blank_document(actor("a"))


def put(document: CrdtDocument, key: str, entry: Item) -> None:
    document.transact(partial(Writer.put, obj=SEATS_MAP, key=key, item=entry))


def entry(**changes: str) -> Item:
    return {"role": "student", "name": "Maya", "proof": MAYA_PROOF.text, **changes}


def test_a_proven_seat_is_what_its_certificate_says(document: CrdtDocument) -> None:
    put(document, MAYA.id, entry())
    aside: list[str] = []
    assert read_roster(document, CONTRACT, aside).seats == {
        MAYA.id: SeatEntry(MAYA.id, "Maya", Role.STUDENT, MAYA)
    }
    assert aside == []


def test_a_seat_may_not_claim_more_than_its_certificate(document: CrdtDocument) -> None:
    put(document, MAYA.id, entry(role="teacher", name="The Head"))
    aside: list[str] = []
    found = read_roster(document, CONTRACT, aside).seats[MAYA.id]
    assert (found.name, found.role, found.proven) == ("Maya", Role.STUDENT, True)
    assert aside == [
        "The seat of “Maya” gives another name than it was certified.",
        "The seat of “Maya” gives another role than it was certified.",
    ]


@pytest.mark.parametrize(
    "proof", ["", "garbage", "a~b", MAYA_PROOF.text[:-9], OKAFOR_PROOF.text, MAYA_PROOF.certificate]
)
def test_a_seat_without_a_proof_of_its_own_is_shown_neutrally(
    document: CrdtDocument, proof: str
) -> None:
    put(document, MAYA.id, entry(proof=proof))
    aside: list[str] = []
    assert read_roster(document, CONTRACT, aside).seats == {MAYA.id: unknown(MAYA.id)}
    assert len(aside) == 1
    assert aside[0].startswith(f"The seat “{MAYA.id}” is not proven: ")


def test_a_proof_counts_for_its_own_contract_only(document: CrdtDocument) -> None:
    put(document, MAYA.id, entry())
    other = contract_id(SigningKey(b"o" * 32).public)
    for contract in (other, None):
        aside: list[str] = []
        assert not read_roster(document, contract, aside).seats[MAYA.id].proven
        assert len(aside) == 1


def test_a_seat_that_is_no_map_is_no_seat(document: CrdtDocument) -> None:
    put(document, MAYA.id, "a string")
    put(document, "empty", {})
    assert list(read_roster(document, CONTRACT, []).seats) == ["empty"]


def test_a_proof_that_another_program_made_a_text_counts(document: CrdtDocument) -> None:
    def write(writer: Writer) -> None:
        seat = writer.make(SEATS_MAP, MAYA.id, Kind.MAP)
        text = writer.make(seat, "proof", Kind.TEXT)
        writer.splice(text, Splice(0, 0, MAYA_PROOF.text))

    document.transact(write)
    assert read_roster(document, CONTRACT, []).seats[MAYA.id].proven


def test_the_seat_of_an_actor_is_read_off_it() -> None:
    assert seat_of(actor_of(MAYA, 0)) == seat_of(actor_of(MAYA, 1)) == MAYA.id
    assert unknown(SeatId("x")).role is None
