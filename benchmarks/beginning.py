"""How a conference begins that is measured: with the keys that people press, seen before pressed.

What is asked before has to be on a screen for a while before an Enter counts as meant.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Protocol

from contract_tui.ui.haste import REPEATS

BEGIN, TAKE_PART = "Begin a conference?", "Take part in the"
"""What is asked; as much of it as stands in one line on a phone."""
GOES_ON = "A conference is going on"
IS_LED, LISTENS = "1 of 7: Open", "Listen first."
"""Of the band of the student who began, and of those of the adults who take part."""


class Place(Protocol):
    """A keyboard and what is seen there, in front of an open contract."""

    def seen(self, words: str) -> Awaitable[object]:
        """Look out for words from now on."""

    async def step(self) -> None:
        """Press the key that is always the next thing to do: F10."""

    async def next(self) -> None:
        """Press Tab."""

    async def confirm(self) -> None:
        """Press Enter."""


async def begin(student: Place, adults: Sequence[Place]) -> None:
    """Begin a conference, in which the others take part; raises TimeoutError."""
    invited = [adult.seen(GOES_ON) for adult in adults]
    asked = student.seen(BEGIN)
    await student.step()
    await asked
    is_led = student.seen(IS_LED)
    await student.next()
    await student.confirm()
    await is_led
    for adult, is_invited in zip(adults, invited, strict=True):
        await is_invited
        await _take_part(adult)


async def _take_part(adult: Place) -> None:
    asked = adult.seen(TAKE_PART)
    await adult.step()
    await asked
    await asyncio.sleep(REPEATS)
    listens = adult.seen(LISTENS)
    await adult.confirm()
    await listens
