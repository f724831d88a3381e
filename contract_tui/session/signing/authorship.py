"""Whether what stands in somebody's name is shown to be theirs; one's own name included."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import terms
from contract_tui.contract.membership.authorship import in_doubt
from contract_tui.contract.schema import TITLE
from contract_tui.history.naming import in_words
from contract_tui.language import _
from contract_tui.library import coverage
from contract_tui.library.coverage import Coverage, Demand
from contract_tui.library.custody import Custodian
from contract_tui.library.errors import LibraryError
from contract_tui.library.foreign import add_foreign, foreign, note_foreign
from contract_tui.library.keepsakes import Keepsakes
from contract_tui.session.copies.replica import Replica
from sync_server.access.keys import DEVICE_PREFIX_SIZE
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor

_IN_MY_NAME = _(
    "Words stand in your name that were not written on this computer, in {places}. If you know "
    "nothing of it, tell the others."
)
_CHANGED_IN_MY_NAME = _(
    "Something was changed in your name, and not on this computer. If you know nothing of it, tell "
    "the others."
)


class Alarm(NamedTuple):
    """What a person is told of words that stand in their own name."""

    name: bytes
    """What stays the same when it is found again."""
    words: str


class Authorship:
    """Expects a seal for everything that others wrote, and for what came in one's own name.

    What was written on this computer needs none. Nor does what others write while all relays are
    programs that pass no seals on: unless its author's computer has sealed before.
    """

    def __init__(
        self, replica: Replica, custodian: Custodian, keepsakes: Keepsakes, mine: bytes | None
    ) -> None:
        """`mine` is how the actors of this computer begin."""
        self._replica = replica
        self._custodian = custodian
        self._keepsakes = keepsakes
        self._mine = mine
        self._passes_seals = False
        self._expecting = (False, 0, 0)
        self._foreign: dict[Actor, int] = {}
        """This computer's actors of whom changes came from elsewhere, and from which number on."""
        with suppress(LibraryError):
            self._foreign = foreign(keepsakes)
        self._coverage = Coverage(lambda: replica.graph, self._demand)

    @property
    def doubtful(self) -> Mapping[Actor, int]:
        """Of whom some words are not shown to be theirs, and from which operation on."""
        return self._coverage.doubtful

    def expect_seals(self) -> None:
        """A relay that passes seals on has been heard: from now on each author's is expected."""
        self._passes_seals = True

    def came(self, changes: Sequence[Change]) -> None:
        """Note what came from elsewhere in the name of this computer."""
        mine = self._mine
        if mine is None or not add_foreign(self._foreign, mine, changes):
            return
        with suppress(LibraryError):  # it is in memory, at least
            note_foreign(self._keepsakes, mine, changes)

    def look(self, now: float) -> bool:
        """Look at what has waited for a seal too long; returns whether that is news.

        `now` is in seconds of a clock that is never set.
        """
        custodian = self._custodian
        expecting = (self._passes_seals, len(custodian.proofs), len(custodian.sealing))
        if expecting != self._expecting:
            self._expecting = expecting
            self._coverage.review()
        return self._coverage.look(now)

    def alarm(self) -> Alarm | None:
        """What to tell this person of words in their own name; None where there are none."""
        mine = self._mine
        doubts = self.doubtful
        own = {actor: doubts[actor] for actor in doubts if mine and actor.startswith(mine)}
        if not own:
            return None
        places = _places(self._replica.contract, own)
        said = _IN_MY_NAME.format(places=in_words(places)) if places else _CHANGED_IN_MY_NAME
        told = b"".join(actor + b"%d " % start for actor, start in sorted(own.items()))
        name = hashlib.sha256(b"in my name" + told).digest()[:16]
        return Alarm(name, said)

    def _demand(self, actor: Actor) -> Demand | None:
        custodian, prefix = self._custodian, actor[:DEVICE_PREFIX_SIZE]
        sealed = custodian.sealed(actor)
        if prefix == self._mine:
            since = self._foreign.get(actor)
            return Demand(max(sealed, since - 1), coverage.OWN_PATIENCE) if since else None
        seals = self._passes_seals or prefix in custodian.sealing
        return Demand(sealed, coverage.PATIENCE) if seals and prefix in custodian.proofs else None


def _places(contract: Contract, doubtful: Mapping[Actor, int]) -> list[str]:
    """The parts in which some of these words stand, as the screen calls them."""
    headings = {one.part: f"“{one.heading}”" for one in contract.sections if not one.hidden}
    found = []
    for part, heading in {TITLE: terms.TITLE, **headings}.items():
        if in_doubt(contract.text(part).ids, doubtful):
            found.append(heading)
    return found
