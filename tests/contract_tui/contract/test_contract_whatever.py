"""Contracts in which three people or programs of others do whatever can be done."""

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import NewerFormat
from contract_tui.contract.membership.seats import seat_of
from contract_tui.contract.schema import (
    INTERESTS,
    STRUCTURE,
    SUPPORTS,
    TITLE,
    PartId,
    StructureChoice,
)
from contract_tui.contract.text.mirror import SharedText
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.hostile import documents
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT,
    actor,
    copy,
    exchange,
    fully_read,
    new_contract,
)
from tests.searching import LONG_STORIES

people = st.integers(0, 2)
parts = st.sampled_from([TITLE, INTERESTS, SUPPORTS, STRUCTURE])
commands = st.one_of(
    st.tuples(people, parts, st.floats(0, 1), st.integers(0, 3), st.text("ab ", max_size=3)),
    st.tuples(people, st.sampled_from(list(StructureChoice))),
    st.tuples(people, people),
    st.tuples(people, st.sampled_from(["undo", "redo"]), parts),
)


def follow(contracts: list[Contract], command: tuple[object, ...]) -> None:
    match command:
        case (int(who), str(part), float(where), int(length), str(words)):
            text = contracts[who].text(PartId(part)).text
            start = round(where * len(text))
            splice = Splice(start, min(len(text), start + length), words)
            if not splice.is_empty:
                contracts[who].splice(PartId(part), splice)
        case (int(who), StructureChoice() as choice):
            contracts[who].choose_structure(choice)
        case (int(who), int(other)):
            known = set(contracts[who].changes_since())
            raws = [raw for raw in contracts[other].changes_since() if raw not in known]
            contracts[who].apply(raws)
        case (int(who), "undo", str(part)):
            contracts[who].undo(PartId(part))
        case (int(who), _, str(part)):
            contracts[who].redo(PartId(part))


@LONG_STORIES
@given(st.lists(commands, min_size=5, max_size=40))
def test_three_people_who_exchange_everything_have_one_contract(
    script: list[tuple[object, ...]],
) -> None:
    first = new_contract()
    contracts = [first, copy(first, actor("b")), copy(first, actor("c"))]
    for command in script:
        follow(contracts, command)
        for contract in contracts:
            for text in contract._texts._mirrors.values():
                assert (text.text, text.ids) == fully_read(contract._document, text)
    exchange(*contracts)
    assert len({contract.heads for contract in contracts}) == 1
    assert len({contract.reading() for contract in contracts}) == 1


@LONG_STORIES
@given(documents())
def test_every_document_that_began_as_a_contract_opens(raws: list[bytes]) -> None:
    try:
        contract = Contract.open(raws, Actor(b"z" * 16), CONTRACT)
    except NewerFormat:
        return
    assert contract.id == CONTRACT
    assert {section.part for section in contract.sections} >= {INTERESTS, SUPPORTS, STRUCTURE}
    for part in (TITLE, INTERESTS):
        text = contract.text(part)
        assert isinstance(text, SharedText)
        before = text.text
        first = Splice(min(1, len(before)), min(3, len(before)), "ours")
        second = Splice(0, 2, "and ")
        contract.splice(part, first)
        contract.splice(part, second)
        assert text.text == second.apply(first.apply(before))
        assert (text.text, text.ids) == fully_read(contract._document, text)
        while contract.undo(part):
            assert (text.text, text.ids) == fully_read(contract._document, text)
        while contract.redo(part):
            assert (text.text, text.ids) == fully_read(contract._document, text)
    assert contract.choose_structure(StructureChoice.STEPS) or contract.structure_choice
    me, text = seat_of(contract.actor), contract.text(INTERESTS)
    assert contract.mark_seen(me, BEGINNING)
    assert contract.keep_version("own", "as it was found", contract.heads, me, BEGINNING)
    assert contract.cover(INTERESTS, text.ids, "own", me)
    assert (text.text, text.ids) == fully_read(contract._document, text)
    assert contract.actor not in {element.actor for element in text.ids}
    assert "as it was found" in {version.name for version in contract.kept}
    assert contract.reading().sections
    assert all(isinstance(sentence, str) for sentence in contract.set_aside)


@given(documents())
def test_every_maltreatment_can_be_received_while_writing(raws: list[bytes]) -> None:
    contract = new_contract()
    text = contract.text(INTERESTS)
    contract.splice(INTERESTS, Splice(0, 0, "mine"))
    contract.apply(raws)
    assert "mine" in text.text
    assert (text.text, text.ids) == fully_read(contract._document, text)
    assert contract.id == CONTRACT
