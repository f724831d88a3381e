import pytest

from contract_tui.commands.parts import find_part
from contract_tui.contract import sections
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import UnknownPart
from contract_tui.contract.items import paths, writing
from contract_tui.contract.schema import INTERESTS, TITLE
from tests.contract_tui.contract.people import new_contract

KITE, BOAT = "3f0900", "3fa700"


@pytest.fixture
def contract() -> Contract:
    contract = new_contract()
    for key, words in ((KITE, "Build a kite"), (BOAT, "Build a boat")):
        contract.change(writing.add("goals", key, {}, {"what": words}, turn_at=None))
    contract.change(sections.add("77", "Dreams", "z", None))
    kite = contract.items.goals[0]
    contract.change(writing.add("steps", "9", {}, within=kite.steps_map, turn_at=None))
    return contract


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("Title ", TITLE),
        ("INTERESTS", INTERESTS),
        ("dreams", "77"),
        (f"goals/{KITE}/what", f"goals/{KITE}/what"),
        ("goals/3f0/what", f"goals/{KITE}/what"),
        ("goals/3fa/m", f"goals/{BOAT}/matters"),
        ("goals/3f0/steps/9/what", f"goals/{KITE}/steps/9/what"),
        ("sections/77/heading", "sections/77/heading"),
    ],
)
def test_a_part_is_found_by_what_it_is_called_or_by_what_begins_that(
    contract: Contract, said: str, part: str
) -> None:
    assert find_part(contract, said) == part


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("homework", "there are title, interests, supports, structure, “Dreams”"),
        ("goals/3f/what", f"several texts: there are goals/{KITE}/what, goals/{BOAT}/what"),
        ("goals/4/what", f"there are goals/{KITE}, goals/{BOAT}"),
        ("goals/3f0", f": there are goals/{KITE}/what"),
        ("goals/3f0/colour", f": there are goals/{KITE}/what"),
        ("promises/1/what", "it has none of that kind"),
        ("goals//what", f"there are goals/{KITE}"),
        ("/", "it has none of that kind"),
    ],
)
def test_what_is_no_part_is_answered_with_what_there_is(
    contract: Contract, said: str, told: str
) -> None:
    with pytest.raises(UnknownPart) as refused:
        find_part(contract, said)
    assert told in str(refused.value)


def test_the_texts_of_things_are_found_without_their_being_goals(contract: Contract) -> None:
    contract.change(writing.add("support_items", "ab", {}, turn_at=None))
    support = paths.item("support_items", "ab")
    assert find_part(contract, "support_items/a/when") == paths.part_of(support, "when")
