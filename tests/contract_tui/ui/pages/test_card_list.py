"""A page of many things: what is in view comes first, and nobody has to wait for the others."""

from __future__ import annotations

from contract_tui.contract.items.paths import ItemId, part_of
from contract_tui.ui.pages.card_list import CardList
from contract_tui.ui.pages.cards import Card
from contract_tui.ui.pages.page import SUPPORTS, address
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.screens.workshop import WorkshopScreen
from tests.contract_tui.ui.pages.turning import burst, here, in_view, settle, words_of, write
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until

MANY = 30


def fill_in(screen: WorkshopScreen) -> list[ItemId]:
    """Have more on the page than a window can show; return all that is there."""
    for number in range(MANY):
        write(screen, screen.session.desk.add_support(), "what", f"Something {number}")
    return [one.id for one in screen.session.contract.items.supports]


def there(screen: WorkshopScreen) -> list[ItemId]:
    """The things that are on the page by now, from its top."""
    assert screen.ground.shown
    return [card.item.id for card in screen.ground.shown.query(Card)]


async def test_what_is_in_view_comes_first_and_all_in_the_end_with_what_is_heard_meanwhile(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        listed = fill_in(screen)
        await screen.going.go_there(address(SUPPORTS))
        first = there(screen)
        assert first == listed[: len(first)]
        assert 24 // 3 <= len(first) < len(listed)
        burst(screen, "Z")
        screen.session.desk.remove(listed[-2])
        screen.session.desk.move(listed[-1], listed[1])
        write(screen, listed[-3], "what", "New: ")
        await until(lambda: words_of(screen, listed[0], "what").endswith("Z"))
        moved = [listed[0], listed[-1], *listed[1:-1]]
        await until(lambda: there(screen) == moved)
        await settle(pilot)
        (cards,) = screen.query(CardList)
        assert [one for one in moved if not cards.cards[one].display] == [listed[-2]]
        assert cards.cards[listed[-3]].main.editor.text.startswith("New: ")
        assert here(screen) is cards.cards[listed[0]].main.editor


async def test_whoever_goes_further_down_is_there_at_once_and_stays_in_view(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        listed = fill_in(screen)
        await screen.going.go_there(part_of(listed[-1], "when"), 0)
        assert here(screen).part == part_of(listed[-1], "when")
        await settle(pilot)
        assert screen.ground.shown
        assert in_view(here(screen), screen.ground.shown)
        assert there(screen) == listed


async def test_tab_leads_to_what_is_not_there_yet(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        listed = fill_in(screen)
        await screen.going.go_there(address(SUPPORTS))
        assert listed[-1] not in there(screen)
        await screen.action_go(-1)
        await screen.action_go(-1)
        assert here(screen).part == part_of(listed[-1], "what")
        assert here(screen).is_attached
        await settle(pilot)
        assert screen.ground.shown
        assert in_view(here(screen), screen.ground.shown)


async def test_the_line_below_stays_in_view_while_things_come_above_it(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        listed = fill_in(screen)
        await screen.going.go_there(address(SUPPORTS))
        await screen.action_go(-1)
        line = screen.focused
        assert isinstance(line, PressLine)
        assert listed[-1] not in there(screen)
        await until(lambda: there(screen) == listed)
        page = screen.ground.shown
        assert page
        await settle(pilot)
        await until(lambda: in_view(line, page))
