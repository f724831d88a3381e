"""What others wrote in a thing that was taken away by somebody who did not know of it."""

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.heads import write_heads
from contract_tui.contract.items import writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.ids import ChangeHash
from tests.contract_tui.contract.people import MAYA, OKAFOR, actor_of, copy, exchange
from tests.contract_tui.full_contract import KITE, full_contract

EVIDENCE = PartId(f"{KITE}/evidence")
PLAN = PartId(f"{KITE}/steps/plan/what")


@pytest.fixture
def maya() -> Contract:
    return full_contract()


@pytest.fixture
def okafor(maya: Contract) -> Contract:
    return copy(maya, actor_of(OKAFOR, 2))


def kite(contract: Contract) -> Item:
    found = contract.items.find(ItemId(KITE))
    assert found
    return found


def remove(contract: Contract) -> None:
    away = writing.remove(kite(contract), MAYA.id, contract.pupils, contract.heads, None)
    assert away
    contract.change(away)


def test_what_everybody_wrote_before_has_been_seen(maya: Contract, okafor: Contract) -> None:
    maya.apply([okafor.splice(EVIDENCE, Splice(0, 0, "A photo. "))])
    assert not maya.unseen(kite(maya)), "it stands"
    remove(maya)
    assert not maya.unseen(kite(maya))


@pytest.mark.parametrize("part", [EVIDENCE, PLAN])
def test_what_others_wrote_meanwhile_has_not(
    maya: Contract, okafor: Contract, part: PartId
) -> None:
    remove(maya)
    okafor.splice(part, Splice(0, 0, "Film it! "))
    exchange(maya, okafor)
    assert maya.unseen(kite(maya))
    assert okafor.unseen(kite(okafor))


def test_ones_own_words_and_what_is_gone_again_are_nothing_unseen(
    maya: Contract, okafor: Contract
) -> None:
    laptop = copy(maya, actor_of(MAYA, 6))
    remove(maya)
    laptop.splice(EVIDENCE, Splice(0, 0, "Mine. "))
    okafor.splice(EVIDENCE, Splice(0, 0, "Yours. "))
    okafor.splice(EVIDENCE, Splice(0, 7, ""))
    exchange(maya, laptop, okafor)
    assert not maya.unseen(kite(maya))


def test_a_version_that_nobody_has_shows_nothing_as_seen(maya: Contract, okafor: Contract) -> None:
    maya.apply([okafor.splice(EVIDENCE, Splice(0, 0, "A photo. "))])
    nowhere = write_heads((ChangeHash(b"x" * 32),))
    maya.change(lambda writer: writer.put(kite(maya).object, "removed", nowhere))
    assert maya.unseen(kite(maya))


@pytest.mark.parametrize("said", ["", "yes", "ab" * 31, ",".join(["ab" * 32] * 300)])
def test_what_names_no_version_takes_nothing_away(maya: Contract, said: str) -> None:
    maya.change(lambda writer: writer.put(kite(maya).object, "removed", said))
    assert kite(maya).removal is None
    assert any("kite / removed" in told for told in maya.set_aside)
