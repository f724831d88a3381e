"""How words look that an adult was asked to write: who typed them, and what the student said."""

from __future__ import annotations

from rich.style import Style

from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.conference.words import TYPED
from contract_tui.contract.schema import PartId
from contract_tui.session.session import Session
from contract_tui.ui.names import name_of, student_of
from contract_tui.ui.people import Inks
from contract_tui.ui.widgets.editor.asides import Aside, Decor, Sign


def marked(part: PartId, session: Session, inks: Inks) -> Decor:
    """Return what stands beside the words of a part that somebody was asked to write."""
    signs, asides = [], []
    for one in session.conferring.insisting.asked(part):
        ink = inks.of_seat(one.by) or inks.stranger
        if ink is None or not session.contract.text(part).text[one.start : one.end].strip():
            continue
        if one.confirmation is not Confirmation.CONFIRMED:
            is_other = one.confirmation is Confirmation.NOT_MINE
            signs.append(Sign(one.start, one.end, Style(bgcolor=ink.tint, italic=is_other)))
        label = TYPED[one.confirmation].format(
            name=name_of(session.contract, one.by), student=student_of(session.contract)
        )
        asides.append(Aside(one.end - 1, label, ink, Style(), len(label)))
    return Decor(tuple(signs), tuple(asides))


def said_of(session: Session) -> tuple[object, ...]:
    """Return what the marks are made of: equal as long as none of them changes."""
    known = session.contract.conferences.all
    return tuple((one.insisted, one.confirmed, one.not_mine) for one in known)
