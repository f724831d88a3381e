import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, TURNS_LIST
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.chunk import DEFAULT_LIMITS, parse_changes
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.people import actor, copy, exchange, new_contract
from tests.searching import LONG_STORIES


@pytest.fixture
def maya() -> Contract:
    return new_contract()


def text(contract: Contract) -> str:
    return contract.text(INTERESTS).text


def type_keys(contract: Contract, at: int, keys: str, now: float = 0.0, pace: float = 0.1) -> None:
    for index, key in enumerate(keys, at):
        contract.splice(INTERESTS, Splice(index, index, key), now=now + (index - at) * pace)


def steps_back(contract: Contract) -> list[str]:
    """What the text is after each undo."""
    found = []
    while contract.undo(INTERESTS):
        found.append(text(contract))
    return found


def test_nothing_done_is_nothing_to_undo(maya: Contract) -> None:
    assert maya.undo(INTERESTS) is None
    assert maya.redo(INTERESTS) is None


def test_typing_is_taken_back_word_by_word(maya: Contract) -> None:
    type_keys(maya, 0, "I like\nbig birds")
    assert steps_back(maya) == ["I like\nbig", "I like", "I", ""]


def test_a_pause_ends_a_step(maya: Contract) -> None:
    type_keys(maya, 0, "bir", now=0)
    type_keys(maya, 3, "ds", now=10)
    assert steps_back(maya) == ["bir", ""]


def test_another_place_ends_a_step(maya: Contract) -> None:
    type_keys(maya, 0, "ds")
    type_keys(maya, 0, "bir")
    assert steps_back(maya) == ["ds", ""]


splices = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.text("xyz", max_size=3)))


@given(st.text("abc", min_size=1, max_size=6), splices)
def test_several_splices_of_one_change_are_one_step_also_where_they_meet(
    begun: str, drawn: list[tuple[int, int, str]]
) -> None:
    contract = new_contract()
    contract.splice(INTERESTS, Splice(0, 0, begun))
    words, together = begun, []
    for at, size, new in drawn:
        one = Splice(min(at, len(words)), min(at + size, len(words)), new)
        if not one.is_empty:
            words = words[: one.start] + new + words[one.end :]
            together.append(one)
    if together:
        contract.rewrite(INTERESTS, together)
        assert text(contract) == words
        contract.undo(INTERESTS)
        assert text(contract) == begun
        contract.redo(INTERESTS)
        assert text(contract) == words


def test_what_is_pasted_is_a_step_of_its_own(maya: Contract) -> None:
    type_keys(maya, 0, "ab")
    maya.splice(INTERESTS, Splice(2, 2, "pasted"))
    type_keys(maya, 8, "cd")
    assert steps_back(maya) == ["abpasted", "ab", ""]


def test_backspaces_are_taken_back_together(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "birds"))
    for end in (5, 4, 3):
        maya.splice(INTERESTS, Splice(end - 1, end, ""))
    assert text(maya) == "bi"
    assert steps_back(maya) == ["birds", ""]


def test_deletions_forward_are_taken_back_together(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "birds"))
    for _ in range(3):
        maya.splice(INTERESTS, Splice(1, 2, ""))
    assert text(maya) == "bs"
    assert steps_back(maya) == ["birds", ""]


def test_a_replacement_is_one_step(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "I like birds"))
    maya.splice(INTERESTS, Splice(2, 6, "love"))
    assert steps_back(maya) == ["I like birds", ""]


def test_redo_does_it_again_until_something_new_is_done(maya: Contract) -> None:
    type_keys(maya, 0, "one two")
    maya.undo(INTERESTS)
    maya.undo(INTERESTS)
    assert maya.redo(INTERESTS)
    assert text(maya) == "one"
    assert maya.redo(INTERESTS)
    assert text(maya) == "one two"
    maya.undo(INTERESTS)
    type_keys(maya, 3, "!")
    assert maya.redo(INTERESTS) is None
    assert text(maya) == "one!"


