"""What is asked at the table: who else comes, and whether somebody's seat is to go."""

from __future__ import annotations

from collections.abc import Sequence

from contract_tui.ui.hosting import words
from contract_tui.ui.hosting.door import Door
from contract_tui.ui.hosting.places import Place
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.screens.questions import INVITED
from contract_tui.ui.words import sentence
from sync_server.access.proof import Role


def somebody_else(door: Door) -> Dialog[str]:
    """Ask for whom another seat is to be ready; the answer is the seat's id."""

    def attempt(answers: Answers) -> str:
        return door.expect(Role(answers["role"]), " ".join(answers["name"].split()))

    return Dialog(
        words.ADD_TITLE,
        words.ADD_ABOUT,
        [
            Field("name", words.ADD_NAME, words.ADD_NAME_HINT),
            Field("role", words.ADD_ROLE, options=INVITED, value=Role.PARENT),
        ],
        words.ADD_CONFIRM,
        attempt,
    )


def take_away(place: Place) -> Dialog[bool]:
    """Ask whether somebody's seat, and the key of it, is to go."""
    return Dialog(
        words.DISMISS_TITLE.format(name=place.name),
        words.DISMISS_ABOUT,
        [],
        words.DISMISS_CONFIRM,
        lambda _answers: True,
        refuse=words.KEEP,
        dangerous=True,
    )


def end_for_guests(guests: Sequence[str]) -> Dialog[bool]:
    """Ask whether guests' screens are to end; the relay that they meet at goes on."""
    return Dialog(
        words.END_TITLE,
        "\n".join(words.GUEST_ENDS.format(name=name) for name in guests),
        [],
        words.END_CONFIRM,
        lambda _answers: True,
        refuse=words.STAY,
        dangerous=True,
    )


def without_encryption(reason: str) -> Dialog[bool]:
    """Ask whether to make room although the certificate is no good; `reason` says why it is not."""
    return Dialog(
        words.PLAIN_TITLE,
        f"{sentence(reason)}\n\n{words.PLAIN_ABOUT}",
        [],
        words.PLAIN_CONFIRM,
        lambda _answers: True,
        dangerous=True,
    )
