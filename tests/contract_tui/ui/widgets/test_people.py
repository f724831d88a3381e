"""What is said about people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract_tui.contract.schema import INTERESTS, PartId
from contract_tui.session.presence import Person
from contract_tui.ui.widgets.people import what_they_do
from sync_server.access.proof import Role, SeatId

SAM = Person(SeatId("ab"), "Sam", Role.PARENT, None, None, None, typing=False, here=False, me=False)
HEADINGS = {INTERESTS: "Interests"}


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (SAM, "parent, not here now"),
        (replace(SAM, role=None), "guest, not here now"),
        (replace(SAM, here=True), "parent, here"),
        (replace(SAM, here=True, part=INTERESTS), "in Interests"),
        (replace(SAM, here=True, part=PartId("gone")), "parent, here"),
        (replace(SAM, here=True, part=INTERESTS, typing=True), "writing in Interests"),
        (replace(SAM, here=True, me=True, part=INTERESTS, typing=True), "parent"),
    ],
)
def test_what_somebody_does_is_said_in_words(person: Person, said: str) -> None:
    assert what_they_do(person, HEADINGS) == said
