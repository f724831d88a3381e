"""Somebody with a computer, and the program on it, which can be killed at any time."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TypeVar

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import GENESIS, INTERESTS, STRUCTURE, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.library.database import _prepare
from contract_tui.library.journal import Appearance, Journal
from contract_tui.session.copies.opening import load
from contract_tui.session.copies.replica import Replica
from contract_tui.session.link.conversation import Conversation, Heard, Offer, Refused
from sync_server.access.keys import SigningKey, contract_id, new_actor
from sync_server.hub.guest import Guest
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import ChangeHash, PeerId
from sync_server.storage.sqlite import SqliteStore

CONTRACT_KEY = SigningKey(b"\x01" * 32)
CONTRACT = contract_id(CONTRACT_KEY.public)
PARTS = (INTERESTS, STRUCTURE)
PLACE = Path("library")
_T = TypeVar("_T")


class Person:
    """One seat of the conference."""

    guest: Guest | None = None
    """Who it is to a relay that asks."""

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        self.name = name
        self.acknowledged: Heads = ()
        """What the relay is known to have; the library remembers it."""
        self.refusals: list[str] = []
        self.written: set[ChangeHash] = set()
        """Own changes that were on the disk when the key had been handled."""
        self._clock = clock
        self.key = SigningKey(name.encode().ljust(32, b"."))
        self._starts = 0
        self.disk = sqlite3.connect(":memory:", isolation_level=None)
        self.disk.execute("PRAGMA page_size = 512")  # so that a full disk is full soon
        _prepare(self.disk, PLACE)
        self.disk.execute("INSERT INTO contract VALUES (?, '', 0, x'', NULL)", (CONTRACT,))
        self._replica: Replica | None = None
        self.conversation: Conversation | None = None
        self.start()

    # The program

    def start(self) -> None:
        """Open the contract from the disk, under a new actor."""
        self._starts += 1
        actor = new_actor(self.key.public, self._starts.to_bytes(8, "big"))
        self._replica = at_once(load(self._journal(), CONTRACT, actor, self._clock))

    def die(self) -> None:
        self._replica = self.conversation = None

    def close(self) -> None:
        self.disk.close()

    @property
    def is_running(self) -> bool:
        return self._replica is not None

    @property
    def replica(self) -> Replica:
        assert self._replica is not None
        return self._replica

    def only_in_memory(self) -> set[ChangeHash]:
        """Own changes that the program's death would take back."""
        graph, me = self.replica.graph, self.replica.contract.actor
        own = (graph.header(position) for position in range(len(graph)))
        return {header.hash for header in own if header.actor == me} - self.on_disk()

    def on_disk(self) -> set[ChangeHash]:
        return {stored.header.hash for stored in self._journal().read(1 << 20)}

    def fill_disk(self, full: bool) -> None:
        """Let SQLite have no page more than it has, or as many as it likes."""
        pages = self.disk.execute("PRAGMA page_count").fetchone()[0] if full else 1 << 30
        self.disk.execute(f"PRAGMA max_page_count = {pages}")

    # Writing

    def begin(self) -> None:
        """Write the contract's first changes, as whoever makes it does."""
        actor = new_actor(self.key.public, bytes(8))
        made = Contract.create(actor, CONTRACT_KEY.public.text, "My year")
        changes = parse_changes(made.changes_since())
        self._journal().append(changes, Appearance(made.title, 0, made.heads))
        self.start()

    def edit(self, part: PartId, number: int) -> None:
        """Insert or remove something somewhere."""
        if not len(self.replica.graph):
            self.keep(lambda: self.replica.take(parse_changes([GENESIS])))
        text = self.replica.contract.text(part).text
        at = number % (len(text) + 1)
        gone = min(number // 7 % 3, len(text) - at)
        words = "" if gone and number % 2 else f"{self.name[0]}{number % 10}"
        splice = Splice(at, at + gone, words)
        self.keep(lambda: self.replica.record(self.replica.contract.splice(part, splice)))

    def undo(self, part: PartId) -> None:
        if raw := self.replica.contract.undo(part) if len(self.replica.graph) else None:
            self.keep(lambda: self.replica.record(raw))

    def keep(self, write: Callable[[], object]) -> None:
        before = len(self.replica.graph)
        write()
        if self.replica.is_saved:
            self.written.update(self.replica.graph.hashes[before:])

    # Sharing

    @property
    def shows_shared(self) -> bool:
        """Whether the screen says "shared with everyone"."""
        return (
            self._replica is not None
            and self.conversation is not None
            and self.conversation.is_welcome
            and self._replica.is_saved
            and not self._replica.graph.since(self.acknowledged)
        )

    def connect(self, number: int) -> bytes:
        """Begin a conversation; returns its first frame."""
        peer = PeerId(f"{self.name}-{number}")
        self.conversation = Conversation(CONTRACT, self.replica.graph, peer)
        return self.conversation.hello()

    def hear(self, frame: bytes) -> None:
        """Take a frame; a conversation that fails is over."""
        assert self.conversation is not None
        try:
            heard = self.conversation.hear(frame)
        except Refused as refusal:
            self.refusals.append(str(refusal))
            self.conversation = None
            return
        self.attend(heard)

    def attend(self, heard: Heard) -> None:
        """Do what a frame asks for."""
        assert self.conversation is not None
        if isinstance(heard, Offer):
            for changes in heard.slices():
                self.take(changes)
            self.conversation.accept(heard)
            if (heads := self.conversation.acknowledged) is not None:
                self.acknowledged = heads

    def take(self, changes: list[Change]) -> None:
        self.replica.take(changes)

    @property
    def may_speak(self) -> bool:
        return self.replica.is_saved

    def speak(self, *, ack: bool) -> list[bytes]:
        frames: list[bytes] = []
        while self.conversation and self.may_speak:
            frame = self.conversation.speak(ack=ack)
            if frame is None:
                break
            frames.append(frame)
        return frames

    def wait(self, seconds: float) -> None:
        """Do what the program does by itself from time to time."""
        self.replica.retry()
        if seconds >= 3 and self.conversation and not self.conversation.in_step:
            self.conversation.nudge()

    def _journal(self) -> Journal:
        return Journal(self.disk, SqliteStore(self.disk), CONTRACT, PLACE)


def at_once(task: Coroutine[None, None, _T]) -> _T:
    """Run a coroutine that waits for nothing but its turn."""
    return asyncio.run(task)
