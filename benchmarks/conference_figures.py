"""What three people wait for when two of them take part from a browser, and what that takes."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.conferences import (
    MORE_LETTERS,
    Conference,
    Keystroke,
    in_browsers,
    typed,
    typed_at_once,
    with_programs,
)
from benchmarks.figures import Figure, percentile
from benchmarks.relays import ours
from benchmarks.screens import LETTERS
from benchmarks.windows import echoing
from tests.journeys.browser import browser, chromium

OWN_P95, OTHERS_P95 = 100.0, 150.0
"""Milliseconds."""
ECHO = "bare websocket echo"
BYTES_EACH = 120_000_000
"""Memory that one program in a terminal is given, when it is counted how many fit."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    letters: int
    """Of which the first few do not count."""
    at_once: int
    """Conferences with guests in browsers."""
    programs: int
    """Conferences of three with programs of their own."""
    seconds: float = 0.2
    """Between two keys of one person."""
    seconds_of_many: float = 1.0
    """Between two keys in each of the conferences with programs."""


FULL = Scale(letters=53, at_once=3, programs=30)
QUICK = Scale(letters=13, at_once=2, programs=1)


async def conference_figures(quick: bool) -> AsyncIterator[Figure]:
    """Measure conferences in browsers, then those in terminals."""
    async for figure in measured(QUICK if quick else FULL):
        yield figure


async def measured(scale: Scale) -> AsyncIterator[Figure]:
    """Measure so much; everything is on this computer, the browser too."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        with chromium(place / "browser") as address:
            floor = await _floor(address, scale)
            async for figure in _in_browsers(place, address, scale, floor):
                yield figure
        async for figure in _with_programs(place, scale):
            yield figure


async def _floor(address: str, scale: Scale) -> list[Keystroke]:
    """The same keys in three windows of a page that shows them and has no program behind it."""
    async with browser(address) as running, echoing(running, 3) as windows:
        return await typed(Conference(windows), LETTERS[: scale.letters], scale.seconds)


async def _in_browsers(
    folder: Path, address: str, scale: Scale, floor: Sequence[Keystroke]
) -> AsyncIterator[Figure]:
    """One conference alone, then others beside it."""
    async with browser(address) as running, AsyncExitStack() as leaving:
        conference = await leaving.enter_async_context(in_browsers(folder / "0", running))
        keystrokes = await typed(conference, LETTERS[: scale.letters], scale.seconds)
        for figure in (*_of_keys(keystrokes, floor), *_of_guests(conference)):
            yield figure
        conferences = [conference]
        for number in range(1, scale.at_once):
            opened = in_browsers(folder / str(number), running)
            conferences.append(await leaving.enter_async_context(opened))
        before = _cpu(conferences)
        letters = MORE_LETTERS[: scale.letters]
        keystrokes = await typed_at_once(conferences, letters, scale.seconds)
        pressed = len(letters) * len(conferences)
        each, drawing = (
            (after - earlier) * 1000 / pressed
            for after, earlier in zip(_cpu(conferences), before, strict=True)
        )
    what = f"{_conferences(scale.at_once)} with two browsers: guest's key to"
    for where, times in (
        ("own frame", [one.own for one in keystrokes]),
        ("the others", [one.others for one in keystrokes]),
        ("the host's terminal, which no browser draws", [one.last for one in keystrokes]),
    ):
        yield Figure(f"{what} {where}, p95", "ms", percentile(times, 0.95), OTHERS_P95)
    what = "CPU per key of the three programs of one of them"
    yield Figure(what, "ms", each, None, "its windows in Chromium", drawing)


def _cpu(conferences: Sequence[Conference]) -> tuple[float, float]:
    """The seconds of CPU that hosts and guests have used, and those that the browser has."""
    hosts = [one.host for one in conferences if one.host is not None]
    programs = [*hosts, *(guest for one in conferences for guest in one.guests)]
    started = psutil.Process().children(recursive=True)
    drawing = [one for one in started if "chrom" in one.name()]
    return sum(map(_seconds, programs)), sum(map(_seconds, drawing))


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _of_keys(ours: Sequence[Keystroke], floor: Sequence[Keystroke]) -> Iterator[Figure]:
    own, own_floor = ([one.own for one in each] for each in (ours, floor))
    others, others_floor = ([one.others for one in each] for each in (ours, floor))
    for what, here, there, budget in (
        ("guest's key to own frame in Chromium", own, own_floor, OWN_P95),
        ("guest's key to another browser and a terminal", others, others_floor, OTHERS_P95),
    ):
        for label, share in (("p50", 0.5), ("p95", 0.95)):
            limit = budget if label == "p95" else None
            measured, by_echo = percentile(here, share), percentile(there, share)
            yield Figure(f"{what}, {label}", "ms", measured, limit, ECHO, by_echo)


def _of_guests(conference: Conference) -> Iterator[Figure]:
    guests, host = _memory(conference)
    what = "from opening the address to the first shared letter, the later of two guests"
    yield Figure(what, "s", max(conference.entrances))
    yield Figure("memory of a guest's program, the larger of two", "MB", max(guests))
    yield Figure("memory of the host's program, without theirs", "MB", host)


def _memory(conference: Conference) -> tuple[list[float], float]:
    """The megabytes of each guest's program and of the host's, what they share divided by users."""
    assert conference.host is not None
    return [_megabytes(guest) for guest in conference.guests], _megabytes(conference.host)


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 1e6


def fitting(conferences: int, available: int) -> int:
    """How many conferences of three programs the memory allows, of those wished for."""
    return max(1, min(conferences, available // (3 * BYTES_EACH)))


async def _with_programs(folder: Path, scale: Scale) -> AsyncIterator[Figure]:
    """Conferences of three programs in terminals, over one relay."""
    number = fitting(scale.programs, psutil.virtual_memory().available)
    async with ours() as relay, AsyncExitStack() as leaving:
        conferences = []
        for one in range(number):
            opened = with_programs(folder / f"programs-{one}", relay.url)
            conferences.append(await leaving.enter_async_context(opened))
        await asyncio.sleep(1)
        letters = LETTERS[: scale.letters]
        keystrokes = await typed_at_once(conferences, letters, scale.seconds_of_many)
    what = f"{_conferences(number)} of three programs, one relay: key to the others"
    others = [one.others for one in keystrokes]
    yield Figure(f"{what}, p50", "ms", percentile(others, 0.5))
    yield Figure(f"{what}, p95", "ms", percentile(others, 0.95), OTHERS_P95)


def _conferences(number: int) -> str:
    return f"{number} conferences at once" if number > 1 else "1 conference"
