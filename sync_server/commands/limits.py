"""The relay's limits as an operator names them: `NAME=NUMBER`, a rate as `NAME=LASTING/BURST`."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from sync_server.commands.limit_words import MEANINGS
from sync_server.hub.limits import Limits, Rate
from sync_server.relay.settings import Settings

Value = int | float | Rate

WIDTH = 28
"""Columns of a limit and its usual value."""

_OF_SETTINGS = (
    "max_frame",
    "ping_interval",
    "ping_timeout",
    "controls",
    "connections",
    "connections_per_address",
    "handshakes",
    "handshake_within",
    "close_within",
)


class BadLimit(ValueError):
    """No limit, or no value for one; the message says what would be."""


def read_limit(text: str) -> tuple[str, Value]:
    """Read one assignment; raises BadLimit."""
    name, _, written = text.partition("=")
    usual = dict(limits_of(Settings())).get(name.strip())
    if usual is None:
        raise BadLimit(f"there is no limit “{name.strip()}”: --limits lists them all")
    return name.strip(), _value(name.strip(), written, usual)


def with_limits(settings: Settings, given: Iterable[tuple[str, Value]]) -> Settings:
    """Return the settings with other values for some limits; the last word on each counts."""
    values = dict(given)
    of_settings = {name: value for name, value in values.items() if name in _OF_SETTINGS}
    others = {name: value for name, value in values.items() if name not in _OF_SETTINGS}
    limits = replace(settings.limits, **others)  # type: ignore[arg-type]  # read_limit has seen to it
    return replace(settings, limits=limits, **of_settings)  # type: ignore[arg-type]  # the same


def limits_of(settings: Settings) -> Iterator[tuple[str, Value]]:
    """Yield every limit with its value."""
    for name in _OF_SETTINGS:
        yield name, getattr(settings, name)
    for field in fields(Limits):
        yield field.name, getattr(settings.limits, field.name)


def told(settings: Settings) -> Iterator[str]:
    """Yield a line for each limit: its value as `read_limit` reads it, and what it is."""
    for name, value in limits_of(settings):
        per = ", each second/at once" if isinstance(value, Rate) else ""
        yield f"{name}={written(value)}".ljust(WIDTH) + f"  {MEANINGS[name]}{per}"


def written(value: Value) -> str:
    """Write a value as `read_limit` reads it."""
    return (
        f"{value.lasting:.10g}/{value.burst:.10g}" if isinstance(value, Rate) else f"{value:.10g}"
    )


def _value(name: str, text: str, usual: Value) -> Value:
    parts = [_number(name, part) for part in text.split("/")]
    if isinstance(usual, Rate):
        if len(parts) != 2:
            raise BadLimit(f"{name} is a rate: {name}=PER_SECOND/AT_ONCE, such as {written(usual)}")
        return Rate(*parts)
    if len(parts) != 1 or (isinstance(usual, int) and not parts[0].is_integer()):
        raise BadLimit(f"{name} is one number, such as {name}={written(usual)}")
    return int(parts[0]) if isinstance(usual, int) else parts[0]


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise BadLimit(f"“{text}” is no number for {name}") from error
    if not 0 < number < math.inf:
        raise BadLimit(f"{name} has to be more than nothing, and finite")
    return number
