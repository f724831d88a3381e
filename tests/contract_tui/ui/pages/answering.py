"""People who have answered a contract, in one library."""

from __future__ import annotations

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.contract import Contract
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item
from contract_tui.library.journal import Appearance
from sync_server.access.keys import new_actor
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.history.noting import note, signed_by
from tests.contract_tui.ui.sitting import NOW, Sitting

DAY = 86_400


def answer(
    sitting: Sitting, *, roles: tuple[Role, ...], then: str = "", at: Role = Role.STUDENT
) -> None:
    """Have people answer in somebody's library, the teacher with a note, and words come then."""
    library = sitting.libraries[at]
    journal, own = library.journal(sitting.contract), library.own_seat(sitting.contract)
    assert own is not None
    raws = [one.raw for one in journal.read(journal.stored())]
    contract = Contract.open(raws, new_actor(own.key.public, b"pictures"), sitting.contract)
    for role in roles:
        their = sitting.libraries[role].own_seat(sitting.contract)
        assert their is not None
        is_teacher = role is Role.TEACHER
        said = Answer.NOTE if is_teacher else Answer.AGREE
        words = "and I come and look at the film with you" if is_teacher else ""
        token = signed_by(their.key, contract, int(NOW) - DAY, said, words)
        seat, entry = their.seat, dict[str, Item]({"a": token})
        note(contract, seat, lambda writer, k=seat.id, e=entry: writer.put(AGREEMENTS, k, e))  # type: ignore[misc]
    if then:
        contract.splice(INTERESTS, Splice(0, 0, then), int(NOW))
    made = parse_changes(contract.changes_since())[len(raws) :]
    journal.append(made, Appearance(contract.title, int(NOW), contract.heads))
