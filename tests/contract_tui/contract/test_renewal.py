from functools import partial

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.renewal import Renewed
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item
from sync_server.access.keys import SigningKey
from sync_server.protocol.ids import Actor, DocumentId

KEY = SigningKey(bytes(32))
HEIDI, OPA = Actor(bytes([1] * 16)), Actor(bytes([2] * 16))
ONE, OTHER = DocumentId(bytes([7] * 16)), DocumentId(bytes([8] * 16))


@pytest.fixture
def heidi() -> Contract:
    return Contract.create(HEIDI, KEY.public.text, "My year")


@pytest.fixture
def opa(heidi: Contract) -> Contract:
    return Contract.open(heidi.changes_since(), OPA)


def test_a_contract_says_by_whom_and_as_what_it_was_begun_anew(
    heidi: Contract, opa: Contract
) -> None:
    before, raw, after = heidi.renewed, heidi.state_renewed(ONE), heidi.renewed
    assert (before, after) == (None, Renewed(ONE, HEIDI))
    assert opa.apply([raw]).outline
    assert opa.renewed == Renewed(ONE, HEIDI)
    assert opa.set_aside == []


def test_of_two_at_once_everybody_is_told_the_same(heidi: Contract, opa: Contract) -> None:
    hers, his = heidi.state_renewed(ONE), opa.state_renewed(OTHER)
    heidi.apply([his])
    opa.apply([hers])
    assert heidi.renewed == opa.renewed
    assert heidi.renewed in (Renewed(ONE, HEIDI), Renewed(OTHER, OPA))
    third = Contract.open([*heidi.changes_since()], Actor(bytes([3] * 16)))
    assert third.renewed == heidi.renewed


def test_what_names_no_contract_is_no_statement(heidi: Contract) -> None:
    nonsense: list[Item] = ["", "soon", 7, True, {"id": "soon"}]
    for said in nonsense:
        heidi.change(partial(Writer.put, obj=None, key="renewed", item=said))
        assert heidi.renewed is None
    assert any("renewed" in sentence for sentence in heidi.set_aside)


def test_a_program_of_others_may_write_the_id_as_a_text(heidi: Contract) -> None:
    heidi.state_renewed(ONE)
    said = heidi._document.get(None, "renewed")
    assert isinstance(said, str)

    heidi.change(
        lambda writer: writer.splice(writer.make(None, "renewed", Kind.TEXT), Splice(0, 0, said))
    )
    assert heidi.renewed == Renewed(ONE, HEIDI)


def test_the_words_stay_as_they_are_and_can_be_written_on(heidi: Contract) -> None:
    heidi.splice(INTERESTS, Splice(0, 0, "goats"))
    heidi.state_renewed(ONE)
    heidi.splice(INTERESTS, Splice(5, 5, "!"))
    assert heidi.text(INTERESTS).text == "goats!"
    assert heidi.renewed is not None
