import zlib

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.errors import DocumentDamaged, NewerFormat, NotAContract
from contract_tui.contract.opening.opening import Opening, blank_document
from contract_tui.contract.schema import GENESIS, INTERESTS
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.chunk import MAGIC, body_of
from sync_server.protocol.leb import encode_uleb
from tests.contract_tui.contract.genesis import LATER
from tests.contract_tui.contract.people import BODY, actor, new_contract


@pytest.fixture(scope="module")
def typed() -> Contract:
    """A contract of more than two slices of changes."""
    contract = new_contract()
    for index in range(1_200):
        contract.splice(INTERESTS, Splice(index, index, "ab "[index % 3]))
    return contract


def test_a_contract_opens_slice_by_slice(typed: Contract) -> None:
    opening = Opening(typed.changes_since(), actor("b"), typed.heads)
    seen = []
    while opening.advance():
        seen.append((opening.done, opening.total))
    assert seen == [(500, 1_203), (1_000, 1_203)]
    assert opening.document.heads == typed.heads
    assert opening.left_out == 0
    assert Contract.opened(opening).text(INTERESTS).text == typed.text(INTERESTS).text


def test_what_cannot_be_read_is_left_out_and_counted(typed: Contract) -> None:
    raws = typed.changes_since()
    torn = [*raws[:-2], raws[-2][:20], raws[-1]]
    opening = Opening(torn, actor("b"), typed.heads)
    opening.complete()
    assert opening.left_out == 2
    contract = Contract.opened(opening)
    assert contract.set_aside == ["2 of the changes could not be used."]
    assert contract.text(INTERESTS).text == typed.text(INTERESTS).text[:-2]


def test_changes_stored_twice_are_not_counted_as_lost(typed: Contract) -> None:
    raws = typed.changes_since()
    opening = Opening([*raws, *raws[-3:]], actor("b"))
    opening.complete()
    assert opening.left_out == 0


class FragileDocument(CrdtDocument):
    """A document that some changes break, as hostile ones break the library."""

    broken = False
    poison: frozenset[bytes] = frozenset()

    def apply(self, raws: list[bytes]) -> None:  # type: ignore[override]  # a list is enough
        if self.broken or self.poison.intersection(raws):
            self.broken = True
            raise DocumentDamaged("broken")
        super().apply(raws)


def test_changes_that_break_the_document_are_left_out(
    typed: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    raws = typed.changes_since()
    poison = {raws[700], raws[1_202]}
    monkeypatch.setattr(FragileDocument, "poison", frozenset(poison))
    monkeypatch.setattr("contract_tui.contract.opening.opening.CrdtDocument", FragileDocument)
    opening = Opening(raws, actor("b"))
    opening.complete()
    assert opening.left_out == 1_203 - 700
    assert opening.document.text(BODY) == typed.text(INTERESTS).text[:697]


def test_an_automerge_document_of_something_else_is_no_contract() -> None:
    other = CrdtDocument(actor("a"))
    other.transact(lambda writer: writer.put(None, "title", "A shopping list"))
    opening = Opening(other.changes_since(()), actor("b"))
    with pytest.raises(NotAContract, match="no learning contract"):
        opening.complete()


def test_nothing_at_all_is_no_contract() -> None:
    with pytest.raises(NotAContract):
        Opening([], actor("b")).complete()


def test_a_newer_contract_is_refused() -> None:
    document = blank_document(LATER)
    document.transact(lambda writer: writer.put(None, "format", "learning-contract/2"))
    with pytest.raises(NewerFormat):
        Opening(document.changes_since(()), actor("b")).complete()


def test_a_contract_of_nothing_but_its_first_change_opens() -> None:
    opening = Opening([GENESIS], actor("b"))
    assert not opening.advance()
    assert opening.document.changes_since(()) == [GENESIS]


def test_the_first_change_is_known_by_its_hash_and_not_by_its_bytes(typed: Contract) -> None:
    deflating = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflating.compress(body_of(GENESIS)) + deflating.flush()
    deflated = MAGIC + GENESIS[4:8] + b"\x02" + encode_uleb(len(body)) + body
    opened = Contract.open([deflated, *typed.changes_since()[1:]], actor("b"))
    assert opened.heads == typed.heads