def test_undo_and_redo_can_go_on_for_ever(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "I like birds"))
    maya.splice(INTERESTS, Splice(2, 6, "love"))
    maya.splice(INTERESTS, Splice(0, 1, "We"))
    for _ in range(3):
        assert steps_back(maya) == ["I love birds", "I like birds", ""]
        while maya.redo(INTERESTS):
            pass
        assert text(maya) == "We love birds"


def test_undo_never_touches_what_others_wrote(maya: Contract) -> None:
    okafor = copy(maya, actor("o"))
    maya.splice(INTERESTS, Splice(0, 0, "I like birds"))
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(6, 6, " big"))
    exchange(maya, okafor)
    assert maya.undo(INTERESTS)
    assert text(maya) == " big"
    assert maya.redo(INTERESTS)
    exchange(maya, okafor)
    assert text(okafor) == text(maya) == "I like big birds"


def test_undo_puts_back_what_one_deleted_of_others_beside_what_they_wrote_since(
    maya: Contract,
) -> None:
    okafor = copy(maya, actor("o"))
    okafor.splice(INTERESTS, Splice(0, 0, "one two three"))
    exchange(maya, okafor)
    maya.splice(INTERESTS, Splice(3, 7, ""))
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(0, 3, "1"))
    exchange(maya, okafor)
    assert maya.undo(INTERESTS)
    assert text(maya) == "1 two three"


def test_a_step_of_which_nothing_is_left_is_passed_over(maya: Contract) -> None:
    okafor = copy(maya, actor("o"))
    maya.splice(INTERESTS, Splice(0, 0, "first "))
    maya.splice(INTERESTS, Splice(6, 6, "second"))
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(6, 12, ""))
    exchange(maya, okafor)
    assert maya.undo(INTERESTS)
    assert text(maya) == ""


def test_an_undo_is_one_change_and_may_begin_a_turn(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "abc"))
    count = len(maya.changes_since())
    length = maya._document.length(TURNS_LIST)
    assert maya.undo(INTERESTS, 17)
    assert len(maya.changes_since()) == count + 1
    assert maya._document.get(TURNS_LIST, length) == 17
    assert maya.redo(INTERESTS, 18)
    assert maya._document.get(TURNS_LIST, length + 1) == 18
    assert text(maya) == "abc"


def test_no_undo_is_too_large_for_one_change(maya: Contract) -> None:
    for _ in range(2):
        maya.splice(INTERESTS, Splice(0, 0, "y" * 17_000))
    for _ in range(2):
        maya.splice(INTERESTS, Splice(0, 17_000, ""))
    raws = []
    while raw := maya.undo(INTERESTS):
        raws.append(raw)
    while raw := maya.redo(INTERESTS):
        raws.append(raw)
    assert len(raws) == 8
    assert max(change.ops for change in parse_changes(raws)) < DEFAULT_LIMITS.operations / 2


def test_long_words_come_back_and_go_again(maya: Contract) -> None:
    words = "all of it " * 1_000
    maya.splice(INTERESTS, Splice(0, 0, words))
    maya.splice(INTERESTS, Splice(0, len(words), ""))
    assert maya.undo(INTERESTS)
    assert text(maya) == words
    assert maya.redo(INTERESTS)
    assert maya.undo(INTERESTS)
    assert text(maya) == words


def test_what_two_put_back_at_one_place_is_not_mixed(maya: Contract) -> None:
    okafor = copy(maya, actor("o"))
    for contract, letter in ((maya, "m"), (okafor, "o")):
        contract.splice(INTERESTS, Splice(0, 0, letter * 500))
        contract.splice(INTERESTS, Splice(0, 500, ""))
    exchange(maya, okafor)
    assert maya.undo(INTERESTS)
    assert okafor.undo(INTERESTS)
    exchange(maya, okafor)
    assert text(maya) == text(okafor)
    assert text(maya) in ("m" * 500 + "o" * 500, "o" * 500 + "m" * 500)


def test_each_part_has_its_own_past(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "abc"))
    assert maya.undo(maya.sections[1].part) is None
    assert maya.undo(INTERESTS)


edits = st.tuples(
    st.integers(0, 1),
    st.floats(0, 1),
    st.integers(0, 4),
    st.text("ab ", max_size=4) | st.just("a long one " * 9),
    st.sampled_from([0.5, 5.0]),
)
commands = edits | st.sampled_from(["undo", "redo", "exchange"])


