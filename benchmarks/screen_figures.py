"""What a person at the screen waits for."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import elva
from benchmarks.contracts import SHOWN, long_past, long_section, prose
from benchmarks.figures import Figure, percentile
from benchmarks.screens import (
    LETTERS,
    Screen,
    all_painted,
    drain,
    latencies,
    own_latencies,
    painted,
    screen,
)
from tests.journeys.table import Relay, lay
from tests.programs import BIN, in_library

OPEN = str(BIN / "contract-tui")
OWN_P50, OWN_P95, OTHERS_P50, OTHERS_P95 = 12.0, 25.0, 25.0, 45.0
GROWTH = 1.5
OPENINGS = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    letters: int
    starts: int
    deep: int
    absence: float
    """Seconds."""


FULL = Scale(letters=60, starts=7, deep=50_000, absence=120.0)
QUICK = Scale(letters=20, starts=3, deep=5_000, absence=5.0)


async def screen_figures(quick: bool) -> AsyncIterator[Figure]:
    """Measure everything that is seen on a screen, beside the loop: commands have their own."""
    figures = _figures(QUICK if quick else FULL)
    while figure := await asyncio.to_thread(next, figures, None):
        yield figure


def _figures(scale: Scale) -> Iterator[Figure]:
    peer = elva.program() is not None
    with TemporaryDirectory() as folder:
        yield from _own(Path(folder), scale, peer)
    with TemporaryDirectory() as folder:
        yield from _others(Path(folder), scale, peer)
    with TemporaryDirectory() as folder:
        yield _absence(Path(folder), scale.absence)
    with TemporaryDirectory() as folder:
        yield from _starts(Path(folder), scale, peer)


def _own(folder: Path, scale: Scale, peer: bool) -> Iterator[Figure]:
    letters = LETTERS[: scale.letters]
    ours: dict[int, list[float]] = {}
    theirs: dict[int, list[float]] = {}
    for length in (1_000, 9_900):
        home = folder / f"ours-{length}"
        contract = long_section(home, length)
        with screen([OPEN, "open", contract], in_library(home)) as running:
            painted([running], SHOWN)
            ours[length] = own_latencies(running, letters)
        if peer:
            with elva.alone(folder / f"elva-{length}", prose(length)) as running:
                theirs[length] = own_latencies(running, letters)
    for length in ours:
        for label, share, budget in (("p50", 0.5, OWN_P50), ("p95", 0.95, OWN_P95)):
            what = f"key to own screen, {length:,} characters, {label}"
            by_peer = percentile(theirs[length], share) if peer else None
            yield Figure(what, "ms", percentile(ours[length], share), budget, _peer(peer), by_peer)
    small, large = (percentile(values, 0.5) for values in ours.values())
    yield Figure("growth from 1,000 to 9,900 characters", "x", large / small, GROWTH)


def _others(folder: Path, scale: Scale, peer: bool) -> Iterator[Figure]:
    letters = LETTERS[: scale.letters]
    relay = Relay(folder / "relay")
    relay.start()
    try:
        table = lay(folder, relay.url)
        command = table.command()
        homes = list(table.homes.values())
        with (
            screen(command, in_library(homes[0])) as first,
            screen(command, in_library(homes[1])) as second,
            screen(command, in_library(homes[2])) as third,
        ):
            painted([first, second, third], "Structure wanted")
            drain([first, second, third], 1.0, patience=4)
            ours = [max(pair) for pair in latencies(first, [second, third], letters)]
    finally:
        relay.kill()
    theirs: list[float] = []
    if peer:
        with elva.three(folder / "elva") as screens:
            theirs = [max(pair) for pair in latencies(screens[0], screens[1:], letters)]
    for label, share, budget in (("p50", 0.5, OTHERS_P50), ("p95", 0.95, OTHERS_P95)):
        what = f"key to both other screens, {label}"
        by_peer = percentile(theirs, share) if peer else None
        yield Figure(what, "ms", percentile(ours, share), budget, _peer(peer), by_peer)


def _absence(folder: Path, seconds: float) -> Figure:
    """Let everybody write while the relay is away; measure from when it listens again."""
    relay = Relay(folder / "relay")
    relay.start()
    try:
        table = lay(folder, relay.url)
        with ExitStack() as stack:
            screens = [
                stack.enter_context(screen(table.command(), in_library(home)))
                for home in table.homes.values()
            ]
            painted(screens, "Structure wanted")
            drain(screens, 1.0, patience=4)
            relay.kill()
            _write_alone(screens, seconds)
            relay.start()
            began = time.perf_counter()
            letters = set(LETTERS[: len(screens)])
            of_others = {
                each: "".join(letters - {own}) for each, own in zip(screens, LETTERS, strict=False)
            }
            back = all_painted(of_others) - began
    finally:
        relay.kill()
    what = f"in step after {seconds:.0f} s without a relay, on three screens"
    return Figure(what, "s", back, 2.0)


def _write_alone(screens: Sequence[Screen], seconds: float) -> None:
    """Press one letter on each screen, then let time pass."""
    until = time.perf_counter() + seconds
    for each, letter in zip(screens, LETTERS, strict=False):
        each.press(letter)
    while (left := until - time.perf_counter()) > 0:
        drain(screens, left, patience=left)


def _starts(folder: Path, scale: Scale, peer: bool) -> Iterator[Figure]:
    home = folder / "few"
    contract = long_section(home, 1_000)
    library = _first([OPEN], home, "Tidepools", scale.starts)
    theirs = None
    if peer:
        theirs = _first(elva.editor(folder / "elva"), folder / "elva", elva.A_COLOUR, scale.starts)
    yield Figure("first screen of contract-tui", "s", library, 0.4, _peer(peer), theirs)
    deep = folder / "deep"
    short, long = [OPEN, "open", contract], [OPEN, "open", long_past(deep, scale.deep)]
    for when, (alone, opened) in _openings(short, home, long, deep):
        what = f"opening {scale.deep:,} changes {when}"
        yield Figure(f"{what}, beyond a short contract", "s", opened - alone, 1.0)
        yield Figure(f"{what}, from the command to the text", "s", opened)


def _openings(
    short: list[str], few: Path, long: list[str], deep: Path
) -> Iterator[tuple[str, tuple[float, float]]]:
    """Open what no program has seen before, in a library of its own each time; then again.

    Yields the median seconds of a short contract and of that, opened in turns on a computer that
    others use.
    """
    copies = [deep.with_name(f"{deep.name}-{number}") for number in range(OPENINGS)]
    for copy in copies:
        shutil.copytree(deep, copy)
    _start(short, few, SHOWN)
    for when in ("never seen before", "once more"):
        pairs = [(_start(short, few, SHOWN), _start(long, copy, SHOWN)) for copy in copies]
        alone, opened = zip(*pairs, strict=True)
        yield when, (percentile(alone, 0.5), percentile(opened, 0.5))


def _first(command: list[str], home: Path, mark: str, times: int) -> float:
    """Return the median seconds from the command to a mark on the screen, after one start."""
    _start(command, home, mark)
    return percentile([_start(command, home, mark) for _ in range(times)], 0.5)


def _start(command: list[str], home: Path, mark: str) -> float:
    """Return the seconds from the command to a mark on the screen, compiled as once installed."""
    environment = in_library(home)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with screen(command, environment) as running:
        return painted([running], mark)[0] - running.began


def _peer(peer: bool) -> str:
    return elva.NAME if peer else ""
