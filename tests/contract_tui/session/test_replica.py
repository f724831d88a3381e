from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.splice import Splice
from tests.contract_tui.session.shelf import Shelf, opened


async def test_a_replica_keeps_in_memory_what_the_disk_refuses(shelf: Shelf) -> None:
    replica = await opened(shelf)
    shelf.library._connection.execute("PRAGMA query_only = ON")
    replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, "not lost")))
    assert (replica.unsaved, replica.is_saved) == (1, False)
    assert "cannot be written" in replica.trouble
    assert not replica.retry()
    shelf.library._connection.execute("PRAGMA query_only = OFF")
    assert replica.retry()
    assert replica.trouble == ""
    again = await opened(shelf)
    assert again.contract.text(INTERESTS).text == "not lost"
