import pytest

from contract_tui.contract.crdt import Branch, CrdtDocument, Item, Writer, expand
from contract_tui.contract.errors import NotYours, TooMuch
from contract_tui.contract.past.covers import (
    COVERED,
    KIND,
    MOST_OF_ONE,
    veiled,
    without_veils,
)
from contract_tui.contract.schema import (
    INTERESTS,
    NAMES_MAP,
    NOTES_MAP,
    SEEN_MAP,
    TITLE,
    TURNS_LIST,
)
from contract_tui.contract.text.places import MOST_CHARACTERS, write_place
from contract_tui.contract.text.splice import Splice
from contract_tui.exports.text import to_text
from sync_server.access.devices import Device
from sync_server.access.keys import new_actor
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.past.covering import BODY, claim, ids, type_, words
from tests.contract_tui.contract.past.test_seen import two
from tests.contract_tui.contract.people import (
    BEGINNING,
    MAYA,
    OKAFOR,
    actor_of,
    copy,
    exchange,
)
from tests.contract_tui.contract.test_roster import replacement, tablet


def test_a_covered_passage_goes_with_one_change_and_is_shown_nowhere() -> None:
    maya, okafor = two()
    type_(maya, "call 0151\n23 soon")
    before = maya.heads
    assert maya.cover(INTERESTS, ids(maya, "0151\n23"), "a", MAYA.id, BEGINNING) is not None
    assert len(parse_changes(maya.changes_since(before))) == 1
    exchange(maya, okafor)
    for contract in (maya, okafor, copy(maya, actor_of(OKAFOR, start=9))):
        assert words(contract) == "call  soon"
        assert contract.text_at(INTERESTS, before) == "call ▒▒▒▒\n▒▒ soon"
        assert "call ▒▒▒▒\n▒▒ soon" in to_text(contract.reading(before))
        assert len(contract.covered[INTERESTS]) == 7
        assert contract.set_aside == []


def test_the_file_still_holds_what_is_covered() -> None:
    maya, _ = two()
    type_(maya, "call 0151 soon")
    before = maya.heads
    maya.cover(INTERESTS, ids(maya, "0151"), "a", MAYA.id)
    document = CrdtDocument(Actor(b"x" * 16))
    document.apply(expand(maya.save()))
    assert document.text(BODY, before) == "call 0151 soon"


def test_any_automerge_program_can_read_what_a_contract_remembers() -> None:
    maya, _ = two()
    type_(maya, "0151")
    maya.mark_seen(MAYA.id, BEGINNING)
    maya.keep_version("k", "first words", maya.heads, MAYA.id, BEGINNING)
    maya.cover(INTERESTS, ids(maya, "0151"), "c", MAYA.id)
    for records, key in ((SEEN_MAP, str(MAYA.id)), (NAMES_MAP, "k"), (NOTES_MAP, "c")):
        entry = maya._document.get(records, key)
        assert isinstance(entry, Branch)
        assert {type(value) for value in maya._document.items(entry.object).values()} <= {str, int}


def test_a_covered_title_is_shown_nowhere() -> None:
    maya, _ = two()
    before = maya.heads
    maya.cover(TITLE, maya.text(TITLE).ids, "a", MAYA.id)
    assert maya.title == ""
    assert set(maya.reading(before).title) == set(maya.text_at(TITLE, before)) == {COVERED}


def test_a_passage_that_went_long_ago_can_be_covered_and_begins_no_turn() -> None:
    maya, okafor = two()
    type_(maya, "call 0151 soon")
    number, before = ids(maya, "0151 "), maya.heads
    maya.splice(INTERESTS, Splice(5, 10, ""))
    exchange(maya, okafor)
    again = copy(okafor, actor_of(MAYA, start=3))
    turns = again._document.length(TURNS_LIST)
    again.cover(INTERESTS, number, "a", MAYA.id, BEGINNING)
    assert again._document.length(TURNS_LIST) == turns
    exchange(maya, okafor, again)
    assert okafor.text_at(INTERESTS, before) == "call ▒▒▒▒▒soon"
    assert words(okafor) == "call soon"


def test_only_ones_own_words_can_be_covered() -> None:
    maya, okafor = two()
    type_(maya, "mine ")
    exchange(maya, okafor)
    type_(okafor, "hers")
    exchange(maya, okafor)
    with pytest.raises(NotYours, match="Only your own words"):
        maya.cover(INTERESTS, ids(maya, "hers"), "a", MAYA.id)
    maya.cover(INTERESTS, ids(maya, "mine hers"), "a", MAYA.id)
    exchange(maya, okafor)
    assert words(okafor) == "hers"
    assert maya.cover(INTERESTS, [], "b", MAYA.id) is None


