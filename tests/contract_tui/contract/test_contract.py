from collections.abc import Callable

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument, Kind, Writer, expand
from contract_tui.contract.effects import Changed
from contract_tui.contract.errors import DocumentDamaged, UnknownPart
from contract_tui.contract.schema import (
    GENESIS,
    INTERESTS,
    SECTION_LIMIT,
    SECTIONS_MAP,
    TITLE,
    TITLE_LIMIT,
    TURNS_LIST,
    PartId,
    StructureChoice,
)
from contract_tui.contract.text.splice import Splice
from sync_server.access.errors import BadKey
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT,
    CONTRACT_KEY,
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor,
    actor_of,
    copy,
    exchange,
    new_contract,
)


@pytest.fixture
def maya() -> Contract:
    return new_contract()


def foreign_change(contract: Contract, write: Callable[[Writer], object]) -> bytes:
    document = CrdtDocument(actor("f"))
    document.apply(contract.changes_since())
    change = document.transact(write)
    assert change is not None
    return change.raw


def test_a_new_contract_has_its_title_key_and_first_turn() -> None:
    contract = Contract.create(actor_of(MAYA), CONTRACT_KEY.public.text, "A\r\nB", BEGINNING)
    assert contract.id == CONTRACT
    assert contract.title == "A\nB"
    assert contract.set_aside == []
    assert contract.actor == actor_of(MAYA)
    assert contract._document.get(TURNS_LIST, 0) == BEGINNING
    first, second = contract.changes_since()
    assert first == GENESIS
    assert contract.heads == (parse_changes([second])[0].hash,)


def test_a_new_contract_needs_a_key() -> None:
    with pytest.raises(BadKey):
        Contract.create(actor_of(MAYA), "no key", "Title")


def test_a_contract_opens_from_its_changes_and_from_its_file(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "birds"))
    for raws in (maya.changes_since(), expand(maya.save())):
        again = Contract.open(raws, actor("b"))
        assert (again.id, again.heads) == (CONTRACT, maya.heads)
        assert again.text(INTERESTS).text == "birds"
        assert again.seats[MAYA.id].proven


def test_a_splice_is_one_change_that_others_can_apply(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR))
    raw = maya.splice(INTERESTS, Splice(0, 0, "birds"), BEGINNING)
    assert okafor.apply([raw]) == Changed(parts=frozenset({INTERESTS}))
    assert okafor.text(INTERESTS).text == "birds"
    assert okafor.heads == maya.heads
    assert okafor._document.length(TURNS_LIST) == 2


def test_only_a_beginning_turn_is_noted(maya: Contract) -> None:
    before = maya._document.length(TURNS_LIST)
    maya.splice(INTERESTS, Splice(0, 0, "a"), BEGINNING)
    maya.splice(INTERESTS, Splice(1, 1, "b"))
    assert maya._document.length(TURNS_LIST) == before + 1


@pytest.mark.parametrize(
    "splice",
    [
        Splice(0, 0, ""),
        Splice(0, 9, ""),
        Splice(-1, 0, "x"),
        Splice(2, 1, "x"),
        Splice(0, 0, "a\r\n"),
        Splice(0, 0, "\ud800"),
    ],
)
def test_a_splice_that_cannot_be_is_refused_and_nothing_happens(
    maya: Contract, splice: Splice
) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "abc"))
    heads = maya.heads
    with pytest.raises(ValueError, match=r"cannot apply|clean the text"):
        maya.splice(INTERESTS, splice)
    assert maya.heads == heads
    assert maya.text(INTERESTS).text == "abc"


def test_an_unknown_part_is_named(maya: Contract) -> None:
    with pytest.raises(UnknownPart, match="“dreams”"):
        maya.text(PartId("dreams"))


def test_every_sort_of_character_survives(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR))
    words = "👩‍👩‍👧 e\u0301 世界 \u00a0 שלום \t \u2028 \x0b 𝒳 \x00"
    okafor.apply([maya.splice(INTERESTS, Splice(0, 0, words))])
    assert okafor.text(INTERESTS).text == maya.text(INTERESTS).text == words


def test_the_choice_is_made_once_and_seen_by_others(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR))
    raw = maya.choose_structure(StructureChoice.OWN_WORDS, BEGINNING)
    assert raw is not None
    assert maya.structure_choice is StructureChoice.OWN_WORDS
    assert maya.choose_structure(StructureChoice.OWN_WORDS) is None
    assert okafor.apply([raw]) == Changed(choice=True, outline=True)
    assert okafor.structure_choice is StructureChoice.OWN_WORDS


def test_a_seat_is_taken_and_seen_by_others(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR))
    raw = okafor.add_seat(OKAFOR, OKAFOR_PROOF)
    assert maya.apply([raw]) == Changed(seats=True, outline=True)
    assert {entry.name for entry in maya.seats.values() if entry.proven} == {"Maya", "Ms Okafor"}
    assert maya.author(actor_of(OKAFOR, 7)).name == "Ms Okafor"
    assert not maya.author(actor("u")).proven


