"""Where everybody stands is found out in pieces, and is the same as if it was read at once."""

from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.agreement.answers import Answers
from contract_tui.contract.agreement.values import Agreement, Answer
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Branch, CrdtDocument, Heads
from contract_tui.contract.names import ObjectId
from contract_tui.contract.opening.opening import Opening
from contract_tui.contract.opening.outline import read_outline
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Value
from sync_server.access.proof import Seat
from tests.contract_tui.contract import people
from tests.contract_tui.contract.people import CONTRACT, MAYA, OKAFOR, actor
from tests.contract_tui.full_contract import full_contract
from tests.contract_tui.history.noting import PAPA, Table, note, signed

EVERYBODY = (MAYA, OKAFOR, PAPA)
WRITING, ANSWERING, TAKING_OUT = "writing", "answering", "taking out"
LOOKING, LOOKING_AT_ONCE = "looking", "looking at once"
_KINDS = (WRITING, ANSWERING, ANSWERING, TAKING_OUT, LOOKING, LOOKING, LOOKING_AT_ONCE)


def at_once(raws: Iterable[bytes]) -> Agreement:
    """Where everybody stands, by somebody who knows nothing yet."""
    document = CrdtDocument(actor("f"))
    document.apply(list(raws))
    outline = read_outline(document, CONTRACT)
    return Answers(document, lambda: outline).agreement


class Counted(CrdtDocument):
    """A document that counts how much is read of earlier versions, each time through all of it."""

    reads = 0

    def get(self, obj: ObjectId, key: str | int, heads: Heads | None = None) -> Value:
        self.reads += heads is not None
        return super().get(obj, key, heads)

    def text(self, obj: ObjectId, heads: Heads | None = None) -> str:
        self.reads += heads is not None
        return super().text(obj, heads)

    def keys(self, obj: ObjectId, heads: Heads | None = None) -> list[str]:
        self.reads += heads is not None
        return super().keys(obj, heads)


def deed(table: Table, kind: str, who: Seat, number: int) -> None:
    contract = table.maya
    match kind:
        case "writing":
            contract.splice(INTERESTS, Splice(0, 0, f"{number} "))
        case "answering":
            answer = list(Answer)[number % 3]
            contract.change(
                contract.answers.note(who.id, f"{number}", signed(contract, who, number, answer))
            )
        case _:
            note(contract, PAPA, lambda writer: writer.put(AGREEMENTS, who.id, {}))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(_KINDS),
            st.sampled_from(EVERYBODY),
            st.integers(0, 40),
        ),
        max_size=12,
    )
)
def test_whatever_is_written_meanwhile_it_is_what_a_whole_reading_finds(
    script: list[tuple[str, Seat, int]],
) -> None:
    table = Table()
    whole = cache(lambda _heads: at_once(table.maya.changes_since()))
    work = table.maya.answers.working_out()
    for kind, who, number in script:
        if kind == LOOKING:
            for _ in range(number):
                if next(work, work) is work:
                    assert table.maya.agreement == whole(table.maya.heads)
                    work = table.maya.answers.working_out()
        elif kind == LOOKING_AT_ONCE:
            assert table.maya.agreement == whole(table.maya.heads)
        else:
            deed(table, kind, who, number)
    expected = whole(table.maya.heads)
    assert table.maya.agreement == expected
    assert people.copy(table.maya, actor("g")).agreement == expected


def test_a_piece_reads_one_thing_of_long_ago() -> None:
    contract = full_contract()
    contract.splice(INTERESTS, Splice(0, 0, "Owls. "))
    document = Counted(actor("f"))
    document.apply(contract.changes_since())
    outline = read_outline(document, CONTRACT)
    answers = Answers(document, lambda: outline)
    for _ in answers.working_out():
        assert document.reads <= 1
        document.reads = 0
    assert answers.agreement == contract.agreement
    assert document.reads == 0, "all of it is known by now"


def test_what_a_version_says_is_read_once_whatever_is_written() -> None:
    document = Counted(actor("f"))
    contract = full_contract()
    document.apply(contract.changes_since())
    outline = read_outline(document, CONTRACT)
    answers = Answers(document, lambda: outline)
    assert any(one.given for one in answers.agreement.standings)
    document.transact(lambda writer: writer.put(None, "revisit", "2025-01-01"))
    document.reads = 0
    assert not answers.agreement.all_agree
    assert document.reads == 0


def test_an_opening_has_read_the_answers_in_passing() -> None:
    table = Table()
    table.agree(MAYA)
    note(table.maya, PAPA, lambda writer: writer.delete(AGREEMENTS, MAYA.id))
    opening = Opening(table.maya.changes_since(), actor("g"))
    opening.complete()
    assert opening.noted is not None
    assert [one.seat for one in opening.noted.agreements] == [MAYA.id]
    contract = Contract.opened(opening, CONTRACT)
    standing = contract.agreement.of(MAYA.id)
    assert standing is not None
    assert standing.agrees


@pytest.mark.parametrize("damage", ["a change too few", "a bad change"])
def test_an_opening_that_left_something_out_has_not(damage: str) -> None:
    table = Table()
    table.agree(MAYA)
    raws = table.maya.changes_since()
    missing = raws[3:] if damage == "a change too few" else [*raws[:-1], raws[-1][:-1]]
    opening = Opening([*raws[:2], *missing], actor("g"))
    opening.complete()
    assert opening.left_out
    assert opening.noted is None
    found = Contract.opened(opening, CONTRACT)
    assert found.agreement == at_once(found.changes_since())


def test_answers_written_into_a_map_that_a_small_change_made_stand() -> None:
    table = Table()
    note(table.maya, MAYA, lambda writer: writer.put(AGREEMENTS, MAYA.id, {}))
    found = table.maya.changes_since()
    document = CrdtDocument(actor("h"))
    document.apply(found)
    made = document.get(AGREEMENTS, MAYA.id)
    assert isinstance(made, Branch)
    token = signed(table.maya, MAYA)
    document.transact(lambda writer: writer.put(made.object, "a", token))
    contract = Contract.open(document.changes_since(()), actor("i"), CONTRACT)
    assert contract.agreement == at_once(document.changes_since(()))
    assert contract.answers.noted == 1
