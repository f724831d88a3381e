"""What a page consists of: plain blocks that every format draws in its own way."""

from dataclasses import dataclass

from contract_tui.contract.reading import Written

TOP, PART, THING = 1, 2, 3
"""How high a heading stands: the contract's title, a part of it, one goal."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in one line."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Choice:
    """How much structure is wanted."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, under a label of ours or without."""

    written: Written
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a list: what somebody wrote, and beside it what else is said of it."""

    written: Written
    facts: tuple[str, ...] = ()
    label: str = ""
    """What stands in front of it, such as who promises whom."""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What we say about something, in a sentence or a few words."""

    text: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Who wrote what stands above. No part of the plain text, which depends on the words alone."""

    text: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Words in somebody's own text that are somebody else's."""

    text: str


Block = Heading | Choice | Words | Entry | Line | Credit | Caution
