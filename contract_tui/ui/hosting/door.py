"""What the screen of a table knows of the guests' door, and what it may ask of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sync_server.access.proof import Role


@dataclass(frozen=True, slots=True)
class GuestSeat:
    """A seat that somebody takes, or took, from a browser."""

    id: str
    role: Role
    name: str
    """Empty while nobody has said it."""
    code: str = field(repr=False)
    """What they type; empty where it lets nobody in any more."""
    address: str = field(repr=False)
    """What their browser opens, the code in it."""
    is_in: bool
    """Whether somebody has taken it."""
    is_here: bool
    """Whether they look at their screen now."""
    seat: str = ""
    """The seat that they had on another computer, by its id; empty for one that is taken here."""


@dataclass(frozen=True, slots=True)
class Door:
    """The guests' door of this program."""

    url: str
    """Where it is, as browsers write it."""
    seats: Callable[[], list[GuestSeat]]
    expect: Callable[[Role, str], str]
    """Expects somebody, by a name if there is one; returns the seat's id. Raises SessionError."""
    renew: Callable[[str], None]
    """Gives out another address to a seat. Raises SessionError."""
    dismiss: Callable[[str], Awaitable[None]]
    """Ends a seat: its program saves and ends, and its key goes."""
    listen: Callable[[Callable[[], None]], Callable[[], None]]
    """Wakes somebody whenever a guest comes or goes; returns what ends it."""
