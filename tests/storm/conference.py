"""Three with seats in one contract on a closed relay, typing whatever happens around them."""

import asyncio
import itertools
import math
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

from contract_tui.contract.crdt import CrdtDocument, Kind, Writer
from sync_server.access.proof import Role
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor, ChangeHash
from tests.histories import Typing
from tests.seats import Seat
from tests.sync_server.relay.guests import Holder

ROLES = {"student": Role.STUDENT, "teacher": Role.TEACHER, "parent": Role.PARENT}


def empty_text(author: Actor) -> list[Change]:
    """The one change that makes a text, by whoever brings it to the relay."""

    def write(writer: Writer) -> None:
        writer.make(None, "note", Kind.TEXT)

    made = CrdtDocument(author).transact(write)
    assert made is not None
    return parse_changes([made.raw])


@dataclass(slots=True)
class Typist:
    """One of the three, and the keys that they have pressed."""

    seat: Seat
    typing: Typing
    pressed: dict[ChangeHash, float] = field(default_factory=dict)
    """Each key, and when it was pressed, in seconds of the performance counter."""

    async def type(self, pause: float) -> None:
        """Type until cancelled, a key after each pause."""
        began = time.perf_counter()
        for number in itertools.count():
            await asyncio.sleep(max(0.0, began + number * pause - time.perf_counter()))
            [key] = self.typing.keys(1)
            self.pressed[key.hash] = time.perf_counter()
            await self.seat.press(key)


class Conference:
    """Three typists and what each has seen of the others."""

    def __init__(self, holder: Holder, past: list[Change]) -> None:
        self.holder = holder
        self.past = past
        """The text as they found it."""
        self.typists: list[Typist] = []
        self.used = ""
        """A credential by which one of them came in."""

    @classmethod
    @asynccontextmanager
    async def convene(cls, url: str, holder: Holder) -> AsyncIterator["Conference"]:
        """Sit three down, each with a credential and an actor of their own."""
        people = {name: holder.seat(name, role) for name, role in ROLES.items()}
        authors = {name: Actor(person.actor()) for name, person in people.items()}
        conference = cls(holder, empty_text(authors["student"]))
        async with AsyncExitStack() as leaving:
            for name, person in people.items():
                headers = person.header(url)
                conference.used = headers["Authorization"].removeprefix("Bearer ")
                seat = await Seat.take(url, name, headers)
                leaving.push_async_callback(seat.leave)
                await seat.open(holder.contract, [] if conference.typists else conference.past)
                await seat.has(conference.past[-1].hash)
                typist = Typist(seat, Typing(authors[name], conference.past))
                conference.typists.append(typist)
            yield conference

    @asynccontextmanager
    async def typing(self, pause: float) -> AsyncIterator[None]:
        """Let all three type while the context lasts; raises what went wrong for one of them."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(typist.type(pause)) for typist in self.typists]
            yield
            for task in tasks:
                task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def understood(self) -> None:
        """Wait until everybody has the last key of everybody."""
        for typist in self.typists:
            for other in self.typists:
                await other.seat.has(next(reversed(typist.pressed)))

    def missing(self) -> list[ChangeHash]:
        """Keys that have not arrived at both others."""
        return [
            key
            for typist in self.typists
            for key in typist.pressed
            if not all(key in other.seat for other in self.typists)
        ]

    def latencies(self, since: float = 0.0, until: float = math.inf) -> list[float]:
        """Milliseconds from each key, of those pressed in a time, to the later of the others."""
        return [
            (max(o.seat.arrived[key] for o in self.typists if o is not typist) - at) * 1000
            for typist in self.typists
            for key, at in typist.pressed.items()
            if since <= at < until
        ]
