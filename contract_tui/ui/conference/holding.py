"""Holds back what an adult chooses, adds or moves while the floor is the student's.

Only the program of whoever chooses asks this, as with what they type.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.dom import DOMNode

from contract_tui.contract.schema import PartId
from contract_tui.session.session import Session
from contract_tui.ui.conference.standing import asks_instead

NEW = PartId("new")
"""What something new counts as a change of, which belongs to nothing yet."""


def hold(
    node: DOMNode,
    session: Session,
    part: PartId,
    act: Callable[[], object],
    say: Callable[[str], object],
    *,
    about: PartId | None = None,
) -> bool:
    """Whether what somebody is about to do waits; then they are asked what they wonder about.

    `part` is the text that it counts as a change of; `about` what a question stands beside, where
    that is something else. `act` does it after all, `say` hears what has become of a question.
    """
    if not asks_instead(session, part):
        return False
    from contract_tui.ui.conference.wondering import Holding

    def answered(said: str | None) -> None:
        if said:
            say(said)

    node.app.push_screen(Holding(session, about or part, act), answered)
    return True
