"""An honest three-way conference on a closed relay, which goes on whatever somebody else tries."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from contract_tui.contract.membership.seats import UNKNOWN_NAME
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.hub.limits import DEFAULT_LIMITS
from sync_server.hub.records import CLAIM, SEAL, VOUCHER
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import DocumentId
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore
from tests.contract_tui.session.circle import NAMES, all_shared, authors, three
from tests.contract_tui.session.company import Company, read, until, write
from tests.sync_server.relay.guests import Person

IMPATIENT = replace(DEFAULT_LIMITS, seal_within=0.2)
"""A relay that says soon, rather than after seconds, that nothing shows whose a change is."""


@dataclass
class Conference:
    """Three people who write together, with a connection each."""

    people: Company
    relay: Relay
    store: MemoryStore
    sessions: list[Session] = field(default_factory=list)
    expected: str = ""
    """What the interests say, as only honest people have written there."""
    _sockets: frozenset[object] = frozenset()

    @property
    def contract(self) -> DocumentId:
        return self.people.contract

    @property
    def url(self) -> str:
        return self.relay.url

    def person(self, name: str) -> Person:
        """The keys on somebody's computer, in the hands of a program that is not ours."""
        own = self.people.library(name).own_seat(self.contract)
        assert own is not None
        return Person(self.contract, own.key, own.shown)

    async def begin(self) -> None:
        """Everybody comes in and writes."""
        self.sessions = [await self.people.open(name) for name in NAMES]
        await self._write()
        self._sockets = self._honest()

    async def resume(self, relay: Relay, store: MemoryStore) -> None:
        """Everybody comes back, to a relay that may know nothing any more."""
        self.relay, self.store = relay, store
        self.sessions = [await self.people.open(name) for name in NAMES]
        await all_shared(self.sessions, len(self.expected))
        self._sockets = self._honest()

    async def goes_on(self, notices: Sequence[str] = ()) -> None:
        """Everybody writes again, is read by all, and was told nothing but these words."""
        await self._write()
        for session in self.sessions:
            assert {entry.name for entry in session.contract.seats.values()} >= set(NAMES)
            names = {session.contract.author(actor).name for actor in authors(session)}
            assert names == set(NAMES)
            assert UNKNOWN_NAME not in names
            assert session.status.kind is StatusKind.SHARED
            assert len(session.notices) == len(notices), session.notices
            assert all(words in said for words, said in zip(notices, session.notices, strict=True))
        assert self._honest() >= self._sockets, "nobody had to connect again"

    def has(self, change: Change) -> bool:
        """Whether a change is at the relay or at anybody's."""
        stored = {each.hash for each in self.store.load(self.contract)}
        graphs = [session._replica.graph for session in self.sessions]
        return change.hash in stored or any(change.hash in graph for graph in graphs)

    def kept(self) -> set[tuple[str, bytes]]:
        """The proofs, seals and vouchers at the relay."""
        records = self.store.records(self.contract)
        return {(one.kind, one.data) for one in records if one.kind in (CLAIM, SEAL, VOUCHER)}

    async def told(self, words: str) -> None:
        """Wait until everybody has been told something."""
        for session in self.sessions:
            await until(session, partial(_is_told, session, words))

    async def _write(self) -> None:
        for session in self.sessions:
            assert session.me is not None
            word = f"{session.me.name} "
            write(session, word)
            self.expected = word + self.expected
            await all_shared(self.sessions, len(self.expected))
            assert {read(each) for each in self.sessions} == {self.expected}

    def _honest(self) -> frozenset[object]:
        keys = {self.person(name).key.public for name in NAMES}
        sockets = self.relay._sockets.values()
        return frozenset(s for s in sockets if s.guest and s.guest.device.key in keys)


def _is_told(session: Session, words: str) -> bool:
    return any(words in notice for notice in session.notices)


@asynccontextmanager
async def conference(directory: Path) -> AsyncIterator[Conference]:
    """Three people in the middle of a conference, and Eve, who has a seat and is up to something.

    Otto has one too, and only reads along.
    """
    store = MemoryStore()
    settings = Settings(port=0, limits=IMPATIENT)
    async with Relay.serve(settings, store) as relay, three(directory, relay.url) as people:
        people.invite("Eve", Role.PARENT)
        people.invite("Otto", Role.OBSERVER)
        meeting = Conference(people, relay, store)
        await meeting.begin()
        yield meeting
