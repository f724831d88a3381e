"""What is said of a place at the table."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from rich.style import Style
from rich.text import Text

from contract_tui.ui.hosting import words
from contract_tui.ui.hosting.places import Place

HERE, AWAY = "●", "○"
CHOSEN = "▸"


def person(place: Place) -> str:
    """Return who has, or is to have, this place."""
    if not place.name:
        return words.SOMEBODY[place.role]
    named = words.NAMED[place.role].format(name=place.name)
    return words.YOU.format(person=named) if place.is_me else named


def state(place: Place) -> str:
    """Return whether they are here, in words."""
    if place.is_here:
        return words.IS_HERE
    if place.guest is None:
        return words.IS_AWAY
    return words.WAS_HERE if place.guest.is_in else words.IS_EXPECTED


def rows(places: Sequence[Place], chosen: Place | None, most: int, color: str) -> Text:
    """Return a line for each place, as many as fit, with the one that is chosen among them."""
    width = max((len(person(place)) for place in places), default=0)
    first = 0
    if chosen in places and most > 0:
        first = max(0, min(places.index(chosen) - most // 2, len(places) - most))
    lines = []
    for place in places[first : first + max(most, 1)]:
        mark = CHOSEN if place is chosen else " "
        sign = HERE if place.is_here else AWAY
        style = Style(color=color, bold=True) if place.is_here else Style(bold=place is chosen)
        line = f"{mark} {sign} {person(place).ljust(width)}   {state(place)}"
        lines.append(Text(line, style=style, no_wrap=True, overflow="ellipsis"))
    return Text("\n").join(lines)


def short_address(url: str) -> str:
    """Return what somebody types: browsers add what is usual."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}" if parts.scheme == "http" else url


def with_plain(said: str, plain: str, columns: int) -> Text:
    """Return what to do with something that stands large below, and it as it is, where it fits."""
    text = Text(said)
    if plain and len(said) + 1 + len(plain) <= columns:
        text.append(" ").append(plain, Style(bold=True))
    return text


def situation(place: Place | None, *, can_invite: bool) -> str:
    """Return what there is to say of a place instead of a code; "" where it has one."""
    if place is None:
        return words.NOBODY_MISSING if can_invite else words.CANNOT_INVITE
    if place.guest is None:
        here = words.PERSON_STANDS_BY if place.stands_by else words.PERSON_IS_HERE
        said = here if place.is_here else words.PERSON_IS_AWAY
        return said.format(name=place.name)
    if place.is_here:
        return words.GUEST_IS_HERE.format(name=place.name)
    if place.guest.code:
        return ""
    if place.guest.is_in:
        address = short_address(place.guest.address)
        return words.CAME_BEFORE.format(name=place.name, address=address)
    return words.CODE_IS_OVER
