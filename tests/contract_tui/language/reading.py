"""What the sources say and what a catalogue makes of it, as the tests compare them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import language
from babel.messages.catalog import Catalog, Message

from contract_tui.language.languages import LANGUAGES

OTHERS = [one for one in LANGUAGES if one.tag != "en"]
COMPLETE = [one for one in OTHERS if one.is_complete]
LIMIT = re.compile(r"At most (\d+) columns\.")


@cache
def said() -> Catalog:
    return language.said()


def catalog(tag: str) -> Catalog:
    return language.read(path(tag))


def path(tag: str) -> Path:
    return language.CATALOGS / tag / "LC_MESSAGES" / f"{language.DOMAIN}.po"


def messages(found: Catalog) -> list[Message]:
    return [one for one in found if one.id]


def sources(message: Message) -> tuple[str, ...]:
    """Return what the sources say: of a plural, for one and for many."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> list[str]:
    """Return how it is said for every number; nothing where it is not said yet."""
    some = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return some if any(some) else []


def names(text: str) -> set[str]:
    """Return the names that a sentence leaves open."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def limits(message: Message) -> Iterator[int]:
    """Yield how many columns there are for a sentence."""
    for comment in message.auto_comments:
        yield from (int(one) for one in LIMIT.findall(comment))


def without_names(text: str) -> str:
    """Return what a sentence says itself."""
    return "".join(said for said, _, _, _ in Formatter().parse(text))
