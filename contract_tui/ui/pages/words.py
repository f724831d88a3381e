"""What the pages are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.items import terms
from contract_tui.language import _

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        # At most 26 columns.
        "sections": _("Sections"),
        "supports": terms.HELP,
        "promises": terms.PROMISES,
        "reflections": terms.LOOKING_BACK,
        "agreement": terms.AGREEMENT,
    }
)
# At most 26 columns.
NEW_GOAL = _("New goal")
