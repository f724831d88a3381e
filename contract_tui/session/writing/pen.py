"""What this person writes in an open contract: each change is stored, sealed and sent on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from contract_tui.contract.errors import NotYours, TooMuch
from contract_tui.contract.items.paths import owner as owner_of
from contract_tui.contract.items.rights import may_write, refusal
from contract_tui.contract.past.covers import without_veils
from contract_tui.contract.past.settled import settling
from contract_tui.contract.schema import (
    GENESIS,
    STRUCTURE,
    TITLE,
    PartId,
    StructureChoice,
    limit,
)
from contract_tui.contract.text.places import MOST_CHARACTERS
from contract_tui.contract.text.splice import Splice, clean
from contract_tui.contract.values import Heads
from contract_tui.history.copies import copies
from contract_tui.library.errors import ReadOnlySeat
from contract_tui.library.world import World
from contract_tui.session import words
from contract_tui.session.copies.mending import Write, rewriting, splicing, write_twice
from contract_tui.session.copies.portions import portions
from contract_tui.session.copies.remembering import as_it_stands
from contract_tui.session.copies.replica import Replica
from contract_tui.session.signing.notary import Notary
from contract_tui.session.signing.seating import Seating
from sync_server.access.proof import Seat, SeatId
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import DocumentId
from sync_server.protocol.operations import ElementId

TURN_PAUSE = 120
"""Seconds without an edit of one's own after which the next begins a turn."""


class Brought(NamedTuple):
    """What has come back of an old version."""

    changed: bool
    """Whether there was anything that is not there already."""
    has_gaps: bool
    """Whether something stayed away because its author covered it."""


