"""The history of a contract that no library keeps."""

from contract_tui.contract.contract import Contract
from contract_tui.history.history import History, ToldTurn
from contract_tui.session.copies.names import Names
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.graph import Graph


def history(contract: Contract) -> History:
    """Read the history of a contract."""
    return History.read(contract, Names(graph_of(contract)))


def graph_of(contract: Contract) -> Graph:
    """All changes of a contract."""
    graph = Graph()
    graph.add(parse_changes(contract.changes_since()), trusted=True)
    return graph


def told(contract: Contract) -> list[ToldTurn]:
    """Tell every turn of a contract."""
    return history(contract).told()
