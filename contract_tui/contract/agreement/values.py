"""What people answered a contract, and how it stands with that now."""

from dataclasses import dataclass
from enum import StrEnum

from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.values import Heads
from sync_server.access.proof import SeatId


class Answer(StrEnum):
    """What a person says to the contract as it stands."""

    AGREE = "agree"
    NOTE = "note"
    """Agrees, and has something to say beside it."""
    NOT_YET = "not-yet"

    @property
    def agrees(self) -> bool:
        """Whether the person agrees."""
        return self is not Answer.NOT_YET


@dataclass(frozen=True, slots=True)
class Given:
    """One person's signed answer."""

    person: SeatId
    """By their latest seat."""
    answer: Answer
    note: str
    """What they said beside it; may be empty."""
    at: int
    """When they signed: seconds since 1970, by their own clock."""
    heads: Heads
    """The version that they answered."""
    digest: bytes
    """SHA-256 of what counts of that version."""
    is_current: bool
    """Whether what counts is still the same."""
    host: str = ""
    """Whose computer it was given on, by name, where it was not the person's own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands."""

    person: SeatEntry
    given: Given | None
    """Their newest answer; None where they have given none."""

    @property
    def agrees(self) -> bool:
        """Whether they agree with the contract as it stands."""
        return self.given is not None and self.given.is_current and self.given.answer.agrees


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where everybody stands whose answer counts."""

    standings: tuple[Standing, ...] = ()
    """Of everybody who writes and whose seat is proven: the student first, then by name."""
    all_agree: bool = False
    """Whether all of them, at least two, agree with the contract as it stands."""
    broken: tuple[str, ...] = ()
    """What is wrong with an answer and keeps it from counting, one sentence each."""

    def of(self, person: SeatId) -> Standing | None:
        """Where a person stands; None for somebody whose answer does not count."""
        return next((one for one in self.standings if one.person.id == person), None)
