from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.chronicle import Chronicle, Letter, words_with
from contract_tui.contract.history import History
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.splice import Splice
from sync_server.protocol.operations import Action, ElementId, Operation
from tests.contract_tui.contract.people import BODY, actor, copy, exchange, new_contract

steps = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.floats(0, 1),
        st.integers(0, 3),
        st.text("ab ", max_size=3),
        st.booleans(),
    ),
    min_size=3,
    max_size=25,
)


@given(steps)
def test_every_moment_is_told_as_the_document_tells_it(
    script: list[tuple[int, float, int, str, bool]],
) -> None:
    first = new_contract()
    contracts = [first, copy(first, actor("b")), copy(first, actor("c"))]
    for who, where, length, words, meet in script:
        text = contracts[who].text(INTERESTS).text
        start = round(where * len(text))
        splice = Splice(start, min(len(text), start + length), words)
        if not splice.is_empty:
            contracts[who].splice(INTERESTS, splice)
        if meet:
            exchange(contracts[who], contracts[(who + 1) % 3])
    exchange(*contracts)
    history = History(first.changes_since(), {INTERESTS: BODY})
    count = len(history.entries)
    for position, heads in enumerate(history.heads_after(range(count))):
        told = history.chronicles[INTERESTS].text(position + 1)
        assert told == first.text_at(INTERESTS, heads)
    assert history.chronicles[INTERESTS].text(0) == ""


def operation(
    counter: int,
    key: int | None,
    value: str | int | None,
    action: Action = Action.SET,
    overwrites: tuple[int, ...] = (),
) -> Operation:
    """An operation of one writer after (or on) the element of a counter."""
    after = None if key is None else ElementId(key, b"a")
    gone = tuple(ElementId(one, b"a") for one in overwrites)
    insert = not overwrites
    return Operation(ElementId(counter, b"a"), None, after, insert, action, value, gone)


def test_what_other_programs_write_has_its_place_too() -> None:
    chronicle = Chronicle()
    chronicle.add(operation(1, None, "long"), 0)
    chronicle.add(operation(2, 1, True, Action.MARK), 1)
    chronicle.add(operation(3, 2, 7), 2)
    chronicle.add(operation(4, 3, None, Action.MAKE_MAP), 3)
    assert chronicle.text(4) == "long\ufffc\ufffc"
    chronicle.add(operation(5, 1, "x", Action.SET, (1,)), 4)
    assert chronicle.text(5) == "x\ufffc\ufffc"
    assert chronicle.text(4) == "long\ufffc\ufffc"


def test_what_several_took_out_went_with_the_first() -> None:
    chronicle = Chronicle()
    chronicle.add(operation(1, None, "a"), 0)
    chronicle.add(operation(2, 1, None, Action.DELETE, (1,)), 1)
    chronicle.add(operation(3, 1, None, Action.DELETE, (1,)), 2)
    assert [letter.gone for letter in chronicle.letters] == [1]
    chronicle.add(operation(4, 9, None, Action.DELETE, (9,)), 3)
    assert len(chronicle.letters) == 1


def test_words_are_those_that_hold_a_chosen_character() -> None:
    letters = [Letter(character, 0) for character in "one two  three\nfour"]
    assert words_with(letters, letters, 1) == ["one", "two", "three", "four"]
    assert words_with(letters, letters[5:6], 1) == ["two"]
    assert words_with(letters, letters[2:5], 1) == ["one", "two"]
    assert words_with(letters, letters[3:4], 1) == []
    assert words_with(letters, [], 1) == []
    assert words_with(letters, letters[:1], 0) == ["o"]