def run(
    maya: Contract, okafor: Contract, steps: list[tuple[int, float, int, str, float] | str]
) -> set[ElementId]:
    """Follow the steps; Maya alone undoes and redoes. Returns what she deleted of others."""
    now = 0.0
    taken: set[ElementId] = set()
    for step in steps:
        match step:
            case "undo":
                maya.undo(INTERESTS)
            case "redo":
                maya.redo(INTERESTS)
            case (who, where, length, inserted, pause):
                writer = (maya, okafor)[who]
                size = len(text(writer))
                start = round(where * size)
                splice = Splice(start, min(size, start + length), inserted)
                now += pause
                if who == 0:
                    taken.update(maya.text(INTERESTS).ids[splice.start : splice.end])
                if not splice.is_empty:
                    writer.splice(INTERESTS, splice, now=now)
            case _:
                exchange(maya, okafor)
    exchange(maya, okafor)
    return taken


@LONG_STORIES
@given(st.lists(commands, min_size=3, max_size=25))
def test_after_undoing_everything_the_words_of_others_are_all_there(
    steps: list[tuple[int, float, int, str, float] | str],
) -> None:
    maya = new_contract()
    okafor = copy(maya, actor("o"))
    taken = run(maya, okafor, steps)
    mirror = maya.text(INTERESTS)
    theirs = [one for one in mirror.ids if one.actor == okafor.actor]
    before = "".join(sorted(text(maya)))
    rounds = 0
    while maya.undo(INTERESTS):
        rounds += 1
    assert [one for one in mirror.ids if one.actor == okafor.actor] == theirs
    mine = [one for one in mirror.ids if one.actor == maya.actor]
    # What is left of mine are words of others that I had deleted, put back.
    assert len(mine) <= len(taken)
    for _ in range(rounds):
        assert maya.redo(INTERESTS)
    assert "".join(sorted(text(maya))) == before
    exchange(maya, okafor)
    assert text(maya) == text(okafor)


@LONG_STORIES
@given(st.lists(edits, min_size=1, max_size=15))
def test_alone_undo_leads_back_to_nothing_and_redo_to_the_same_text(
    steps: list[tuple[int, float, int, str, float]],
) -> None:
    maya = new_contract()
    run(maya, copy(maya, actor("o")), [(0, *step[1:]) for step in steps])
    end = text(maya)
    while maya.undo(INTERESTS):
        pass
    assert text(maya) == ""
    while maya.redo(INTERESTS):
        pass
    assert text(maya) == end


def test_several_splices_of_one_change_are_one_step(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "one two three"))
    before = maya.heads
    raw = maya.rewrite(INTERESTS, [Splice(8, 13, "3"), Splice(0, 3, "1")])
    assert maya.changes_since(before) == [raw]
    assert text(maya) == "1 two 3"
    assert maya.undo(INTERESTS) is not None
    assert text(maya) == "one two three"
    assert maya.redo(INTERESTS) is not None
    assert text(maya) == "1 two 3"
    maya.splice(INTERESTS, Splice(7, 7, "!"))
    assert steps_back(maya) == ["1 two 3", "one two three", ""]


def test_several_splices_end_what_could_be_done_again(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "one"))
    maya.splice(INTERESTS, Splice(3, 3, " two"))
    maya.undo(INTERESTS)
    maya.rewrite(INTERESTS, [Splice(0, 1, "O")])
    assert maya.redo(INTERESTS) is None


def test_only_steps_that_would_put_forgotten_characters_back_are_forgotten(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "call 0151 soon"))
    number = frozenset(maya.text(INTERESTS).ids[5:9])
    maya.splice(INTERESTS, Splice(5, 9, ""))
    maya.splice(INTERESTS, Splice(5, 6, ""), now=60)
    maya._hand.forget({INTERESTS: number})
    assert steps_back(maya) == ["call  soon", ""]
    maya._hand.forget({INTERESTS: number})
    assert maya.redo(INTERESTS) is not None
    assert text(maya) == "call  soon"
