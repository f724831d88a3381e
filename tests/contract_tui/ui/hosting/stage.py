"""A guests' door without a server: seats in memory, which a test lets people take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from contract_tui.guests.errors import NoName
from contract_tui.ui.hosting.door import Door, GuestSeat
from sync_server.access.proof import Role, is_name

CODES = ("K7D-Q2M-XW4", "BEN-H6P-3TR", "ABC-DEF-GHJ", "M2N-P3Q-R4S", "T5V-W6X-Y7Z")
URL = "http://192.0.2.7:8080"


@dataclass
class Doorway:
    """What is behind a door."""

    seats: dict[str, GuestSeat] = field(default_factory=dict)
    listeners: list[Callable[[], None]] = field(default_factory=list)
    codes: Iterator[str] = field(default_factory=lambda: iter(CODES))

    def door(self) -> Door:
        return Door(
            URL,
            lambda: list(self.seats.values()),
            self.expect,
            self.renew,
            self.dismiss,
            self.listen,
        )

    def expect(self, role: Role, name: str) -> str:
        if name and not is_name(name):
            raise NoName("Please write your name, on one line.")
        code = next(self.codes)
        self.put(GuestSeat(code, role, name, code, f"{URL}/j/{code}", is_in=False, is_here=False))
        return code

    def renew(self, seat: str) -> None:
        code = next(self.codes)
        self.put(replace(self.seats[seat], code=code, address=f"{URL}/j/{code}"))

    async def dismiss(self, seat: str) -> None:
        del self.seats[seat]
        self.ring()

    def listen(self, callback: Callable[[], None]) -> Callable[[], None]:
        self.listeners.append(callback)

        def end() -> None:
            with suppress(ValueError):
                self.listeners.remove(callback)

        return end

    def come_in(self, role: Role, name: str) -> None:
        """Let somebody take the first seat of this role."""
        seat = next(one for one in self.seats.values() if one.role is role)
        self.put(replace(seat, name=name, code="", is_in=True, is_here=True))

    def go(self, name: str) -> None:
        """Let somebody close their window."""
        seat = next(one for one in self.seats.values() if one.name == name)
        self.put(replace(seat, is_here=False))

    def put(self, seat: GuestSeat) -> None:
        self.seats[seat.id] = seat
        self.ring()

    def ring(self) -> None:
        for callback in tuple(self.listeners):
            callback()
