"""Whose words may stand in a text that is one person's alone.

No program can be kept from writing into a document that it has. So every reader tells from the
letters themselves which of them are not the words of the one whose text it is; which of theirs are
missing is found in the past (`losses`).
"""

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths
from contract_tui.contract.items.rights import ALONE, is_students_own, may_write
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.splice import stretches


def is_guarded(part: PartId) -> bool:
    """Whether a text is one person's alone."""
    thing = paths.owner(part)
    return is_students_own(part) or (thing is not None and paths.kind(thing) in ALONE)


def not_theirs(contract: Contract, part: PartId) -> list[tuple[int, int]]:
    """Return from where to where a text holds what is not by the one whose text it is."""
    if not is_guarded(part):
        return []
    thing, text = contract.items.find(paths.owner(part) or paths.ItemId("")), contract.text(part)
    foreign: list[int] = []
    for start, end, actor in text.author_runs():
        if not may_write(part, contract.author(actor).id, thing, contract.pupils):
            foreign += (
                at
                for at in range(start, end)
                if not contract.hands.may_have_written(part, text.ids[at], thing)
            )
    return stretches(foreign)
