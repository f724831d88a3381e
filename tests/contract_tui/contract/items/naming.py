"""What is found in a contract, and what is named as somebody else's to say."""

from contract_tui.contract.contract import Contract
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item
from tests.contract_tui.contract.people import (
    OKAFOR,
)
from tests.contract_tui.full_contract import JONAS

ADULTS = (OKAFOR, JONAS)


def thing(contract: Contract, id_: str) -> Item:
    found = contract.items.find(ItemId(id_))
    assert found is not None
    return found


def named(contract: Contract, *words: str) -> bool:
    """Whether it is said that something was not for its writer to say, and what."""
    return any(all(word in told for word in words) for told in contract.set_aside)
