"""What stands in an empty part of something that is another's: what a reader could ask them.

Nobody is asked there what they want themselves, as in their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths
from contract_tui.contract.items.values import Item, Promise, Reflection, Support
from contract_tui.contract.schema import PartId
from contract_tui.language import _
from contract_tui.ui.names import name_of
from contract_tui.ui.prompt import Prompt
from sync_server.access.proof import SeatId

_ONLY = _("Only {who} writes here. You could ask:") + "\n"
OF_OTHERS: Mapping[tuple[str, str], Prompt] = MappingProxyType(
    {
        (paths.SUPPORTS_LIST, "when"): Prompt(
            _("When, or for what? Always is an answer too."),
            _("You could ask {name}: “When would this help you?”"),
            _("You could ask {name}: “When do you miss it most?”"),
        ),
        (paths.PROMISES_LIST, "what"): Prompt(
            _("What could {who} do that would really help you? You can say it."),
            _("You could ask {who}: “What is small enough to keep?”"),
            _("You could ask {who}: “What do you need so that you can keep it?”"),
        ),
        (paths.PROMISES_LIST, "when"): Prompt(
            _("By when would it help you? You could tell {who}."),
            _("You could ask {who}: “By when can you keep it?”"),
            _("You could ask {who}: “When would it fit?”"),
        ),
        (paths.REFLECTIONS_LIST, "text"): Prompt(
            _ONLY + _("“What have you noticed?”"),
            _ONLY + _("“What surprised you?”"),
            _ONLY + _("“What are you glad about?”"),
        ),
    }
)
"""By the list that a thing is in, and the field; everywhere else everybody is asked alike."""


def whose(contract: Contract, part: PartId, me: SeatId | None) -> str | None:
    """Whose thing a text is in, by name, if not one's own; "" for nobody's; None: ask as ever."""
    thing = paths.owner(part)
    if thing is None or "/" not in thing:  # a section, or a whole page
        return None
    if (paths.kind(thing), paths.field(part)) not in OF_OTHERS:
        return None
    found = contract.items.find(thing)
    return None if found is None else of_other(contract, found, me)


def of_other(contract: Contract, thing: Item, me: SeatId | None) -> str | None:
    """The same of a thing."""
    match thing:
        case Promise():
            owner = thing.by
        case Reflection():
            owner = thing.added_by
        case Support():
            owner = thing.offered_by
        case _:
            return None
    if owner and contract.roster.person(owner).id == me:
        return None
    return name_of(contract, owner) if owner else ""
