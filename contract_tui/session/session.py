"""An open contract: what a screen talks to.

Calls go down through it and are done when they return; listeners are woken without a payload and
look for themselves. It conducts: document, graph, disk, relays, in that order for what is written
here, and the other way round for what others wrote.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress

from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError
from contract_tui.contract.schema import PartId, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Heads
from contract_tui.history.history import History
from contract_tui.library.errors import LibraryError, OutOfStep
from contract_tui.library.library import Entry, Library
from contract_tui.library.world import World
from contract_tui.session.conference.conferring import Conferring
from contract_tui.session.copies.durability import Durability
from contract_tui.session.copies.opening import Progress, load
from contract_tui.session.copies.remembering import recall
from contract_tui.session.copies.replica import Replica
from contract_tui.session.copies.retrying import Retries
from contract_tui.session.copies.summing import Summing
from contract_tui.session.link import asking
from contract_tui.session.link.link import Link
from contract_tui.session.link.links import Remembered, Ways, closed_rooms, standing
from contract_tui.session.link.status import Status
from contract_tui.session.link.talk import Ears
from contract_tui.session.listeners import Listeners
from contract_tui.session.presence.bookmark import Bookmark
from contract_tui.session.presence.people import gather, whereabouts
from contract_tui.session.presence.presence import Person
from contract_tui.session.presence.whispers import Whispers
from contract_tui.session.pulse import end
from contract_tui.session.signing.notary import Notary
from contract_tui.session.signing.seating import Seating
from contract_tui.session.writing.agreeing import Agreeing
from contract_tui.session.writing.desk import Desk
from contract_tui.session.writing.drafting import Drafting
from contract_tui.session.writing.pen import Pen
from contract_tui.session.writing.recovery import Recovery
from contract_tui.session.writing.remarks import Remarks
from contract_tui.session.writing.renewals import RenewalNews
from contract_tui.session.writing.sitting import Sitting
from contract_tui.session.writing.unsaid import Unsaid
from sync_server.access.keys import new_actor
from sync_server.access.proof import Seat
from sync_server.protocol.ids import Actor, DocumentId

PULSE = 0.5
"""Seconds between two looks at the clock, the disk and what other programs of this person wrote."""


class Session:
    """One contract, open on this computer for one person."""

    def __init__(
        self,
        library: Library,
        entry: Entry,
        replica: Replica,
        world: World,
        relays: Iterable[str] = (),
    ) -> None:
        self.entry = entry
        self._library = library
        self._replica = replica
        self._world = world
        self._own = library.own_seat(entry.id)
        self._listeners = Listeners()
        self._pulse: asyncio.Task[None] | None = None
        self._retries = Retries(replica, PULSE)
        self._durability = Durability(library.path)
        wake_all = self._listeners.wake
        self._whispers = Whispers(self.me.id if self.me else None, self._whisper, wake_all)
        self.links: list[Link] = []
        keepsakes, wake = library.keepsakes(entry.id), self._wake_links
        self._notary = notary = Notary(entry.id, self._own, replica, keepsakes, wake, wake_all)
        notary.follow()
        self.pen = Pen(
            self.me,
            replica,
            notary,
            Seating(library, entry.id, self._own, world.clock),
            world,
            is_receiving=lambda: any(link.is_taking for link in self.links),
            send=self._wake_links,
            on_change=self._changed,
        )
        """Where words are written, brought back and covered, and versions kept."""
        self.desk = Desk(replica, self.pen, world)
        """Where the things of the contract are written: goals, supports, promises, notes."""
        self.agreeing = Agreeing(entry.id, self._own, replica, self.pen, world)
        """Where this person says whether they agree with the contract as it stands."""
        self.remarks = Remarks(self.me, replica, self.pen, self.desk, world)
        """Where people write beside the words: suggestions, wonderings, dissents and answers."""
        self.recovery = Recovery(self.me, replica, self.pen, world, wake_all)
        """Where words that somebody took out who had no right to are found again, and put back."""
        self.conferring = Conferring(self._own, replica, self.pen, self._whispers, keepsakes, world)
        """Where this person takes part in a conference."""
        self._sitting = Sitting(self.me, replica, self.pen, keepsakes, world.clock)
        self.bookmark = Bookmark(keepsakes, self._own)
        """Where a guest was in the contract when their program ended."""
        self._remembered = Remembered(library, entry)
        self._renewal = RenewalNews(library, entry)
        self.drafting = Drafting(library.drafts(entry.id), replica, self.pen, self._durability.soon)
        """What this person writes for themselves first; none of it is sent before it is shared."""
        self.unsaid = Unsaid()
        """What this person began to say and left."""
        self.summing = Summing(library, entry.id, self.me.id if self.me else None)
        """Keeps what the list of contracts says of this one."""
        ears = Ears(notary.take, self._link_changed, self._whispers.hear, notary.hear)
        known = {**dict.fromkeys(relays, ()), **self._remembered.heads}
        self._ways = Ways(library, entry, replica, notary.custodian, world, ears)
        self.links = self._ways.to(known)

    @classmethod
    async def open(
        cls,
        library: Library,
        contract: DocumentId,
        *,
        world: World | None = None,
        progress: Progress | None = None,
        relays: Iterable[str] = (),
    ) -> Session:
        """Open a contract and begin to share it; raises SessionError or ContractError.

        `progress` hears how many of how many changes have been read; the loop keeps running.
        `relays` are tried beside those that are known, and remembered once they have answered.
        """
        world = world or World()
        entry = library.entry(contract)
        random = world.entropy(16)
        own = library.own_seat(contract)
        actor = new_actor(own.key.public, random[:8]) if own else Actor(random)
        replica = await load(library.journal(contract), contract, actor, world.clock, progress)
        session = cls(library, entry, replica, world, relays)
        session._start()
        return session

    @property
    def contract(self) -> Contract:
        """The document, for reading only."""
        return self._replica.contract

    @property
    def me(self) -> Seat | None:
        """The person's own seat; None for a contract that was imported to be read."""
        return self._own.seat if self._own else None

    @property
    def can_write(self) -> bool:
        """Whether this person may change the contract."""
        return self.pen.can_write

    @property
    def size(self) -> int:
        """How many changes the contract consists of."""
        return len(self._replica.graph)

    @property
    def set_aside(self) -> list[str]:
        """What did not fit into the contract or was damaged on the disk, in words."""
        return self._replica.set_aside

    @property
    def notices(self) -> list[str]:
        """What relays and the contract say to the people here; some is shown only once."""
        told = [*self._notary.tell(), *self._renewal.tell(self.contract)]
        return [*told, *closed_rooms(self.links)]

    @property
    def doubtful(self) -> Mapping[Actor, int]:
        """Of whom some words are not shown to be theirs, and from which operation on."""
        return self._notary.doubtful

    @property
    def vouched(self) -> frozenset[Actor]:
        """Of those in doubt, for whom the holder of the contract's key has vouched."""
        return self._notary.vouched

    @property
    def unconfirmed(self) -> list[str]:
        """Relays that are not spoken to before the person has said that the way there is safe."""
        return [link.url for link in self.links if link.badge and link.badge.is_held_back]

    def confirm(self, url: str) -> None:
        """The person trusts the network on the way to a relay; raises LibraryError."""
        self._library.confirm_unencrypted(url)
        self.reconnect()

    async def short_code(
        self, invitation: str, lifetime: int = 0, relays: Collection[str] = ()
    ) -> asking.ShortCode:
        """Have a relay, any or one of those named, keep an invitation under a short code.

        `lifetime` is in seconds; with 0 the relay decides. Raises LinkTrouble.
        """
        links = [link for link in self.links if not relays or link.url in relays]
        return await asking.short_code(links, self.listen, invitation, lifetime)

    def edit(self, part: PartId, splice: Splice) -> None:
        """Change a part's text; it is on the disk when this returns. Raises ReadOnlySeat."""
        self.pen.edit(part, splice)

    def undo(self, part: PartId) -> bool:
        """Take back this person's last edit of the part; returns whether there was one."""
        return self.pen.undo(part)

    def redo(self, part: PartId) -> bool:
        """Do again what was undone; returns whether there was something."""
        return self.pen.redo(part)

    def choose_structure(self, choice: StructureChoice) -> None:
        """Say how much structure is wanted. Raises ReadOnlySeat."""
        self.pen.choose_structure(choice)

    @property
    def last_seen(self) -> Heads | None:
        """The version that this person knew before this sitting; None: they were never here."""
        return self._sitting.last_seen

    async def recall(
        self, progress: Progress | None = None, known: History | None = None
    ) -> History:
        """How the contract came to be; quick where a history that is `known` can go on."""
        return await recall(self._replica, progress, known)

    def mark_seen(self) -> None:
        """Leave a mark that this person looks back, once a sitting; observers leave none."""
        self._sitting.mark()

    def listen(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Be woken after anything changed; returns what ends it."""
        return self._listeners.add(callback)

    @property
    def status(self) -> Status:
        """What has become of the words written here."""
        return standing(self._replica, self.links, has_begun=self._replica.has_begun)

    @property
    def people(self) -> list[Person]:
        """Everybody with a seat, with where they are; this person first."""
        return gather(self.contract.seats, self.me, self._whispers.mine, self._whispers)

    def look(
        self, part: PartId | None, anchor: int = 0, head: int = 0, typing: bool = False
    ) -> None:
        """Say where the selection is: from `anchor` to the caret at `head`, offsets in the part."""
        if self.me is not None:
            place = whereabouts(self.contract, self.me.id, part, anchor, head, typing=typing)
            self._whispers.look(place)

    def look_back(self, on: bool) -> None:
        """Let the others see whether this person looks at the contract as it was."""
        self._whispers.look_back(on=on)

    def reconnect(self) -> None:
        """Try to reach the relays at once."""
        for link in self.links:
            link.reconnect()

    def meet_at(self, url: str) -> None:
        """Share the contract at one more relay from now on."""
        self.links = self._ways.further(self.links, url)

    def save(self) -> None:
        """Store what is in memory only, waiting for other programs; raises LibraryError."""
        self._replica.save()
        self._remembered.update(self.links)
        self.bookmark.keep(self._whispers.mine)

    async def close(self) -> None:
        """Say goodbye and let go of everything but the library."""
        await end(self._pulse)
        self.conferring.leave()
        self._whispers.leave()
        self._notary.close()
        if self._replica.has_begun:  # whoever has nothing yet goes on looking
            with suppress(LibraryError):
                self._remembered.forget_rooms(self.links)
        await asyncio.gather(*(link.close() for link in self.links), return_exceptions=True)
        with suppress(LibraryError):
            self.save()
        await self.summing.finish(self._replica)
        await self._durability.close()
        self._listeners.clear()

    def _start(self) -> None:
        self.pen.take_seat()
        self._pulse = asyncio.create_task(self._beat(), name="pulse")
        if self._world.online:
            for link in self.links:
                link.start()

    def _wake_links(self) -> None:
        for link in self.links:
            link.wake()

    def _link_changed(self) -> None:
        """A relay was reached or lost, or something arrived."""
        talking = {link.url: link.passes_seals for link in self.links if link.is_heard}
        self._notary.follow(talking)
        with suppress(OutOfStep):  # the next edit says so
            self.pen.take_seat()
        self._wake_links()
        self._whispers.follow_relays(talking.keys())
        self.conferring.follow()
        self._changed()

    def _whisper(self, data: bytes) -> None:
        for link in self.links:
            link.whisper(data)

    def _changed(self) -> None:
        self._durability.soon()
        self._whispers.follow(self.contract)
        self._listeners.wake()

    async def _beat(self) -> None:
        """Look at whatever changes without telling us."""
        await asyncio.sleep(PULSE)  # the screen that shows the contract comes first
        await self._notary.catch_up()
        while True:
            await asyncio.sleep(PULSE)
            self._whispers.pulse()
            self._notary.custodian.refresh()
            if self._retries.beat():
                self._wake_links()
                self._listeners.wake()
            self._notary.look(asyncio.get_running_loop().time())
            await self.recovery.follow()
            self.conferring.beat()
            with suppress(LibraryError, ContractError):
                if self._replica.catch_up():
                    self._link_changed()
                self._remembered.update(self.links)
                self.bookmark.keep(self._whispers.mine)
            await self.summing.beat(self._replica)
            if await self.agreeing.follow():
                self._listeners.wake()
