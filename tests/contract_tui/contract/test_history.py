import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.history import History
from contract_tui.contract.schema import (
    BODY_TEXTS,
    INTERESTS,
    STRUCTURE,
    SUPPORTS,
    TITLE,
    TITLE_TEXT,
    StructureChoice,
)
from contract_tui.contract.splice import Splice
from sync_server.protocol.errors import BadChunk
from tests.contract_tui.contract.people import BEGINNING, actor, copy, exchange, new_contract

TEXTS = {TITLE: TITLE_TEXT, **BODY_TEXTS}


@pytest.fixture
def maya() -> Contract:
    contract = new_contract()
    contract.splice(INTERESTS, Splice(0, 0, "birds"), BEGINNING + 300)
    contract.choose_structure(StructureChoice.STEPS)
    return contract


def test_each_change_tells_its_parts_and_whether_a_turn_begins(maya: Contract) -> None:
    _genesis, *entries = History(maya.changes_since(), TEXTS).entries
    assert [(entry.parts, entry.turn_at) for entry in entries] == [
        ((TITLE,), BEGINNING),
        ((), None),
        ((INTERESTS,), BEGINNING + 300),
        ((STRUCTURE,), None),
    ]


def test_the_order_is_the_same_whatever_order_the_changes_come_in(maya: Contract) -> None:
    okafor = copy(maya, actor("o"))
    maya.splice(INTERESTS, Splice(0, 0, "big "))
    okafor.splice(SUPPORTS, Splice(0, 0, "quiet"))
    exchange(maya, okafor)
    raws = maya.changes_since()
    orders = [
        [entry.change.hash for entry in History(some, TEXTS).entries]
        for some in (raws, raws[::-1], [*raws, *raws[:3]], okafor.changes_since())
    ]
    assert orders[0] == orders[1] == orders[2] == orders[3]
    assert len(orders[0]) == len(raws)


def test_the_heads_after_a_change_are_the_version_it_made(maya: Contract) -> None:
    heads = maya.heads
    position = len(maya.changes_since()) - 1
    okafor = copy(maya, actor("o"))
    maya.splice(INTERESTS, Splice(0, 0, "big "))
    okafor.splice(SUPPORTS, Splice(0, 0, "quiet"))
    exchange(maya, okafor)
    history = History(maya.changes_since(), TEXTS)
    last = len(history.entries) - 1
    assert history.heads_after([position, last]) == [heads, maya.heads]
    assert history.heads_after([]) == []


def test_what_is_no_change_is_refused() -> None:
    with pytest.raises(BadChunk):
        History([b"garbage"], TEXTS)
