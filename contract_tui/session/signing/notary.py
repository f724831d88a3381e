"""Sees to it, while a contract is open, that everybody can tell who wrote what in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from contract_tui.contract.membership.seats import Roster
from contract_tui.library.custody import Custodian
from contract_tui.library.errors import LibraryError
from contract_tui.library.foreign import foreign
from contract_tui.library.keepsakes import NOTICE, Keepsakes
from contract_tui.library.library import OwnSeat
from contract_tui.library.telling import Told, identity
from contract_tui.session.copies.replica import Replica
from contract_tui.session.link.notices import (
    LASTING,
    hope_for,
    hope_in,
    lasting,
    sentence,
    silence,
)
from contract_tui.session.signing.authorship import Alarm, Authorship
from contract_tui.session.signing.sealing import Sealer
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor, DocumentId, format_document_id
from sync_server.protocol.messages import Notice

MOST_NOTICES = 20
_NONE: Mapping[str, bool] = MappingProxyType({})


class Notary:
    """Seals what is written here, keeps what others sealed, and hears what relays say of it."""

    def __init__(
        self,
        contract: DocumentId,
        own: OwnSeat | None,
        replica: Replica,
        keepsakes: Keepsakes,
        on_news: Callable[[], None],
        on_notice: Callable[[], None],
    ) -> None:
        self.custodian = Custodian(contract, keepsakes, lambda: replica.graph, on_news)
        self.notices: list[str] = []
        """What relays have said to the people in this contract, the latest last."""
        self._told = Told(keepsakes)
        self._untold: dict[bytes, str] = {}
        """What nobody has looked at yet, of that which is shown once."""
        self._on_notice = on_notice
        self._contract = contract
        self._seat = own.seat.id if own else None
        self._mine = own.device.prefix if own else None
        """How the actors of this computer begin."""
        self._authorship = Authorship(replica, self.custodian, keepsakes, self._mine)
        self._alarm: Alarm | None = None
        self._replica = replica
        self._keepsakes = keepsakes
        self._followed: tuple[Roster | None, int] = (None, 0)
        self._sealer: Sealer | None = None
        if own is not None:
            self.custodian.prove([own.shown.text])
            keep = self.custodian.keep_own
            self._sealer = Sealer(own, contract, replica.contract.actor, keep)
        self._welcome: frozenset[str] = frozenset()
        """The relays that have let this program in."""
        with suppress(LibraryError):
            self.notices += lasting(keepsakes.all(NOTICE)).values()

    @property
    def doubtful(self) -> Mapping[Actor, int]:
        """Of whom some words are not shown to be theirs, and from which operation on."""
        return self._authorship.doubtful

    @property
    def vouched(self) -> frozenset[Actor]:
        """Of those in doubt, for whom the contract's key vouches all the same."""
        last = self._replica.graph.last_seq
        admitted = self.custodian.admitted
        return frozenset(actor for actor in self.doubtful if admitted(actor) >= last(actor))

    def look(self, now: float) -> None:
        """Look at what has waited for a seal too long; `now` is of a clock that is never set."""
        if self._tell_who_is_out():
            self._on_notice()
        if not self._authorship.look(now):
            return
        before, self._alarm = self._alarm, self._authorship.alarm()
        if before != self._alarm:
            self.notices = [
                words for words in self.notices if before is None or words != before.words
            ]
            if self._alarm is not None:
                self._say(*self._alarm)
        self._on_notice()

    async def catch_up(self) -> None:
        """Seal what earlier starts of the program on this computer left without."""
        if self._sealer is None:
            return
        with suppress(LibraryError):  # the next start tries again
            elsewhere = foreign(self._keepsakes)
            await self._sealer.catch_up(self._replica.graph, self.custodian.sealed, elsewhere)

    def keep(self, raw: bytes) -> None:
        """Keep a change that was made here, and seal it soon; raises OutOfStep."""
        change = self._replica.record(raw)
        if self._sealer is not None:
            self._sealer.wrote(change.hash, change.actor)

    def take(self, changes: Sequence[Change]) -> None:
        """Take changes from a relay; raises BadChunk.

        What comes in this computer's name without having been written here is noted, and never
        sealed. Another program on this computer may have written it: what it kept is taken first.
        """
        if any(self._is_in_my_name(one) for one in changes):
            with suppress(LibraryError):
                self._replica.catch_up()
        self._authorship.came(self._replica.take(changes))

    def follow(self, heard: Mapping[str, bool] = _NONE) -> None:
        """Call after changes: keep the proofs that the contract lists, and show it the others'.

        `heard` are the relays that talk to this program, and whether they pass seals on: what kept
        it out there is over.
        """
        for url in heard.keys() - self._welcome:
            self._forget_notices(url)
            if heard[url]:
                self._authorship.expect_seals()
            else:
                self._say(hashlib.sha256(f"silent {url}".encode()).digest()[:16], silence(url))
        self._welcome = frozenset(heard)
        contract, custodian = self._replica.contract, self.custodian
        custodian.settle()
        self._tell_who_is_out()
        if self._followed != (contract.roster, len(custodian.proofs)):
            custodian.prove(contract.roster.proofs.values())
            contract.vouch(custodian.proofs.values())
            self._followed = contract.roster, len(custodian.proofs)

    def hear(self, url: str, notice: Notice) -> None:
        """A relay has something to say."""
        words = sentence(url, notice, self._hope())
        if not self._say(identity(notice), words):
            return
        if notice.kind in LASTING:
            with suppress(LibraryError):
                self._keepsakes.put(NOTICE, {f"{notice.kind} {url}".encode(): words.encode()})
        self._on_notice()

    def tell(self) -> list[str]:
        """What relays have said; a person is shown it now."""
        shown = [name for name, words in self._untold.items() if words in self.notices]
        if self._untold:
            self._untold.clear()
            self._told.add(shown)
        return list(self.notices)

    def close(self) -> None:
        """Seal the last words."""
        if self._sealer is not None:
            self._sealer.seal()

    def _say(self, name: bytes | None, words: str) -> bool:
        """Note a sentence, once if it has a name; returns whether it is new."""
        if not words or (name and (name in self._untold or name in self._told)):
            return False
        if name:
            self._untold[name] = words
        if words in self.notices:
            return False
        self.notices = [*self.notices, words][-MOST_NOTICES:]
        return True

    def _tell_who_is_out(self) -> bool:
        """Let no answer count of a computer that was taken out; returns whether that is news."""
        answers, out = self._replica.contract.answers, self.custodian.revocations.prefixes
        is_news, answers.taken_out = answers.taken_out != out, out
        return is_news

    def _hope(self) -> str:
        """Who can help where the author of something never comes back."""
        roster = self._replica.contract.roster
        holder = roster.holder
        if holder is None:
            return hope_in("")
        if self._seat is not None and roster.person(self._seat).id == roster.person(holder.id).id:
            return hope_for(format_document_id(self._contract))
        return hope_in(holder.name)

    def _forget_notices(self, url: str) -> None:
        """Let go of what lasts only while a relay keeps this program out."""
        with suppress(LibraryError):
            kept = self._keepsakes.all(NOTICE)
            over = {name: kept[name] for name in kept if name.endswith(f" {url}".encode())}
            if not over:
                return
            self._keepsakes.change(NOTICE, {}, over)
            gone = set(lasting(over).values())
            self.notices = [words for words in self.notices if words not in gone]

    def _is_in_my_name(self, change: Change) -> bool:
        mine = self._mine is not None and change.actor.startswith(self._mine)
        return mine and change.hash not in self._replica.graph
