from contract_tui.contract.crdt import Branch, CrdtDocument, Kind
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.schema import (
    BODY_TEXTS,
    CONSTANT_SECTIONS,
    FORMAT,
    GENESIS,
    GENESIS_ACTOR,
    HEADING_TEXTS,
    ROOT_OBJECTS,
    SECTION_LIMIT,
    SECTION_MAPS,
    SECTIONS_MAP,
    TITLE,
    TITLE_LIMIT,
    format_actor,
    limit,
)
from sync_server.access.constants import GENESIS_HASH
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.contract.genesis import build_genesis
from tests.contract_tui.contract.people import actor


def test_the_first_change_is_what_its_recipe_builds() -> None:
    assert build_genesis() == GENESIS


def test_the_first_change_is_known_by_its_hash() -> None:
    (change,) = parse_changes([GENESIS])
    assert change.hash == GENESIS_HASH
    assert change.actor == GENESIS_ACTOR == format_actor(FORMAT)
    assert (change.deps, change.seq, change.start_op, change.time) == ((), 1, 1, 0)


def test_the_ids_of_the_constant_objects_are_those_in_the_document() -> None:
    document = blank_document(actor("a"))
    for key, obj in ROOT_OBJECTS.items():
        found = document.get(None, key)
        assert isinstance(found, Branch)
        assert found.object == obj
    for part in CONSTANT_SECTIONS:
        assert document.get(SECTIONS_MAP, part) == Branch(Kind.MAP, SECTION_MAPS[part])
        assert document.get(SECTION_MAPS[part], "body") == Branch(Kind.TEXT, BODY_TEXTS[part])
        heading = document.get(SECTION_MAPS[part], "heading")
        assert heading == Branch(Kind.TEXT, HEADING_TEXTS[part])


def test_the_constant_objects_keep_their_ids_whatever_actors_come_first() -> None:
    other = CrdtDocument(actor("0"))
    other.transact(lambda writer: writer.put(None, "before", "anything"))
    other.apply([GENESIS])
    assert other.kind(BODY_TEXTS[CONSTANT_SECTIONS[0]]) is Kind.TEXT


def test_sections_and_the_title_have_their_own_limits() -> None:
    assert limit(TITLE) == TITLE_LIMIT
    assert {limit(part) for part in CONSTANT_SECTIONS} == {SECTION_LIMIT}
