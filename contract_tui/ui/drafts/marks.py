"""Which places of a contract have a draft of this person's: a quiet mark in the outline."""

from __future__ import annotations

from contract_tui.contract.schema import PartId
from contract_tui.library.drafts import BEFORE_CONFERENCE
from contract_tui.session.session import Session
from contract_tui.ui.pages.places import place_of


def drafted(session: Session) -> frozenset[PartId]:
    """The places of the outline where this person has a draft."""
    places = session.drafting.places - {BEFORE_CONFERENCE}
    return frozenset(place_of(PartId(place)) for place in places)
