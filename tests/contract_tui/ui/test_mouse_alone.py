"""A student does all that a contract asks for with the mouse; only words are typed."""

from __future__ import annotations

from textual.pilot import Pilot

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.schema import INTERESTS
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from tests.contract_tui.ui.conference.sitting_together import NARROW, click_words
from tests.contract_tui.ui.looking_back import past_on
from tests.contract_tui.ui.notes.test_noting import suggested
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


def shown(pilot: Pilot[None]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


async def click(pilot: Pilot[None], words: str) -> None:
    """Click on words as soon as they can be seen."""
    await until(lambda: words in shown(pilot))
    await click_words(pilot, words)


async def go_to(pilot: Pilot[None], place: str) -> None:
    await click(pilot, "Go to")
    await until(lambda: "Where to?" in shown(pilot))
    await click(pilot, f"  {place}")
    await until(lambda: "Where to?" not in shown(pilot))


async def type_words(pilot: Pilot[None], words: str) -> None:
    await pilot.press(*("space" if one == " " else one for one in words))


async def test_writing_answering_and_promising_need_no_key(sitting: Sitting) -> None:
    await suggested(sitting, INTERESTS, "the goats", "all goats")
    async with sitting.workshop(size=NARROW) as (screen, pilot):
        contract = screen.session.contract
        await click(pilot, "Yes! A goat book")
        await type_words(pilot, "Oh ")
        assert "Oh " in contract.text(INTERESTS).text

        await click(pilot, "↳ all goats")
        await click(pilot, "Ctrl+R answer")
        await until(lambda: isinstance(pilot.app.screen, Dialog))
        await click(pilot, "○ I take it")
        await click(pilot, "   Answer   ")
        await until(lambda: pilot.app.screen is screen)
        assert contract.text(INTERESTS).text.startswith("I love all goats")

        await click(pilot, "New goal")
        await until(lambda: "What would you like to do" in shown(pilot))
        await type_words(pilot, "Sing")
        await until(lambda: "▸ Sing" in shown(pilot))

        await go_to(pilot, "P  Promises")
        await click(pilot, "New promise")
        await click(pilot, "○ Grandfather")
        await type_words(pilot, "I sing")
        await until(lambda: "I sing" in shown(pilot))


async def test_agreeing_looking_back_and_leaving_need_no_key(sitting: Sitting) -> None:
    async with sitting.workshop(size=NARROW) as (screen, pilot):
        await go_to(pilot, "A  Agreement")
        await click(pilot, "○ Agree ")
        await until(lambda: "You have answered" in shown(pilot))
        (mine,) = (one.said for one in screen.session.contract.answers.checked() if one.said)
        assert mine.answer == Answer.AGREE

        await click(pilot, "Go to")
        await click(pilot, "Look back")
        past = await past_on(pilot)
        assert isinstance(past, HistoryScreen)
        before = past.walk.moment
        await click(pilot, "H H H")
        await until(lambda: past.walk.moment != before)
        await click(pilot, "Today")
        await until(lambda: isinstance(pilot.app.screen, WorkshopScreen))
        await click(pilot, "Quit")
        await until(lambda: not pilot.app.is_running)
