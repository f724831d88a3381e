"""What the line in which one looks for contracts tells the list; it is loaded when it is needed."""

from __future__ import annotations

from textual.message import Message
from textual.widgets import OptionList


class Sought(Message):
    """Something else is looked for."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted


class Taken(Message):
    """The contract at the mark is to be opened."""


class Stepped(Message):
    """The mark is to be moved."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self._step = step

    def move(self, contracts: OptionList) -> None:
        """Move it."""
        getattr(contracts, f"action_{self._step}")()


class EraseAsked(Message):
    """The contract at the mark is to be erased."""
