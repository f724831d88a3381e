"""What the pages are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "sections": "Sections",
        "supports": "What helps",
        "promises": "Promises",
        "reflections": "Looking back on it",
        "agreement": "Agreement",
    }
)
NEW_GOAL = "New goal"
THE_TITLE = "the title"
LONGEST_HEADING = 28
"""Characters of a goal that it is called by."""
