"""Words that somebody types and covers, and covers that a changed program claims."""

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Item
from contract_tui.contract.past.covers import (
    KIND,
)
from contract_tui.contract.schema import (
    BODY_TEXTS,
    INTERESTS,
    NOTES_MAP,
)
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.people import (
    MAYA,
)

BODY = BODY_TEXTS[INTERESTS]


def words(contract: Contract) -> str:
    return contract.text(INTERESTS).text


def ids(contract: Contract, passage: str) -> list[ElementId]:
    start = words(contract).index(passage)
    return contract.text(INTERESTS).ids[start : start + len(passage)]


def type_(contract: Contract, text: str, at: int | None = None) -> None:
    offset = len(words(contract)) if at is None else at
    contract.splice(INTERESTS, Splice(offset, offset, text))


def claim(contract: Contract, key: str, **fields: Item) -> None:
    entry: Item = {"kind": KIND, "by": MAYA.id, **fields}
    contract.change(lambda writer: writer.put(NOTES_MAP, key, entry))
