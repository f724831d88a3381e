"""What has to be asked before somebody goes away from an open contract."""

from __future__ import annotations

from contract_tui.session.session import Session
from contract_tui.ui.room import Room
from contract_tui.ui.screens.dialogs import Dialog


def question_before(session: Session | None, room: Room | None) -> Dialog[bool] | None:
    """Return what is asked where going would lose words or leave others alone; mostly None."""
    status = session.status if session else None
    if status is not None and not status.is_saved:
        from contract_tui.ui.screens.questions import leave

        return leave(status)
    if room and not room.goes_on and (room.others or room.expected):
        from contract_tui.ui.screens.questions import close_room

        groups = room.away, room.behind, room.expected
        away, behind, expected = ([one.name for one in group] for group in groups)
        return close_room(away, behind, expected, room.looking)
    if room and room.looking:
        from contract_tui.ui.hosting.questions import end_for_guests

        return end_for_guests(room.looking)
    return None
