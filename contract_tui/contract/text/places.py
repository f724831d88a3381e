"""Passages of a text, named so that every copy of the contract finds the same characters.

A text and some of its characters are one string: `6@61de… 12-40,44@ab… 7@cd…`. First the text's
object, then for each author the counters of the characters, as numbers and ranges. A single one is
written as other Automerge programs write a cursor. Without characters it is the whole text, or
whatever other thing the object holds.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from sync_server.protocol.operations import ElementId

MOST_CHARACTERS = 20_000
"""Characters that one place may name."""
LONGEST = 200_000
"""Characters of the string itself, where every second letter of a long section is named."""

_NUMBER = r"[1-9][0-9]{0,14}"
_ACTOR = r"(?:[0-9a-f]{2}){1,64}"
_OBJECT = re.compile(rf"({_NUMBER})@({_ACTOR})")
_STRETCHES = re.compile(rf"({_NUMBER}(?:-{_NUMBER})?(?:,{_NUMBER}(?:-{_NUMBER})?)*)@({_ACTOR})")


class BadPlace(ValueError):
    """A string that names no place."""


class Place(NamedTuple):
    """Some characters of one text, or without any all of it."""

    object: ElementId
    """The object that holds the text."""
    elements: frozenset[ElementId]


def write_place(obj: ElementId, elements: Iterable[ElementId] = ()) -> str:
    """Return characters of a text as a string; the same ones give the same string."""
    counters: dict[bytes, set[int]] = defaultdict(set)
    for element in elements:
        counters[element.actor].add(element.counter)
    stretches = [f"{_ranges(counters[actor])}@{actor.hex()}" for actor in sorted(counters)]
    return " ".join([write_character(obj), *stretches])


def write_character(element: ElementId | None) -> str:
    """Return one character as a string; "" for the beginning of a text."""
    return f"{element.counter}@{element.actor.hex()}" if element else ""


def read_character(text: str) -> ElementId | None:
    """Read what `write_character` wrote, or anybody else; raises BadPlace."""
    if not text:
        return None
    named = _OBJECT.fullmatch(text)
    if named is None:
        raise BadPlace("a character is counter@actor")
    return ElementId(int(named[1]), bytes.fromhex(named[2]))


@lru_cache(maxsize=256)
def read_place(text: str) -> Place:
    """Read what `write_place` wrote, or anybody else; raises BadPlace."""
    if len(text) > LONGEST:
        raise BadPlace("a place is described in fewer characters")
    first, *others = text.split(" ")
    obj = read_character(first)
    if obj is None:
        raise BadPlace("a place begins with a text")
    found: set[ElementId] = set()
    for other in others:
        match = _STRETCHES.fullmatch(other)
        if match is None:
            raise BadPlace("characters are counter@actor")
        actor = bytes.fromhex(match[2])
        for counters in _counters(match[1]):
            if len(found) + len(counters) > MOST_CHARACTERS:
                raise BadPlace("these are more characters than one place may name")
            found.update(ElementId(counter, actor) for counter in counters)
    return Place(obj, frozenset(found))


def _counters(stretches: str) -> Iterator[range]:
    for stretch in stretches.split(","):
        first, _, last = stretch.partition("-")
        begin, end = int(first), int(last or first)
        if end < begin:
            raise BadPlace("a range ends behind its beginning")
        yield range(begin, end + 1)


def _ranges(counters: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for counter in sorted(counters):
        if runs and runs[-1][1] == counter - 1:
            runs[-1][1] = counter
        else:
            runs.append([counter, counter])
    return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)
