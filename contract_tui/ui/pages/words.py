"""What the pages are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.items import terms

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "sections": "Sections",
        "supports": terms.HELP,
        "promises": terms.PROMISES,
        "reflections": terms.LOOKING_BACK,
        "agreement": terms.AGREEMENT,
    }
)
NEW_GOAL = "New goal"
