"""What this person writes in an open contract: each change is stored, sealed and sent on."""

from __future__ import annotations

from collections.abc import Callable

from contract_tui.contract.schema import GENESIS, STRUCTURE, TITLE, PartId, StructureChoice
from contract_tui.contract.splice import Splice
from contract_tui.library.errors import ReadOnlySeat
from contract_tui.session.mending import Write, splicing, write_twice
from contract_tui.session.notary import Notary
from contract_tui.session.portions import portions
from contract_tui.session.replica import Replica
from contract_tui.session.seating import Seating
from sync_server.access.proof import Seat
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import DocumentId

TURN_PAUSE = 120
"""Seconds without an edit of one's own after which the next begins a turn."""


class Pen:
    """Writes for one person; `edit` and all the others raise ReadOnlySeat for who reads along."""

    def __init__(
        self,
        me: Seat | None,
        replica: Replica,
        notary: Notary,
        seating: Seating,
        clock: Callable[[], float],
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
        self._clock = clock
        self._is_receiving = is_receiving
        self._send = send
        self._on_change = on_change
        self._last_edit: tuple[float, PartId] | None = None

    @property
    def can_write(self) -> bool:
        """Whether this person may change the contract."""
        return self._me is not None and self._me.role.writes

    def edit(self, part: PartId, splice: Splice) -> None:
        """Change a part's text; it is on the disk when this returns."""
        self._begin()
        now = self._clock()
        for some in portions(splice):
            self._keep(part, splicing(self._replica, part, some, now))

    def undo(self, part: PartId) -> bool:
        """Take back this person's last edit of the part; returns whether there was one."""
        self._begin()
        return self._keep(part, lambda turn_at: self._replica.contract.undo(part, turn_at))

    def redo(self, part: PartId) -> bool:
        """Do again what was undone; returns whether there was something."""
        self._begin()
        return self._keep(part, lambda turn_at: self._replica.contract.redo(part, turn_at))

    def choose_structure(self, choice: StructureChoice) -> None:
        """Say how much structure is wanted."""
        self._begin()
        self._keep(STRUCTURE, lambda at: self._replica.contract.choose_structure(choice, at))

    def state_renewed(self, contract: DocumentId) -> None:
        """Say that another contract takes the place of this one."""
        self._begin()
        self._keep(TITLE, lambda _: self._replica.contract.state_renewed(contract))

    def take_seat(self) -> None:
        """Enter this person into the contract as soon as there is one."""
        if self._is_receiving() or not self._replica.has_begun:
            return
        while raw := write_twice(
            self._replica, lambda: self._seating.write(self._replica.contract)
        ):
            self._notary.keep(raw)
            self._send()

    def _begin(self) -> None:
        """Make sure that this person may write and that there is something to write in."""
        if not self.can_write:
            raise ReadOnlySeat("you are reading along: ask for an invitation to write here")
        if not self._replica.has_begun:
            # It has not arrived yet: everybody's contract begins with the same constant change.
            self._replica.take(parse_changes([GENESIS]))
            self.take_seat()

    def _turn_at(self, part: PartId) -> int | None:
        """The time, if an edit of the part begins a turn now."""
        now, last = self._clock(), self._last_edit
        if last and last[1] == part and now - last[0] < TURN_PAUSE:
            return None
        return int(now)

    def _keep(self, part: PartId, write: Write) -> bool:
        """Store and share a change of this person's; returns whether there is one."""
        raw = write_twice(self._replica, lambda: write(self._turn_at(part)))
        if raw is None:
            return False
        self._last_edit = (self._clock(), part)
        self._notary.keep(raw)
        self._send()
        self._on_change()
        return True
