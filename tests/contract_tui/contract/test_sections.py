import pytest

from contract_tui.contract import sections
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.schema import (
    HEADING_TEXTS,
    INTERESTS,
    SECTION_MAPS,
    SECTIONS_MAP,
    STRUCTURE,
    SUPPORTS,
    PartId,
)
from contract_tui.contract.sections import heading_part
from contract_tui.contract.text.splice import Splice
from sync_server.access.devices import DeviceProof
from tests.contract_tui.contract.people import (
    CONTRACT_KEY,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
)
from tests.contract_tui.full_contract import full_contract

NAME = heading_part(INTERESTS)


def hide(writer: Writer) -> None:
    writer.put(SECTION_MAPS[INTERESTS], "hidden", True)


def section(contract: Contract, part: PartId = INTERESTS) -> sections.Section:
    return next(one for one in contract.sections if one.part == part)


def names(contract: Contract) -> list[str]:
    return [one.heading for one in contract.sections]


def test_a_section_is_called_what_its_heading_says_at_every_key() -> None:
    maya = full_contract()
    opa = copy(maya, actor_of(OKAFOR, 2))
    raws = [maya.splice(NAME, Splice(at, at, letter)) for at, letter in enumerate("Kites")]
    assert section(maya).heading == "Kites"
    assert not opa.apply(raws).outline
    assert section(opa).heading == "Kites"
    raw = maya.undo(NAME)
    assert raw
    assert section(maya).heading == "Interests"
    opa.apply([raw])
    assert section(opa).heading == "Interests"
    maya.redo(NAME)
    maya.rewrite(NAME, [Splice(0, 5, "Birds")])
    assert section(maya).heading == "Birds"


def test_what_an_adults_program_says_of_sections_is_named_and_not_believed() -> None:
    contract = full_contract(OKAFOR)

    def write(writer: Writer) -> None:
        hide(writer)
        writer.put(SECTION_MAPS[STRUCTURE], "pos", "a")
        writer.splice(HEADING_TEXTS[SUPPORTS], Splice(0, 0, "Weaknesses"))

    before = names(contract)
    contract.change(write)
    assert names(contract) == before
    assert not section(contract).hidden
    told = [one for one in contract.set_aside if "who is not the one to say it" in one]
    assert [one.partition(" was written")[0] for one in told] == [
        "“sections / interests / hidden”",
        "“sections / supports / heading”",
        "“sections / structure / pos”",
    ]
    assert contract.reading().shown[0].part == INTERESTS


def test_the_student_hides_what_an_adults_program_has_hidden() -> None:
    contract = full_contract(OKAFOR)
    contract.change(hide)
    contract.write_as(actor_of(MAYA, 2))
    write = sections.hide(section(contract), True, None)
    assert write
    contract.change(write)
    assert section(contract).hidden
    assert contract.set_aside == []
    assert sections.hide(section(contract), True, None) is None


def test_a_heading_is_read_without_the_letters_of_an_adults_program() -> None:
    contract = full_contract()
    contract.splice(NAME, Splice(0, 0, "Kites"))
    contract.write_as(actor_of(OKAFOR, 2))
    contract.splice(NAME, Splice(0, 0, "No "))
    assert section(contract).heading == "Kites"
    assert copy(contract, actor_of(MAYA, 3)).sections == contract.sections


def test_an_adults_program_names_no_section_by_its_key_either() -> None:
    contract = full_contract(OKAFOR)
    contract.change(sections.add("You have to", "So it is", "z", None))
    added = section(contract, PartId("You have to"))
    assert added.heading == sections.NAMELESS
    assert [one for one in contract.set_aside if "You have to / name" in one]
    contract.write_as(actor_of(MAYA, 3))
    contract.splice(added.heading_part, Splice(0, 0, "Music: "))
    assert section(contract, added.part).heading == "Music:"


def test_what_stood_before_the_student_came_stays() -> None:
    contract = Contract.create(actor_of(OKAFOR), CONTRACT_KEY.public.text, "Maya’s")
    contract.add_seat(OKAFOR, OKAFOR_PROOF)
    contract.change(hide)
    contract.change(sections.add("77", "Strengths", "a1", None))
    contract.write_as(actor_of(MAYA))
    contract.add_seat(MAYA, MAYA_PROOF)
    assert section(contract).hidden
    assert names(contract) == ["Strengths", "Interests", "Supports needed", "Structure wanted"]
    assert contract.set_aside == []


def test_a_section_without_a_position_stands_last() -> None:
    contract = full_contract()

    def write(writer: Writer) -> None:
        place = writer.make(SECTIONS_MAP, "a", Kind.MAP)
        writer.make(place, "body", Kind.TEXT)

    contract.change(write)
    assert [one.part for one in contract.sections][-1] == "a"


@pytest.mark.parametrize("key", ["7", "a b"])
def test_a_section_that_was_added_can_be_written_in(key: str) -> None:
    contract = full_contract()
    contract.change(sections.add(key, "Dreams", "g", None))
    part = PartId(key)
    contract.splice(part, Splice(0, 0, "the sea"))
    contract.splice(heading_part(part), Splice(0, 0, "My "))
    assert section(contract, part).heading == "My Dreams"
    assert contract.reading().sections[1].text == "the sea"


def test_a_student_of_whom_only_the_proof_is_here_changes_nothing_of_what_stands() -> None:
    contract = Contract.create(actor_of(OKAFOR), CONTRACT_KEY.public.text, "Maya’s")
    contract.add_seat(OKAFOR, OKAFOR_PROOF)
    before = contract.sections
    contract.vouch([DeviceProof(MAYA_PROOF).text])
    assert contract.pupils == {MAYA.id}
    assert contract.sections == before
    assert contract.set_aside == []
    contract.change(hide)
    assert contract.sections == before
