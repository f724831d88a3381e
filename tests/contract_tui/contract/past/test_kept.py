import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Item, Writer
from contract_tui.contract.errors import BadVersionName, NotYours, TooMuch
from contract_tui.contract.heads import MOST_HEADS
from contract_tui.contract.past.kept import LONGEST_NAME, KeptVersion, name_of
from contract_tui.contract.schema import INTERESTS, NAMES_MAP
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.ids import ChangeHash
from tests.contract_tui.contract.past.test_seen import two
from tests.contract_tui.contract.people import BEGINNING, MAYA, OKAFOR, exchange

VERSION = "ab" * 32


def claim(contract: Contract, key: str, **fields: Item) -> None:
    entry: Item = {"name": "n", "heads": VERSION, "by": MAYA.id, "at": BEGINNING, **fields}
    contract.change(lambda writer: writer.put(NAMES_MAP, key, entry))


def test_a_version_kept_under_a_name_is_everybodys() -> None:
    maya, okafor = two()
    heads = maya.heads
    maya.keep_version("b", "  before the\nholidays ", heads, MAYA.id, BEGINNING)
    maya.splice(INTERESTS, Splice(0, 0, "birds"))
    maya.keep_version("a", "after them", maya.heads, MAYA.id, BEGINNING + 1)
    exchange(maya, okafor)
    first, second = okafor.kept
    assert first == KeptVersion("b", "before the holidays", heads, MAYA.id, BEGINNING)
    assert (second.name, okafor.text_at(INTERESTS, second.heads)) == ("after them", "birds")
    assert okafor.text_at(INTERESTS, first.heads) == ""
    assert okafor.set_aside == []


def test_whoever_gave_a_name_can_drop_it_and_nobody_else() -> None:
    maya, okafor = two()
    maya.keep_version("a", "before the holidays", maya.heads, MAYA.id, BEGINNING)
    exchange(maya, okafor)
    with pytest.raises(NotYours, match="before the holidays"):
        okafor.drop_version("a", OKAFOR.id)
    assert maya.drop_version("a", MAYA.id) is not None
    assert maya.drop_version("a", MAYA.id) is None
    exchange(maya, okafor)
    assert okafor.kept == ()


def test_the_same_name_twice_is_refused_but_two_at_once_both_stay() -> None:
    maya, okafor = two()
    maya.keep_version("a", "Before the holidays", maya.heads, MAYA.id, BEGINNING)
    with pytest.raises(BadVersionName, match="already"):
        maya.keep_version("b", "before the Holidays", maya.heads, MAYA.id, BEGINNING)
    okafor.keep_version("c", "Before the holidays", okafor.heads, OKAFOR.id, BEGINNING)
    exchange(maya, okafor)
    assert [one.by for one in maya.kept] == [MAYA.id, OKAFOR.id]


@pytest.mark.parametrize(
    "name",
    [
        *("", "  ", "12", "٣", "2026-09-30", "20260930", "2026-W01-1", "14.3.", "30/9/2026", "1-2"),
        *(VERSION, f"{VERSION},{VERSION}", "ABCDEF0123456789", "x" * (LONGEST_NAME + 1)),
        *("turned \u202earound", "bell\a"),
    ],
)
def test_a_name_that_could_not_be_used_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(BadVersionName, match=r"^[A-Z“].*\.$"):
        name_of(name, ())


@pytest.mark.parametrize(
    "name",
    ["before the holidays", "7b", "March", "x" * LONGEST_NAME, "👨‍👩‍👧", "the 14.3. version"],
)
def test_other_names_are_fine(name: str) -> None:
    assert name_of(name, ()) == name


@given(st.text(max_size=100))
def test_a_name_that_is_taken_can_be_read_again(text: str) -> None:
    maya, _ = two()
    try:
        maya.keep_version("a", text, maya.heads, MAYA.id, BEGINNING)
    except BadVersionName:
        assert maya.kept == ()
    else:
        (kept,) = maya.kept
        assert kept.name == " ".join(text.split())
        assert maya.set_aside == []


def test_a_version_with_more_heads_than_can_be_named_is_refused() -> None:
    maya, _ = two()
    heads = tuple(ChangeHash(number.to_bytes(32, "big")) for number in range(MOST_HEADS + 1))
    with pytest.raises(TooMuch):
        maya.keep_version("a", "many", heads, MAYA.id, BEGINNING)
    maya.keep_version("a", "many", heads[1:], MAYA.id, BEGINNING)
    assert maya.kept[0].heads == heads[1:]


def test_what_does_not_fit_is_set_aside_and_named() -> None:
    maya, _ = two()
    claim(maya, "a", by=OKAFOR.id)
    claim(maya, "b", name=" ")
    claim(maya, "c", name="turned \u202earound")
    claim(maya, "d", name="n" * (LONGEST_NAME + 1))
    claim(maya, "e", heads="abc")
    claim(maya, "f", at=-1)
    claim(maya, "g")
    assert [one.id for one in maya.kept] == ["g"]
    assert maya.set_aside == [
        "“names / a” was not written by whom it says.",
        "“names / b” has no name that can be shown.",
        "“names / c” has no name that can be shown.",
        "“names / d” has no name that can be shown.",
        "“names / e” names no time or no version.",
        "“names / f” names no time or no version.",
    ]


def test_wrong_types_and_foreign_keys_are_named_and_hide_nothing_else() -> None:
    maya, _ = two()
    claim(maya, "a", foreign="x")
    claim(maya, "b", name=3, at="now")
    maya.change(lambda writer: writer.put(NAMES_MAP, "c", "no map"))
    assert [one.id for one in maya.kept] == ["a"]
    assert "“names / a / foreign” does not belong to a contract." in maya.set_aside
    assert "“names / c” should be a map but is a string." in maya.set_aside


def test_of_hundreds_that_do_not_fit_only_some_are_named() -> None:
    maya, _ = two()

    def write(writer: Writer) -> None:
        for number in range(100):
            entry: Item = {"name": "n", "heads": "x", "by": MAYA.id, "at": BEGINNING}
            writer.put(NAMES_MAP, f"{number}", entry)

    maya.change(write)
    assert len(maya.set_aside) == 21
