from hypothesis import given

from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import NewerFormat
from contract_tui.contract.schema import GENESIS, INTERESTS
from contract_tui.history.moment import newest_until
from contract_tui.session.copies.names import Names
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.hostile import documents
from tests.contract_tui.contract.people import CONTRACT
from tests.contract_tui.history.conference import Script, conference, steps
from tests.contract_tui.history.reading import graph_of, history, told
from tests.searching import LONG_STORIES


@LONG_STORIES
@given(steps)
def test_every_version_is_told_as_the_document_tells_it(script: Script) -> None:
    contract = conference(script)[0]
    made, names = history(contract), Names(graph_of(contract))
    past, chronicle = made.past, made.past.chronicles[INTERESTS]
    for end in range(len(past) + 1):
        moment = past.until(end)
        heads = made.heads(moment)
        assert chronicle.text(moment) == contract.text_at(INTERESTS, heads)
        newest = [
            (past.order.actor(at), past.order.seq(at))
            for at in newest_until(past.order, [end])[end]
        ]
        assert sorted(newest) == sorted(names.change(head) for head in heads)
        assert made.at(heads) == moment


@LONG_STORIES
@given(steps)
def test_every_branch_is_told_as_the_document_tells_it(script: Script) -> None:
    contract = conference(script)[0]
    made = history(contract)
    chronicle = made.past.chronicles[INTERESTS]
    for position in range(len(made.past)):
        moment = made.past.reached([position])
        heads = made.heads(moment)
        assert len(heads) == 1
        assert chronicle.text(moment) == contract.text_at(INTERESTS, heads)


@LONG_STORIES
@given(steps)
def test_everybody_tells_the_same_turns(script: Script) -> None:
    first, *others = (told(contract) for contract in conference(script))
    assert all(turns == first for turns in others)


@LONG_STORIES
@given(documents())
def test_every_document_that_began_as_a_contract_has_a_history(raws: list[bytes]) -> None:
    try:
        contract = Contract.open(raws, Actor(b"z" * 16), CONTRACT)
    except NewerFormat:
        return
    made = history(contract)
    now = made.past.until(len(made.past))
    assert made.past.chronicles[INTERESTS].text(now) == contract.text(INTERESTS).text
    assert made.heads(now) == contract.heads
    assert len(made.told()) == len(made.turns)


def test_a_contract_without_words_has_no_turns() -> None:
    assert told(Contract.open([GENESIS], Actor(b"z" * 16), CONTRACT)) == []
