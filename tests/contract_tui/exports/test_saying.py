"""What is said of a thing, told from what to what."""

import pytest

from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item
from contract_tui.contract.membership.seats import unknown
from contract_tui.exports.saying import say
from contract_tui.history.register import Said
from contract_tui.history.sayings import ADDED, OUTCOME, Change
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

KITE, PLAN, PROMISE, HELP = (
    Item(ItemId(name), ElementId(7, Actor(b"a")), SeatId("maya"), {}, {})
    for name in ("goals/a", "goals/a/steps/b", "promises/c", "support_items/d")
)


@pytest.mark.parametrize(
    ("thing", "field", "before", "after", "sentence"),
    [
        (KITE, ADDED, None, "made", "New: ‘Kite’"),
        (KITE, ADDED, "made", None, "Not there yet: ‘Kite’"),
        (KITE, "state", "idea", "trying", "‘Kite’, how it stands: from “an idea” to “trying”"),
        (HELP, "state", "", "trying", "‘Kite’, how it stands: “trying it”"),
        (PROMISE, OUTCOME, None, "kept", "‘Kite’, what became of it: “kept”"),
        (KITE, "stretch", "right", "", "‘Kite’, how it feels: not “about right” any more"),
        (PLAN, "when", "Monday", "Friday", "‘Kite’, by when: from “Monday” to “Friday”"),
        (HELP, "check_on", "", "2024-01-15", "‘Kite’, when to look again: “15 January 2024”"),
        (PLAN, "done", False, True, "‘Kite’, whether it is done: from “still ahead” to “done”"),
        (PROMISE, "to", None, "x", "‘Kite’, to whom: of unknown origin"),
        (KITE, "state", None, "flying", "‘Kite’, how it stands: “flying”"),
        (KITE, "state", b"?", "idea", "‘Kite’, how it stands: “an idea”"),
        (
            KITE,
            "structure_choice",
            "steps",
            "own-way",
            "‘Kite’, how much structure: from “show me the steps” to “leave me to it”",
        ),
        (KITE, "pos", "1", "2", "‘Kite’: put in another place"),
        (KITE, "removed", None, "ab", "‘Kite’: taken away"),
        (KITE, "removed", "ab", None, "‘Kite’: brought back"),
        (KITE, "removed", "ab", "no", "‘Kite’: brought back"),
    ],
)
def test_each_change_is_one_sentence(
    thing: Item, field: str, before: Said, after: Said, sentence: str
) -> None:
    assert say("‘Kite’", Change(thing, field, before, after), unknown) == sentence
