"""What a person began to say and left, for as long as the contract is open.

It stays in memory: what is meant to outlast the evening is a draft.
"""

from __future__ import annotations


class Unsaid:
    """Words that are nowhere yet, each under the place where they were typed."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def of(self, place: str) -> str:
        """What was left at a place; nothing where all was said."""
        return self._words.get(place, "")

    def keep(self, place: str, words: str) -> None:
        """Keep what stands at a place now; blank words take what was there away."""
        if words.strip():
            self._words[place] = words
        else:
            self._words.pop(place, None)