def test_words_of_ones_other_computer_and_of_a_lost_seat_are_ones_own() -> None:
    maya, okafor = two()
    type_(maya, "first ")
    device, proof = tablet()
    there = copy(maya, new_actor(device.key, bytes(8)))
    there.add_device(device, proof)
    type_(there, "tablet ")
    exchange(maya, okafor, there)
    maya.cover(INTERESTS, ids(maya, "tab"), "a", MAYA.id)
    there.cover(INTERESTS, ids(there, "first"), "b", MAYA.id)
    exchange(maya, okafor, there)
    again, proof = replacement(MAYA)
    later = copy(okafor, actor_of(again))
    later.add_device(Device(again, again.key), proof)
    later.cover(INTERESTS, ids(later, "let"), "c", again.id)
    exchange(maya, okafor, later)
    for contract in (maya, okafor, later):
        assert words(contract) == "  "
        assert len(contract.covered[INTERESTS]) == len("firsttablet")
        assert contract.set_aside == []


def test_what_is_covered_is_not_covered_again() -> None:
    maya, _ = two()
    type_(maya, "0151")
    number = ids(maya, "0151")
    maya.cover(INTERESTS, number[:2], "a", MAYA.id)
    heads = maya.heads
    assert maya.cover(INTERESTS, number[:2], "b", MAYA.id) is None
    assert maya.heads == heads
    assert maya.cover(INTERESTS, number, "b", MAYA.id) is not None
    assert maya.covered == {INTERESTS: frozenset(number)}


def test_too_long_a_passage_is_refused() -> None:
    maya, _ = two()
    mine = [ElementId(counter, maya.actor) for counter in range(1, MOST_CHARACTERS + 2)]
    with pytest.raises(TooMuch):
        maya.cover(INTERESTS, mine, "a", MAYA.id)


def test_a_cover_of_others_words_counts_for_nobody() -> None:
    maya, okafor = two()
    type_(maya, "mine")
    exchange(maya, okafor)
    claim(okafor, "a", by=OKAFOR.id, about=write_place(BODY, ids(maya, "mine")))
    claim(okafor, "b", by=MAYA.id, about=write_place(BODY, ids(maya, "mine")))
    exchange(maya, okafor)
    assert not maya.covered.get(INTERESTS)
    assert maya.set_aside == ["The cover “b” was not made by whom it says."]


def test_a_cover_that_somebody_changed_counts_no_more() -> None:
    maya, okafor = two()
    type_(maya, "0151")
    maya.cover(INTERESTS, ids(maya, "0151"), "a", MAYA.id)
    exchange(maya, okafor)
    note = okafor._document.get(NOTES_MAP, "a")
    about = write_place(BODY, [ElementId(1, maya.actor)])
    okafor.change(lambda writer: writer.put(note.object, "about", about))  # type: ignore[union-attr]
    assert okafor.covered == {}
    assert okafor.set_aside == ["The cover “a” was not made by whom it says."]


def test_a_foreign_key_in_a_cover_changes_nothing() -> None:
    maya, okafor = two()
    type_(maya, "0151")
    maya.cover(INTERESTS, ids(maya, "0151"), "a", MAYA.id)
    exchange(maya, okafor)
    note = okafor._document.get(NOTES_MAP, "a")
    okafor.change(lambda writer: writer.put(note.object, "x", 1))  # type: ignore[union-attr]
    assert len(okafor.covered[INTERESTS]) == 4


def test_nonsense_is_set_aside_and_other_notes_are_none_of_its_business() -> None:
    maya, _ = two()
    claim(maya, "a", about="everything")
    claim(maya, "b")
    claim(maya, "c", kind="suggestion", about="everything")
    claim(maya, "d", about=7)
    assert maya.covered == {}
    assert [line for line in maya.set_aside if line.startswith("The cover")] == [
        "The cover “a” does not say what it covers.",
        "The cover “b” does not say what it covers.",
        "The cover “d” does not say what it covers.",
    ]


def test_nobody_fills_the_memory_of_the_others() -> None:
    maya, _ = two()
    one = [ElementId(counter, maya.actor) for counter in range(1, MOST_CHARACTERS + 1)]
    place = write_place(BODY, one)

    def write(writer: Writer) -> None:
        for number in range(MOST_OF_ONE // MOST_CHARACTERS + 2):
            entry: Item = {"kind": KIND, "by": MAYA.id, "about": place}
            writer.put(NOTES_MAP, f"{number:02}", entry)

    maya.change(write)
    assert len([line for line in maya.set_aside if "too many" in line]) == 2


def test_characters_that_were_never_there_cover_nothing() -> None:
    maya, _ = two()
    type_(maya, "words")
    claim(maya, "a", about=write_place(BODY, [ElementId(10**14, maya.actor)]))
    claim(maya, "b", about=write_place(ElementId(10**14, b"x"), ids(maya, "words")))
    assert maya.reading().sections[0].text == "words"
    assert maya.set_aside == []


def test_a_veil_has_as_many_characters_and_lines_as_the_words() -> None:
    assert veiled("a b\n👍\n") == "▒▒▒\n▒\n"
    assert without_veils("call ▒▒▒ soon") == "call  soon"
