"""The statement that a contract was begun anew, and so should be erased by everybody.

It stands at the root of the old contract and names the new one. Of two that are made at once, all
copies show the same.
"""

from dataclasses import dataclass

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.membership.seats import as_string
from contract_tui.contract.records import Write
from sync_server.protocol.errors import BadDocumentId
from sync_server.protocol.ids import Actor, DocumentId, format_document_id, parse_document_id

RENEWED = "renewed"


@dataclass(frozen=True, slots=True)
class Renewed:
    """Which contract takes the place of this one, and by whose word."""

    contract: DocumentId
    by: Actor


def read_renewed(document: CrdtDocument) -> Renewed | None:
    """Read the statement; None where there is none, or none that names a contract."""
    said = as_string(document, document.get(None, RENEWED))
    stated = document.id_at(None, RENEWED)
    if said is None or stated is None:
        return None
    try:
        return Renewed(parse_document_id(said), Actor(stated.actor))
    except BadDocumentId:
        return None


def renewal(contract: DocumentId) -> Write:
    """Say that another contract takes the place of this one."""
    return lambda writer: writer.put(None, RENEWED, format_document_id(contract))
