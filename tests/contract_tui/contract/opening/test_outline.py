import pytest

from contract_tui.contract.crdt import CrdtDocument, Item, Kind, Writer
from contract_tui.contract.errors import NewerFormat
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.opening.outline import check_format, read_choice, read_outline
from contract_tui.contract.schema import (
    BODY_TEXTS,
    GENESIS_ACTOR,
    HEADING_TEXTS,
    INTERESTS,
    SECTION_MAPS,
    SECTIONS_MAP,
    STRUCTURE,
    SUPPORTS,
    TITLE,
    TITLE_TEXT,
    StructureChoice,
    format_actor,
)
from contract_tui.contract.sections import read_sections
from contract_tui.contract.text.splice import Splice
from sync_server.access.keys import SigningKey
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.people import CONTRACT, CONTRACT_KEY, actor


@pytest.fixture
def document() -> CrdtDocument:
    return blank_document(actor("a"))


def put(document: CrdtDocument, key: str, item: Item) -> None:
    document.transact(lambda writer: writer.put(None, key, item))


def add_section(writer: Writer, key: str, heading: str, position: str) -> None:
    section = writer.make(SECTIONS_MAP, key, Kind.MAP)
    writer.splice(writer.make(section, "heading", Kind.TEXT), Splice(0, 0, heading))
    writer.make(section, "body", Kind.TEXT)
    writer.put(section, "pos", position)
    writer.put(section, "hidden", True)


def test_a_new_contract_has_three_sections_in_their_order(document: CrdtDocument) -> None:
    assert [(section.part, section.heading) for section in read_sections(document)] == [
        (INTERESTS, "Interests"),
        (SUPPORTS, "Supports needed"),
        (STRUCTURE, "Structure wanted"),
    ]


def test_a_section_can_be_renamed_moved_and_hidden(document: CrdtDocument) -> None:
    def write(writer: Writer) -> None:
        writer.splice(HEADING_TEXTS[SUPPORTS], Splice(0, 0, "What helps"))
        writer.put(SECTION_MAPS[SUPPORTS], "pos", "a")
        writer.put(SECTION_MAPS[SUPPORTS], "hidden", True)

    document.transact(write)
    first = read_sections(document)[0]
    assert (first.part, first.heading, first.hidden) == (SUPPORTS, "What helps", True)


def test_a_section_that_was_added_stands_at_its_place(document: CrdtDocument) -> None:
    document.transact(lambda writer: add_section(writer, "dreams", "Dreams", "g"))
    sections = read_sections(document)
    assert [section.part for section in sections] == [INTERESTS, "dreams", SUPPORTS, STRUCTURE]
    assert (sections[1].heading, sections[1].hidden) == ("Dreams", True)
    assert document.kind(sections[1].body) is Kind.TEXT


def test_a_section_without_a_heading_is_called_by_its_key(document: CrdtDocument) -> None:
    document.transact(lambda writer: add_section(writer, "dreams", "  ", "g"))
    assert read_sections(document)[1].heading == "dreams"


def test_what_cannot_be_written_in_is_no_section(document: CrdtDocument) -> None:
    def write(writer: Writer) -> None:
        writer.put(SECTIONS_MAP, "string", "not a section")
        writer.put(SECTIONS_MAP, "without body", {"pos": "a"})
        add_section(writer, "title", "Two titles", "a")

    document.transact(write)
    assert len(read_sections(document)) == 3


def test_the_texts_of_the_constant_parts_cannot_be_exchanged(document: CrdtDocument) -> None:
    document.transact(lambda writer: add_section(writer, "interests", "Stolen", "f"))
    put(document, "title", "Stolen")
    texts = read_outline(document, CONTRACT).texts
    assert (texts[TITLE], texts[INTERESTS]) == (TITLE_TEXT, BODY_TEXTS[INTERESTS])


def test_the_choice_is_a_known_token_or_not_made(document: CrdtDocument) -> None:
    assert read_choice(document) is StructureChoice.NOT_CHOSEN
    put(document, "structure_choice", "check-in")
    assert read_choice(document) is StructureChoice.CHECK_IN
    put(document, "structure_choice", "as the teacher says")
    assert read_choice(document) is StructureChoice.NOT_CHOSEN
    put(document, "structure_choice", 7)
    assert read_choice(document) is StructureChoice.NOT_CHOSEN


def test_the_id_follows_from_the_key_in_the_contract(document: CrdtDocument) -> None:
    assert read_outline(document, None).contract is None
    put(document, "contract", CONTRACT_KEY.public.text)
    outline = read_outline(document, None)
    assert outline.contract == CONTRACT
    assert outline.set_aside == ()


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("nonsense", "“contract” is no public key."),
        (SigningKey(bytes(32)).public.text, "“contract” names the key of another contract."),
    ],
)
def test_a_contract_that_is_known_stays_itself_whatever_it_says(
    document: CrdtDocument, said: str, named: str
) -> None:
    put(document, "contract", said)
    outline = read_outline(document, CONTRACT)
    assert outline.contract == CONTRACT
    assert outline.set_aside == (named,)


@pytest.mark.parametrize("said", ["learning-contract/2", "learning-contract/17"])
@pytest.mark.parametrize("hidden_by", ["", "learning-contract/1", "learning-contract/99"])
def test_a_newer_format_is_refused_in_a_sentence(
    document: CrdtDocument, said: str, hidden_by: str
) -> None:
    document.write_as(format_actor(said))
    put(document, "format", said)
    document.write_as(actor("a"))
    if hidden_by:
        put(document, "format", hidden_by)
    with pytest.raises(NewerFormat, match=r"a newer version of the program wrote"):
        check_format(document)


@pytest.mark.parametrize("said", ["learning-contract/2", "learning-contract/17"])
@pytest.mark.parametrize("by", [actor("a"), format_actor("learning-contract/3"), GENESIS_ACTOR])
def test_nobody_closes_a_contract_by_calling_it_newer(
    document: CrdtDocument, said: str, by: Actor
) -> None:
    """The actor of a format follows from its name, and no computer has it."""
    document.write_as(by)
    put(document, "format", said)
    check_format(document)


@pytest.mark.parametrize(
    "said", ["learning-contract/1", "learning-contract/0", "nonsense", "learning-contract/x", ""]
)
def test_any_other_format_opens(document: CrdtDocument, said: str) -> None:
    put(document, "format", said)
    check_format(document)
    put(document, "format", 7)
    check_format(document)