class Pen:
    """Writes for one person; `edit` and all the others raise ReadOnlySeat for who reads along."""

    def __init__(
        self,
        me: Seat | None,
        replica: Replica,
        notary: Notary,
        seating: Seating,
        world: World,
        *,
        is_receiving: Callable[[], bool],
        send: Callable[[], None],
        on_change: Callable[[], None],
    ) -> None:
        """`is_receiving` tells whether changes are coming in; `send` has new ones sent on."""
        self._me = me
        self._replica = replica
        self._notary = notary
        self._seating = seating
        self._world = world
        self._is_receiving = is_receiving
        self._send = send
        self._on_change = on_change
        self._last_edit: tuple[float, PartId] | None = None

    @property
    def can_write(self) -> bool:
        """Whether this person may change the contract."""
        return self._me is not None and self._me.role.writes

    @property
    def person(self) -> SeatId:
        """Who this is, by their latest seat, as the contract knows them; "" for nobody in it."""
        roster = self._replica.contract.roster
        return roster.person(self._me.id).id if self._me else SeatId("")

    def edit(self, part: PartId, splice: Splice) -> None:
        """Change a part's text; it is on the disk when this returns. Raises NotYours."""
        self._begin(part)
        now = self._world.clock()
        for some in portions(splice):
            self._keep(part, splicing(self._replica, part, some, now))

    def undo(self, part: PartId) -> bool:
        """Take back this person's last edit of the part; returns whether there was one."""
        self._begin(part)
        return self._keep(part, lambda turn_at: self._replica.contract.undo(part, turn_at))

    def redo(self, part: PartId) -> bool:
        """Do again what was undone; returns whether there was something."""
        self._begin(part)
        return self._keep(part, lambda turn_at: self._replica.contract.redo(part, turn_at))

    def choose_structure(self, choice: StructureChoice) -> None:
        """Say how much structure is wanted."""
        self._begin()
        self._keep(STRUCTURE, lambda at: self._replica.contract.choose_structure(choice, at))

    def state_renewed(self, contract: DocumentId) -> None:
        """Say that another contract takes the place of this one."""
        self._begin()
        self._keep(TITLE, lambda _: self._replica.contract.state_renewed(contract))

    def bring_back(self, part: PartId, text: str) -> Brought:
        """Make a part's text another one, touching few words; raises TooMuch or NotYours."""
        self._begin(part)
        plain = without_veils(clean(text))
        most = max(limit(part), len(self._replica.contract.text(part).text))
        if len(plain) > most:
            raise TooMuch(words.TOO_LONG_TO_BRING_BACK.format(most=most))
        changed = False
        while self._keep(part, rewriting(self._replica, part, plain)):
            changed = True
        return Brought(changed, has_gaps=len(plain) < len(clean(text)))

    def insert(self, part: PartId, after: ElementId | None, text: str) -> Brought:
        """Put a passage behind a character, or behind where it stood; None: at the beginning.

        At the end where it went before the contract was opened. Raises TooMuch or NotYours.
        """
        self._begin(part)
        plain, there = without_veils(clean(text)), self._replica.contract.text(part)
        at = there.offset_of(after)
        offset = len(there.text) if at is None else at
        splice = Splice(offset, offset, plain)
        if self._replica.contract.room(part, splice) < len(plain):
            raise TooMuch(words.NO_ROOM_FOR_PASSAGE)
        if plain:
            self.edit(part, splice)
        return Brought(bool(plain), has_gaps=len(plain) < len(clean(text)))

    def cover(self, part: PartId, elements: Iterable[ElementId]) -> bool:
        """Cover this person's own of some characters, at every version; returns whether any is new.

        What read the same and was taken out before is covered with them: about 20 µs for each
        change of the contract, and hardly any time while its past is open. Raises NotYours or
        TooMuch.
        """
        self._begin()
        some = frozenset(elements)
        found = self._copies(part, some)
        changed = self._cover(part, some)
        for other, gone in found.items():
            changed |= self._cover(other, frozenset(sorted(gone)[:MOST_CHARACTERS]))
        return changed

    def _copies(
        self, part: PartId, elements: frozenset[ElementId]
    ) -> Mapping[PartId, frozenset[ElementId]]:
        me, author = self._seat(), self._replica.contract.author
        with suppress(BadChunk):  # what cannot be read shows nothing either
            past = as_it_stands(self._replica).past
            return copies(past, part, elements, lambda actor: author(actor).id == me)
        return {}

    def _cover(self, part: PartId, elements: frozenset[ElementId]) -> bool:
        me, id_ = self._seat(), self._fresh()
        stands = not elements.isdisjoint(self._replica.contract.text(part).ids)
        return self._keep(
            part if stands else None,
            lambda at: self._replica.contract.cover(part, elements, id_, me, at),
        )

    def write(self, part: PartId | None, write: Write) -> bool:
        """Change something beside the texts, as an edit of a part; whether there was something."""
        self._begin()
        return self._keep(part, write)

    def mark_seen(self) -> bool:
        """Leave a mark that this person looks back; it is no edit. Returns whether it is there."""
        self._begin()
        me, at = self._seat(), int(self._world.clock())
        return self._keep(None, lambda _: self._replica.contract.mark_seen(me, at))

    def keep_version(self, name: str, heads: Heads) -> None:
        """Keep a version under a name; raises BadVersionName or TooMuch."""
        self._begin()
        me, id_, at = self._seat(), self._fresh(), int(self._world.clock())
        self._keep(None, lambda _: self._replica.contract.keep_version(id_, name, heads, me, at))

    def drop_version(self, id_: str) -> bool:
        """Take away the name of a version; returns whether it had one. Raises NotYours."""
        self._begin()
        me = self._seat()
        return self._keep(None, lambda _: self._replica.contract.drop_version(id_, me))

    def take_seat(self) -> None:
        """Enter this person into the contract as soon as there is one."""
        if self._is_receiving() or not self._replica.has_begun:
            return
        while raw := write_twice(
            self._replica, lambda: self._seating.write(self._replica.contract)
        ):
            self._notary.keep(raw)
            self._send()

    def may_write(self, part: PartId) -> bool:
        """Whether this person may write in a part: some are the student's or one author's alone."""
        contract = self._replica.contract
        owner = owner_of(part)
        thing = contract.items.find(owner) if owner else None
        return self.can_write and may_write(part, self.person, thing, contract.pupils)

    def _begin(self, part: PartId | None = None) -> None:
        """Make sure that this person may write and that there is something to write in.

        With a part, that they may write in it.
        """
        if not self.can_write:
            raise ReadOnlySeat(words.READING_ALONG)
        if not self._replica.has_begun:
            # It has not arrived yet: everybody's contract begins with the same constant change.
            self._replica.take(parse_changes([GENESIS]))
            self.take_seat()
        if part is not None and not self.may_write(part):
            raise NotYours(refusal(part))
        if part in self._replica.contract.detached:
            self._attach(part)

    def _attach(self, part: PartId) -> None:
        """Put a text back in its place that somebody took out, so that what is written is seen."""
        text, me, id_ = self._replica.contract.text(part), self._seat(), self._fresh()
        note = settling(id_, text.object, text.ids, me)
        self._keep(part, lambda at: self._replica.contract.attach(part, at, note))

    def _seat(self) -> SeatId:
        assert self._me is not None  # `_begin` has made sure
        return self._me.id

    def _fresh(self) -> str:
        return self._world.entropy(8).hex()

    def _turn_at(self, part: PartId | None) -> int | None:
        """The time, if an edit of the part begins a turn now; what is no edit begins none."""
        if part is None:
            return None
        now, last = self._world.clock(), self._last_edit
        if last and last[1] == part and now - last[0] < TURN_PAUSE:
            return None
        return int(now)

    def _keep(self, part: PartId | None, write: Write) -> bool:
        """Store and share a change: an edit of a part, or none. Returns whether there is one."""
        raw = write_twice(self._replica, lambda: write(self._turn_at(part)))
        if raw is None:
            return False
        if part is not None:
            self._last_edit = (self._world.clock(), part)
        self._notary.keep(raw)
        self._send()
        self._on_change()
        return True
