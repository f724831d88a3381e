"""The history of a contract that no library keeps."""

from contract_tui.contract.contract import Contract
from contract_tui.history.history import History, ToldTurn
from sync_server.protocol.chunk import parse_changes


def history(contract: Contract) -> History:
    """Read the history of a contract; its changes tell their hashes."""
    changes = parse_changes(contract.changes_since())
    hashes = {(change.actor, change.seq): change.hash for change in changes}
    return History.read(contract, lambda actor, seq: hashes[actor, seq])


def told(contract: Contract) -> list[ToldTurn]:
    """Tell every turn of a contract."""
    return history(contract).told()
