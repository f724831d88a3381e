"""What a browser may send: keys, a size, and whether somebody looks. Anything else is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass

LARGEST = 256 << 10
"""Bytes of one message: more than anybody pastes into a section."""
NARROWEST, WIDEST = 20, 400
LOWEST, HIGHEST = 8, 200
LONGEST_PING = 32


class BadFrame(Exception):
    """What no page of ours would send."""


@dataclass(frozen=True, slots=True)
class Size:
    """Cells of a terminal, within what a program can paint."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Typed:
    """Keys, a paste or a mouse, as a terminal says them."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Ping:
    """Asks for an answer with the same words."""

    said: str


@dataclass(frozen=True, slots=True)
class Looking:
    """Whether somebody looks at the page."""

    here: bool


Frame = Size | Typed | Ping | Looking


def size(width: object, height: object) -> Size:
    """A size near what was asked for; the usual one for what is no number."""
    return Size(
        _clamped(width, NARROWEST, WIDEST, usual=80), _clamped(height, LOWEST, HIGHEST, usual=24)
    )


def read_frame(text: str) -> Frame:
    """What a browser says; raises BadFrame."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFrame("no JSON") from error
    match said:
        case ["stdin", str(typed)]:
            return Typed(typed.encode("utf-8", "ignore"))
        case ["resize", {"width": width, "height": height}]:
            return size(width, height)
        case ["ping", str(ping)]:
            return Ping(ping[:LONGEST_PING])
        case ["focus"]:
            return Looking(here=True)
        case ["blur"]:
            return Looking(here=False)
    raise BadFrame("not a message of the page")


def _clamped(said: object, least: int, most: int, usual: int) -> int:
    try:
        number = int(str(said)[:12])
    except ValueError:
        return usual
    return min(max(number, least), most)
