"""What is said of a thing, told from what to what."""

import pytest

from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item
from contract_tui.contract.seats import unknown
from contract_tui.exports.saying import say
from contract_tui.history.register import Said
from contract_tui.history.sayings import ADDED, OUTCOME, Change
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

KITE = Item(ItemId("goals/a"), ElementId(7, Actor(b"a")), SeatId("maya"), {}, {})


@pytest.mark.parametrize(
    ("field", "before", "after", "sentence"),
    [
        (ADDED, None, "made", "New: ‘Kite’"),
        (ADDED, "made", None, "Not there yet: ‘Kite’"),
        ("state", "idea", "trying", "‘Kite’, how it is: from an idea to trying it"),
        (OUTCOME, None, "kept", "‘Kite’, what became of it: kept"),
        ("stretch", "right", "", "‘Kite’, how it feels: not about right any more"),
        ("when", "Monday", "Friday", "‘Kite’, when: from “Monday” to “Friday”"),
        ("done", False, True, "‘Kite’, done: from no to yes"),
        ("to", None, "x", "‘Kite’, to whom: of unknown origin"),
        ("state", None, "flying", "‘Kite’, how it is: “flying”"),
        ("state", b"?", "idea", "‘Kite’, how it is: an idea"),
        ("pos", "1", "2", "‘Kite’: put in another place"),
        ("removed", None, "ab", "‘Kite’: taken away"),
        ("removed", "ab", None, "‘Kite’: brought back"),
    ],
)
def test_each_change_is_one_sentence(field: str, before: Said, after: Said, sentence: str) -> None:
    assert say("‘Kite’", Change(KITE, field, before, after), unknown) == sentence
