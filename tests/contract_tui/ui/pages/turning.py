"""Going to a page, and what is seen there."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.contract.items.paths import ItemId, part_of
from contract_tui.contract.text.splice import Splice
from contract_tui.ui.pages.fields import FieldEditor
from contract_tui.ui.pages.form import Form
from contract_tui.ui.pages.page import PageId, address
from contract_tui.ui.screens.workshop import WorkshopScreen
from tests.contract_tui.ui.stage import until


async def turn_to(screen: WorkshopScreen, page: PageId | ItemId) -> Form:
    """Go to a page."""
    await screen.going.go_there(address(PageId(page)))
    shown = screen.ground.shown
    assert isinstance(shown, Form)
    await until(lambda: shown.region.area > 0)
    return shown


def write(screen: WorkshopScreen, thing: ItemId, field: str, text: str) -> None:
    """Have words in a thing."""
    screen.session.edit(part_of(thing, field), Splice(0, 0, text))


def words_of(screen: WorkshopScreen, thing: ItemId, field: str) -> str:
    """The words of a thing in the contract."""
    return screen.session.contract.text(part_of(thing, field)).text


def seen(page: Widget) -> list[str]:
    """What is said on a page and shown, without what one can write in."""
    shown = [one for one in page.query(Static) if _is_shown(one)]
    return [str(one.content) for one in shown if str(one.content)]


def _is_shown(widget: Widget) -> bool:
    return all(one.display for one in widget.ancestors_with_self if isinstance(one, Widget))


def notice(screen: WorkshopScreen) -> str:
    """What is said above the page."""
    return str(screen.notice.content)


def here(screen: WorkshopScreen) -> FieldEditor:
    """The editor that has the keys."""
    assert isinstance(screen.focused, FieldEditor)
    return screen.focused


def in_view(widget: Widget, page: Widget) -> bool:
    """Whether all of a widget is seen on its page."""
    return page.region.contains_region(widget.region)


async def settle(pilot: Pilot[None]) -> None:
    """Let everything come to rest."""
    await pilot.pause()
    await pilot.pause()


def burst(screen: WorkshopScreen, *keys: str) -> None:
    """Press keys without waiting between them, as a slow computer hears them."""
    for key in keys:
        screen.app.post_message(events.Key(key, key if len(key) == 1 else None))