def test_a_section_that_somebody_adds_can_be_written_in(maya: Contract) -> None:
    def write(writer: Writer) -> None:
        section = writer.make(SECTIONS_MAP, "dreams", Kind.MAP)
        writer.make(section, "body", Kind.TEXT)

    changed = maya.apply([foreign_change(maya, write)])
    assert changed == Changed(outline=True)
    part = next(section.part for section in maya.sections if section.part == "dreams")
    maya.splice(part, Splice(0, 0, "to fly"))
    assert maya.text(part).text == "to fly"


def test_a_section_that_somebody_takes_out_keeps_its_words_while_it_is_open(
    maya: Contract,
) -> None:
    def add(writer: Writer) -> None:
        writer.make(writer.make(SECTIONS_MAP, "dreams", Kind.MAP), "body", Kind.TEXT)

    maya.apply([foreign_change(maya, add)])
    part = PartId("dreams")
    maya.splice(part, Splice(0, 0, "to fly"))
    raw = foreign_change(maya, lambda w: w.put(SECTIONS_MAP, "dreams", "gone"))
    maya.apply([raw])
    assert part not in {section.part for section in maya.sections}
    assert maya.text(part).text == "to fly"


def test_room_is_what_still_fits(maya: Contract) -> None:
    assert maya.room(TITLE, Splice(0, 0, "x" * 500)) == TITLE_LIMIT - len(maya.title)
    full = "x" * (SECTION_LIMIT - 3)
    maya.splice(INTERESTS, Splice(0, 0, full))
    assert maya.room(INTERESTS, Splice(0, 0, "ab")) == 2
    assert maya.room(INTERESTS, Splice(0, 0, "abcdef")) == 3
    assert maya.room(INTERESTS, Splice(0, 2, "abcdef")) == 5


def test_what_merging_makes_too_long_stays_whole_and_can_be_shortened(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR))
    for contract in (maya, okafor):
        contract.splice(INTERESTS, Splice(0, 0, "x" * (SECTION_LIMIT - 1)))
    exchange(maya, okafor)
    assert len(maya.text(INTERESTS).text) == 2 * SECTION_LIMIT - 2
    assert maya.room(INTERESTS, Splice(0, 0, "y")) == 0
    assert maya.room(INTERESTS, Splice(0, 1, "y")) == 0
    maya.splice(INTERESTS, Splice(0, SECTION_LIMIT, ""))
    assert maya.room(INTERESTS, Splice(0, 0, "y")) == 1


def test_older_versions_can_be_read(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "old"))
    heads = maya.heads
    maya.splice(INTERESTS, Splice(0, 3, "new"))
    assert maya.text_at(INTERESTS, heads) == "old"
    assert maya.reading(heads).sections[0].text == "old"


def test_nothing_applied_is_nothing_changed(maya: Contract) -> None:
    assert maya.apply([]) == Changed()


def test_changes_without_their_dependencies_wait(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR))
    first = maya.splice(INTERESTS, Splice(0, 0, "a"))
    second = maya.splice(INTERESTS, Splice(1, 1, "b"))
    text = okafor.text(INTERESTS)
    okafor.apply([second])
    assert text.text == ""
    assert okafor.apply([first]).parts >= {INTERESTS}
    assert text.text == "ab"


def test_changes_that_cannot_be_read_do_no_harm(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR))
    raw = maya.splice(INTERESTS, Splice(0, 0, "a"))
    text = okafor.text(INTERESTS)
    okafor.apply([b"garbage", raw[:30], raw])
    assert text.text == "a"


def test_a_great_many_changes_at_once_are_read_as_a_whole(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR))
    text = okafor.text(INTERESTS)
    raws = [maya.splice(INTERESTS, Splice(at, at, "x")) for at in range(1_100)]
    raw = maya.choose_structure(StructureChoice.STEPS)
    assert raw is not None
    changed = okafor.apply([*raws, raw])
    assert changed.choice
    assert changed.parts >= {INTERESTS}
    assert text.text == maya.text(INTERESTS).text


def test_who_was_invited_can_write_before_anything_arrived(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "birds"))
    okafor = Contract.blank(actor_of(OKAFOR), CONTRACT)
    assert okafor.id == CONTRACT
    raws = [
        okafor.add_seat(OKAFOR, OKAFOR_PROOF),
        okafor.splice(INTERESTS, Splice(0, 0, "I hear of ")),
    ]
    maya.apply(raws)
    okafor.apply(maya.changes_since())
    assert okafor.heads == maya.heads
    assert sorted(okafor.text(INTERESTS).text) == sorted("I hear of birds")
    assert okafor.title == "Maya's contract"
    assert okafor.set_aside == []


def test_a_broken_document_says_so(maya: Contract) -> None:
    maya._document = CrdtDocument(actor("e"))
    with pytest.raises(DocumentDamaged):
        maya.apply([b"garbage"])
