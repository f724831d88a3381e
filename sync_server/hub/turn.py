"""What waits is taken into the rooms, a slice in each turn, to be stored and then told."""

from sync_server.hub.counters import Counters
from sync_server.hub.deadlines import Deadlines
from sync_server.hub.due import Due, Withhold
from sync_server.hub.effects import Effect, Fault, Store
from sync_server.hub.errands import Errands
from sync_server.hub.exchange import Exchange
from sync_server.hub.intake import Intake, Spent
from sync_server.hub.keeper import Keeper
from sync_server.hub.limits import Limits
from sync_server.hub.links import Links
from sync_server.hub.refusal import ERASED, FAILED, LIMITED, REVOKED, Refusal
from sync_server.hub.room import Link, Member, Room
from sync_server.hub.shelf import Shelf
from sync_server.hub.upload import Deposit, Errand, Upload
from sync_server.protocol.errors import BadFrame, ProtocolError
from sync_server.protocol.graph import Graph
from sync_server.protocol.sync import SyncMessage


class Turn:
    """One batch after the other: `apply`, then `committed` or `failed`."""

    def __init__(
        self,
        limits: Limits,
        deadlines: Deadlines[Due],
        links: Links,
        shelf: Shelf,
        intake: Intake,
        keeper: Keeper,
        exchange: Exchange,
        errands: Errands,
        counters: Counters,
    ) -> None:
        self._limits = limits
        self._deadlines = deadlines
        self._links = links
        self._shelf = shelf
        self._intake = intake
        self._keeper = keeper
        self._exchange = exchange
        self._errands = errands
        self._counters = counters

    def apply(self, now: float) -> list[Effect]:
        """Take a slice of what waits into the graphs."""
        effects: list[Effect] = []
        budget = self._limits.slice
        while self._intake and budget > 0:
            turn = self._intake.next()
            if isinstance(turn, Member):
                budget -= self._settle(turn, budget, now, effects) if turn.here else 0
            elif turn in self._links and turn.rests_until <= now:
                budget -= self._advance(turn, budget, now, effects)
        if self._shelf.loading:
            effects.append(self._shelf.loading.popleft())
        records = self._keeper.batch
        if self._intake.batch or records:
            effects.append(Store(tuple(self._intake.batch), records))
        return effects

    def committed(self, now: float) -> list[Effect]:
        """What was taken is on the disk: tell everyone whom it concerns."""
        self._counters.changes += len(self._intake.batch)
        self._intake.batch.clear()
        ousted = self._keeper.ousted()
        effects = [*self._errands.committed(), *self._keeper.committed()]
        for room in self._intake.grown:
            room.graph.trim()
            for member in room.members.values():
                self._exchange.mark(member, ack=False)
            effects += self._shelf.grown(room, now)
        self._intake.grown.clear()
        for member, upload in self._intake.answers:
            effects += self._exchange.answer(member, upload, now)
        self._intake.answers.clear()
        for member in self._intake.freed:
            self._exchange.freed(member, now)
        self._intake.freed.clear()
        for member, ack in self._exchange.take().items():
            effects += self._speak(member, ack, now)
        for member in ousted:
            effects += self._links.refuse(member.link, revoked(), now, member.room.document)
        return effects

    def failed(self, now: float) -> list[Effect]:
        """What was taken could not be stored: let its documents go, and all who have them open.

        They come back, and the documents with them, as the disk has them.
        """
        effects: list[Effect] = []
        self._errands.failed()
        for room in dict.fromkeys([*self._intake.grown, *self._keeper.rooms]):
            reason = Refusal("the relay cannot store changes now", "storage", FAILED)
            effects += self.condemn(room, reason, now)
        return effects + self.committed(now)

    def condemn(self, room: Room, reason: Refusal, now: float) -> list[Effect]:
        """Let a document go that is not as the disk has it, and everyone who has it open."""
        self._shelf.remove(room)
        self._intake.withdraw(room)
        links = [member.link for member in room.members.values()] + room.waiting
        links += [link for each in room.bearers if (link := self._links.get(each))]
        effects: list[Effect] = []
        for link in links:
            effects += self._links.refuse(link, reason, now, room.document)
        return effects

    def withhold(self, member: Member, now: float) -> list[Effect]:
        """Tell a member that no seals have come for what it brought of others."""
        held = member.held
        member.watched = False
        if not held or not member.here or not held.unshown:
            return []
        due = held.moved_at + self._limits.seal_within
        if now < due:
            self._watch(member, due)
            return []
        member.warned_at = now
        self._counters.withheld += len(held)
        return self._tell_withheld(member, len(held), "unsealed")

    # One connection, one member

    def _advance(self, link: Link, budget: int, now: float, effects: list[Effect]) -> int:
        """Take a part of the connection's next message; returns what of the budget is spent."""
        item = link.inbox[0]
        room = self._shelf.get(item.document) or self._shelf.open(item.document, now)
        if not room.loaded:
            room.waiting.append(link)
            return 0
        try:
            spent = self._take(link, room, item, budget, now, effects)
        except ProtocolError as error:
            effects += self._links.refuse(link, error, now, room.document)
            return 1
        except Exception as error:  # noqa: BLE001 - a defect of ours must not reach other documents
            effects += self._defect(error, room, now)
            return 1
        if link in self._links and self._intake.done(link):
            effects += self._links.release(link, now)
        if link.leaving and not link.inbox and link in self._links:
            effects += self._links.let_go(link, now)
        return spent

    def _take(
        self,
        link: Link,
        room: Room,
        item: Upload | Deposit | Errand,
        budget: int,
        now: float,
        effects: list[Effect],
    ) -> int:
        if room.erased:
            raise Refusal("this contract was erased here", "erased", ERASED, "erased")
        match item:
            case Upload() if not item.checked:
                return item.check(budget)
            case Upload():
                member = room.members.get(link.id) or self._enter(link, room, now)
                return self._take_changes(member, item, budget, now, effects)
            case Deposit():
                return self._take_deposit(link, room, item, budget, now, effects)
            case Errand():
                effects += self._errands.run(link, room, item)
                return 1

    def _enter(self, link: Link, room: Room, now: float) -> Member:
        if len(link.members) >= self._limits.documents:
            raise BadFrame("too many documents on one connection")
        self._admit(link, room)
        member = room.members[link.id] = link.members[room.document] = Member(link, room, now)
        room.bearers.discard(link.id)
        room.empty_since = None
        self._keeper.greet(member)
        return member

    def _admit(self, link: Link, room: Room) -> None:
        if link.guest is None:
            return
        if room.custody.is_revoked(link.guest.device):
            raise revoked()
        self._keeper.learn(link, room)
        for other in room.members.values():
            known = other.link.guest
            if other.link.peer == link.peer and known and known.device != link.guest.device:
                raise Refusal("somebody else is here under this name", "sender")

    def _take_changes(
        self, member: Member, upload: Upload, budget: int, now: float, effects: list[Effect]
    ) -> int:
        room, link = member.room, member.link
        if upload.message.changes and room.graph.size > self._limits.contract:
            words = "this contract has grown larger than this relay keeps"
            raise Refusal(words, "size", LIMITED, "limited")
        before = len(room.graph)
        spent = self._intake.take(member, upload, budget, now)
        effects += self._charge(member, len(room.graph) - before, spent, now)
        if upload.finished:
            pause = link.rates.effort.take(_behind(room.graph, upload.message), now)
            effects += self._links.rest(link, pause, "effort", now)
        if member.held:
            self._bound(member, now)
        return spent.budget

    def _take_deposit(
        self,
        link: Link,
        room: Room,
        deposit: Deposit,
        budget: int,
        now: float,
        effects: list[Effect],
    ) -> int:
        if link.id not in room.members:
            self._admit(link, room)
            if link.guest is not None:
                room.bearers.add(link.id)
        spent = self._keeper.take(room, link, deposit, budget)
        if pause := link.rates.custody.take(spent, now):
            effects += self._links.rest(link, pause, "custody", now)
        sealed = room.custody.take_fresh()
        for member in room.members.values() if sealed else ():
            if member.held:
                for change in sealed:
                    member.held.sealed(change)
                self._intake.stir(member)
        return spent

    def _settle(self, member: Member, budget: int, now: float, effects: list[Effect]) -> int:
        room, before = member.room, len(member.room.graph)
        try:
            spent = self._intake.settle(member, budget, now)
        except ProtocolError as error:
            effects += self._links.refuse(member.link, error, now, room.document)
            return 1
        except Exception as error:  # noqa: BLE001 - a defect of ours must not reach other documents
            effects += self._defect(error, room, now)
            return 1
        effects += self._charge(member, len(room.graph) - before, spent, now)
        return spent.budget

    def _charge(self, member: Member, changes: int, spent: Spent, now: float) -> list[Effect]:
        """Let whoever brought something rest if it was too much, and tell them what is refused."""
        link, effects = member.link, []
        if spent.refused:
            self._counters.invalid += spent.refused
            effects += self._tell_withheld(member, spent.refused, "invalid")
        pause = member.room.growth.take(changes, now)
        effects += self._links.rest(link, pause, "changes", now)
        pause = link.rates.operations.take(spent.operations, now)
        return effects + self._links.rest(link, pause, "operations", now)

    def _tell_withheld(self, member: Member, changes: int, reason: str) -> list[Effect]:
        fields: dict[str, str | int] = {"changes": changes, "reason": reason}
        return self._links.notify(member.link, member.room.document, "withheld", fields)

    def _bound(self, member: Member, now: float) -> None:
        """See to it that what waits is spoken of in time, and does not grow without end."""
        assert member.held is not None
        limits = self._limits
        if member.held.memory > limits.unsealed or self._shelf.held > limits.unsealed_in_all:
            words = "this brings more of others than can wait for their seals"
            raise Refusal(words, "unsealed", LIMITED, "limited")
        if not member.watched and member.held.moved_at > member.warned_at:
            self._watch(member, now + limits.seal_within)

    def _watch(self, member: Member, when: float) -> None:
        member.watched = True
        self._deadlines.add(when, Withhold(member))

    def _speak(self, member: Member, ack: bool, now: float) -> list[Effect]:
        sync = member.sync
        try:
            effects = self._exchange.speak(member, ack, now)
        except Exception as error:  # noqa: BLE001 - a defect of ours must not reach other documents
            return self._defect(error, member.room, now)
        if sync.extra:
            pause = member.link.rates.effort.take(sync.extra, now)
            effects += self._links.rest(member.link, pause, "effort", now)
            sync.extra = 0
        return effects

    def _defect(self, error: Exception, room: Room, now: float) -> list[Effect]:
        reason = Refusal("the relay failed", "fault", FAILED)
        return [Fault(error), *self.condemn(room, reason, now)]


def revoked() -> Refusal:
    """Why a revoked device is shown out."""
    words = "this computer may no longer take part: ask whoever invited you"
    return Refusal(words, "revoked", REVOKED, "revoked")


def _behind(graph: Graph, message: SyncMessage) -> int:
    """How many changes must be looked at to find what the sender lacks, at most."""
    known = [graph.positions[head] for head in message.heads if head in graph.positions]
    if len(known) < len(message.heads):
        for have in message.have:
            known += [graph.positions[name] for name in have.last_sync if name in graph.positions]
    return len(graph) - 1 - min(known) if known else len(graph)
