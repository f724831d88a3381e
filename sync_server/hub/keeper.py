"""What is proven on its way into rooms, onto the disk, and to everybody there."""

from sync_server.access.errors import AccessError, Used
from sync_server.hub.contests import Fields, told
from sync_server.hub.counters import Counters
from sync_server.hub.effects import Effect, Send
from sync_server.hub.pages import Page, pages
from sync_server.hub.records import CLAIM, CONTESTED, REVOCATIONS, SEAL, VOUCHER
from sync_server.hub.refusal import Refusal
from sync_server.hub.room import Link, Member, Room
from sync_server.hub.upload import Deposit
from sync_server.protocol.codec import encode
from sync_server.protocol.graph import HeaderLike
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import Custody, Notice
from sync_server.storage.port import StoredRecord

PROOF_COST, VOUCHER_COST, SEAL_COST = 10, 4, 2
"""In changes of a slice: a proof is two to six signatures in tokens, a voucher one, a seal is one
signature alone."""


class Keeper:
    """What is proven, in the order of a batch: checked, stored, and only then passed on."""

    def __init__(self, peer: PeerId, counters: Counters) -> None:
        self._peer = peer
        self._counters = counters
        self._records: dict[Room, list[tuple[Link | None, StoredRecord]]] = {}
        self._greetings: list[Member] = []

    @property
    def batch(self) -> tuple[StoredRecord, ...]:
        """What is to be stored."""
        return tuple(record for news in self._records.values() for _, record in news)

    @property
    def rooms(self) -> list[Room]:
        """The rooms of the batch."""
        return list(self._records)

    def learn(self, link: Link, room: Room) -> None:
        """Believe the proof that a connection was let in for; raises Refusal if it is contested."""
        if link.guest is None:
            return
        try:
            self._note(room, link, room.custody.learn(link.guest.device, link.guest.proof))
        except Used as error:
            self._note(room, None, room.custody.contests.take_fresh())
            raise Refusal(str(error), "contested") from None
        except AccessError as error:
            raise Refusal(str(error), "computers") from None

    def keep(self, room: Room, record: StoredRecord) -> None:
        """Store something with the batch that concerns nobody else."""
        self._note(room, None, [record])

    def greet(self, member: Member) -> None:
        """Tell a new member, when the batch is stored, everything that is proven."""
        if member.link.speaks:
            self._greetings.append(member)

    def take(self, room: Room, link: Link, deposit: Deposit, budget: int) -> int:
        """Check a part of what a connection brought; returns what of the budget is spent."""
        spent = 1
        while spent <= budget and not deposit.finished:
            try:
                spent += self._take_one(room, link, deposit)
            except AccessError:
                spent += PROOF_COST
                self._counters.unproven += 1
        self._note(room, None, room.custody.contests.take_fresh())
        return spent

    def entered(self, room: Room, header: HeaderLike) -> None:
        """Note that a change has entered a room's graph."""
        self._note(room, None, room.custody.entered(header))

    def __bool__(self) -> bool:
        """Whether there is something to store."""
        return bool(self._records)

    def withdraw(self, room: Room) -> None:
        """Leave a room out of the batch."""
        self._records.pop(room, None)

    def ousted(self) -> list[Member]:
        """The members who are revoked by what is new."""
        return [
            member
            for room, news in self._records.items()
            if any(record.kind == REVOCATIONS for _, record in news)
            for member in room.members.values()
            if member.link.guest and room.custody.is_revoked(member.link.guest.device)
        ]

    def committed(self) -> list[Effect]:
        """Pass on what is stored now."""
        effects: list[Effect] = []
        for member in self._greetings:
            if member.here:
                custody = member.room.custody
                effects += self._tell(member, list(custody.pages()), custody.revoking)
                effects += self._warn(member, custody.contests.latest)
        for room, news in self._records.items():
            self._counters.records += len(news)
            for member in room.members.values():
                if member.link.speaks and member not in self._greetings:
                    effects += self._pass_on(member, news)
        self._greetings.clear()
        self._records.clear()
        return effects

    def _take_one(self, room: Room, link: Link, deposit: Deposit) -> int:
        custody = room.custody
        if deposit.revocations is not None:
            token, deposit.revocations = deposit.revocations, None
            self._note(room, link, custody.take_revocations(token))
            return SEAL_COST
        if deposit.proofs:
            self._note(room, link, custody.take_proof(deposit.proofs.popleft()))
            return PROOF_COST
        if deposit.vouchers:
            self._note(room, link, custody.take_voucher(deposit.vouchers.popleft()))
            return VOUCHER_COST
        self._note(room, link, custody.take_seal(deposit.seals.popleft()))
        return SEAL_COST

    def _note(self, room: Room, source: Link | None, records: list[StoredRecord]) -> None:
        if records:
            self._records.setdefault(room, []).extend((source, record) for record in records)

    def _pass_on(
        self, member: Member, news: list[tuple[Link | None, StoredRecord]]
    ) -> list[Effect]:
        others = [record for source, record in news if source is not member.link]
        if not others:
            return []
        proofs = dict.fromkeys(record.data.decode() for record in others if record.kind == CLAIM)
        seals = tuple(record.data for record in others if record.kind == SEAL)
        vouchers = tuple(record.data.decode() for record in others if record.kind == VOUCHER)
        revoking = any(record.kind == REVOCATIONS for record in others)
        revocations = member.room.custody.revoking if revoking else None
        contests = [told(record) for record in others if record.kind == CONTESTED]
        said = list(pages(tuple(proofs), seals, vouchers))
        return [*self._tell(member, said, revocations), *self._warn(member, contests)]

    def _warn(self, member: Member, contests: list[Fields]) -> list[Effect]:
        """Tell somebody of second claims to seats."""
        to, document = member.link.peer, member.room.document
        assert to is not None
        notices = [Notice(self._peer, to, document, CONTESTED, fields) for fields in contests]
        return [Send(member.link.id, encode(notice)) for notice in notices]

    def _tell(self, member: Member, said: list[Page], revocations: str | None) -> list[Effect]:
        assert member.link.peer is not None
        if revocations is not None:
            said = said or [Page()]
        effects: list[Effect] = []
        to, document = member.link.peer, member.room.document
        for proofs, seals, vouchers in said:
            message = Custody(self._peer, to, document, proofs, seals, revocations, vouchers)
            effects.append(Send(member.link.id, encode(message)))
            revocations = None
        return effects
