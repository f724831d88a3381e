"""Says where this person is, and hears where the others are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Set
from dataclasses import replace

from contract_tui.contract.conference.timing import Told
from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import PartId
from contract_tui.session.presence.presence import (
    HEARTBEAT,
    INTERVAL,
    BadPresence,
    Presences,
    Together,
    Whereabouts,
    decode,
    encode,
)
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor, PeerId
from sync_server.protocol.operations import ElementId

TYPING_FADES = 3.0
"""Seconds after the last look at the text after which a person no longer counts as typing."""


class Whispers:
    """The person's own presence, told at once but every 40 ms at most, and the others'."""

    def __init__(
        self, seat: SeatId | None, say: Callable[[bytes], None], on_change: Callable[[], None]
    ) -> None:
        self._mine = Whereabouts(seat) if seat else None
        self._known: Whereabouts | None = None
        """Where the others know this person to be, because it was said or they saw it written."""
        self._trails: dict[tuple[PartId, Actor], ElementId] = {}
        """Behind which character everybody was last seen to write."""
        self._say = say
        self._on_change = on_change
        self._others = Presences()
        self._heard: set[str] = set()
        """The relays through which others can hear where this person is."""
        self._said_at = -HEARTBEAT
        self._looked_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.time: Callable[[], Told | None] = lambda: None
        """Tells how long the conference has been where it is: asked whenever something is said."""
        self.hear_time: Callable[[Told], object] = lambda _: None
        """Is told when somebody else says so, at once: it ages."""

    @property
    def mine(self) -> Whereabouts | None:
        """Where this person is; None for somebody without a seat, whom nobody sees."""
        return self._mine

    def __iter__(self) -> Iterator[Whereabouts]:
        """Where the others are, the latest heard last."""
        return iter(self._others)

    def look(self, whereabouts: Whereabouts) -> None:
        """Note where the person's caret is now."""
        self._looked_at = self._now()
        if self._mine is not None:
            kept = self._mine
            self._be(replace(whereabouts, looking_back=kept.looking_back, together=kept.together))

    def follow(self, contract: Contract) -> None:
        """See where people are from what they have just written there: nobody needs to say it."""
        for part, actor, element in contract.last_written():
            if self._trails.get((part, actor)) == element:
                continue
            self._trails[part, actor] = element
            if actor != contract.actor:
                self._others.wrote(contract.author(actor).id, part, element)
            elif self._known is not None:
                self._known = self._known.behind(part, element)

    def look_back(self, *, on: bool) -> None:
        """Note whether the person looks at the contract as it was."""
        if self._mine is not None:
            self._be(replace(self._mine, looking_back=on))

    @property
    def together(self) -> Together:
        """What this person says in a conference."""
        return self._mine.together if self._mine is not None else Together()

    def be_together(self, together: Together) -> None:
        """Note what the person says in a conference."""
        if self._mine is not None:
            self._be(replace(self._mine, together=together))

    def say_soon(self) -> None:
        """Tell the others, at once or as soon as the last time is 40 ms ago."""
        if self._mine is None or self._timer is not None:
            return
        wait = self._said_at + INTERVAL - self._now()
        if wait <= 0:
            self._say_now()
        else:
            self._timer = asyncio.get_running_loop().call_later(wait, self._say_now)

    def hear(self, peer: PeerId, data: bytes) -> None:
        """Somebody says where they are; what is no presence is passed over."""
        try:
            whereabouts = decode(data)
        except BadPresence:
            return
        if (told := whereabouts.together.told) is not None:
            self.hear_time(told)
        before = self._by_seat()
        if self._others.hear(peer, whereabouts, self._now()):
            self.say_soon()
        if self._by_seat() != before:
            self._on_change()

    def pulse(self) -> None:
        """Look at the clock: who has gone silent, and whether it is time to be heard again."""
        now = self._now()
        if self._mine and self._mine.typing and now - self._looked_at >= TYPING_FADES:
            self._mine = replace(self._mine, typing=False)
        if self._mine != self._known or now - self._said_at >= HEARTBEAT:
            self.say_soon()
        if self._others.expire(now):
            self._on_change()

    def follow_relays(self, talking: Set[str]) -> None:
        """Tell those whom a relay has just brought near; without any, nobody can be heard."""
        if talking - self._heard:
            self.say_soon()
        if not talking:
            self._others.clear()
        self._heard = set(talking)

    def leave(self) -> None:
        """Take this person off the others' screens."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._mine is not None:
            self._say(encode(Whereabouts(self._mine.seat, here=False)))

    def _be(self, whereabouts: Whereabouts) -> None:
        self._mine = whereabouts
        if whereabouts != self._known:
            self.say_soon()

    def _by_seat(self) -> dict[SeatId, Whereabouts]:
        return {one.seat: one for one in self._others}

    def _say_now(self) -> None:
        self._timer = None
        if self._mine is not None:
            self._said_at, self._known = self._now(), self._mine
            together = replace(self._mine.together, told=self.time())
            self._say(encode(replace(self._mine, together=together)))

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
