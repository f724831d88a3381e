"""What a person waits for who walks through a contract's past."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.contracts import SHOWN, long_memory
from benchmarks.figures import Figure, percentile
from benchmarks.nine_months import nine_months
from benchmarks.screens import Screen, drain, painted, screen
from contract_tui.contract.contract import Contract
from contract_tui.history.comparison import compare
from contract_tui.history.history import History
from contract_tui.history.turns import Turn
from contract_tui.history.walk import Walk
from contract_tui.library.library import Library
from contract_tui.session.copies.opening import load
from contract_tui.session.copies.remembering import read_history
from contract_tui.session.slices import do_slices
from contract_tui.ui.timeline.pace import reading_time
from sync_server.access.proof import Role
from sync_server.protocol.ids import Actor, parse_document_id
from tests.programs import BIN, in_library

OPEN = str(BIN / "contract-tui")
AUTOMERGE = "Automerge"
F3, LEFT, HOME = "\x1bOR", "\x1b[D", "\x1b[H"
PLAYED = 8
"""Turns that are played."""
MOST_BYTES = 200.0
"""Megabytes of the whole program with the history open."""
STEP = 33.0
LONGEST_PAUSE = 15.0
"""Milliseconds that a key waits at most for what goes on behind it."""
_Result = TypeVar("_Result")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    changes: tuple[tuple[int, float], ...]
    """How many, and in how many seconds their history is to be open."""
    steps: int


FULL = Scale(changes=((10_000, 0.5), (50_000, 2.0)), steps=100)
QUICK = Scale(changes=((2_000, 0.5),), steps=20)


async def history_figures(quick: bool) -> AsyncIterator[Figure]:
    """Measure the past of a contract on a screen, and beside Automerge's own reading of it."""
    scale = QUICK if quick else FULL
    with TemporaryDirectory() as folder:
        yield await _agreement(Path(folder), scale.changes[0][0])
    for changes, budget in scale.changes:
        with TemporaryDirectory() as folder:
            home = Path(folder)
            contract, turns = long_memory(home, changes)
            pauses = await _pauses(home, contract)
            for figure in _on_screen(home, contract, turns, changes, budget, scale.steps, pauses):
                yield figure
            async for figure in _beneath(home, contract, changes, scale.steps):
                yield figure


def _on_screen(
    home: Path,
    contract: str,
    turns: int,
    changes: int,
    budget: float,
    steps: int,
    pauses: list[float],
) -> Iterator[Figure]:
    what = f"history of {changes:,} changes"
    with screen([OPEN, "open", contract], in_library(home)) as once:
        painted([once], SHOWN)  # looked at thoroughly, as what is new here is
    with screen([OPEN, "open", contract], in_library(home)) as running:
        painted([running], SHOWN)
        drain([running], 1.0, patience=5)
        pressed = running.press(F3)
        [shown] = painted([running], f"Turn {turns} of {turns}")
        yield Figure(f"{what}: opening it", "s", shown - pressed, budget)
        drain([running], 1.0, patience=5)
        taken = [_step(running, turn, turns) for turn in range(turns - 1, turns - 1 - steps, -1)]
        for label, share in (("p50", 0.5), ("p95", 0.95)):
            limit = STEP if share > 0.5 else None
            yield Figure(f"{what}: one step, {label}", "ms", percentile(taken, share), limit)
        late = _playing(running, turns, pauses)
        yield Figure(f"{what}: playing, latest behind its beat", "ms", late, STEP)
        if (megabytes := _memory(running)) is not None:
            yield Figure(f"{what}: memory of the program", "MB", megabytes, MOST_BYTES)


def _step(running: Screen, turn: int, turns: int) -> float:
    """Go to the turn before; returns the milliseconds until the screen says so."""
    pressed = running.press(LEFT)
    [shown] = painted([running], f"Turn {turn} of {turns}")
    drain([running], 0.06, patience=0.5)
    return (shown - pressed) * 1000


def _playing(running: Screen, turns: int, pauses: list[float]) -> float:
    """Let the first turns play; returns by how many milliseconds one was late at most."""
    running.press(HOME)
    painted([running], f"Turn 1 of {turns}")
    drain([running], 1.0, patience=5)
    running.press(" ")
    [before] = painted([running], f"Turn 2 of {turns}")
    late: list[float] = []
    for number, pause in enumerate(pauses[1:], 3):
        [shown] = painted([running], f"Turn {number} of {turns}")
        late.append(shown - before - pause)
        before = shown
    running.press(" ")
    drain([running], 1.0, patience=5)
    return max(late) * 1000


async def _pauses(home: Path, contract: str) -> list[float]:
    """Return for how many seconds each of the first turns stays while the past is played."""
    with Library(home) as library:
        name = parse_document_id(contract)
        replica = await load(library.journal(name), name, Actor(os.urandom(16)))
        walk = Walk(await read_history(replica))
        pauses: list[float] = []
        for index in range(PLAYED):
            walk.go(index)
            pauses.append(reading_time(walk))
        return pauses


def _memory(running: Screen) -> float | None:
    """Return the megabytes that a program has in memory; None where the system does not tell."""
    pages = Path(f"/proc/{running.process.pid}/statm")
    return int(pages.read_text().split()[1]) * _PAGE / 1e6 if pages.exists() else None


async def _beneath(home: Path, contract: str, changes: int, steps: int) -> AsyncIterator[Figure]:
    """Measure without a screen: the longest pause, and one step beside Automerge's."""
    what = f"history of {changes:,} changes"
    with Library(home) as library:
        name = parse_document_id(contract)
        replica = await load(library.journal(name), name, Actor(os.urandom(16)))
        history, pause = await _beside_others(read_history(replica))
        yield Figure(f"{what}: longest pause while it is read", "ms", pause)
        turns = history.turns[-1 : -1 - steps : -1]
        ours = [_timed(partial(_told, history, turn)) for turn in turns]
        theirs = [_theirs(replica.contract, history, turn) for turn in turns]
        yield Figure(
            f"{what}: every word of a version compared, p95",
            "ms",
            percentile(ours, 0.95),
            peer=f"{AUTOMERGE}, both texts",
            by_peer=percentile(theirs, 0.95),
        )


async def _agreement(home: Path, changes: int) -> Figure:
    """Find out where everybody stands who agreed three times, as it is done behind the screen."""
    contract = nine_months(home, changes)
    with Library(home / Role.STUDENT.value) as library:
        name = parse_document_id(contract)
        replica = await load(library.journal(name), name, Actor(os.urandom(16)))
        _, pause = await _beside_others(do_slices(replica.contract.answers.working_out()))
    what = f"agreement of {changes:,} changes: longest pause while it is worked out"
    return Figure(what, "ms", pause, LONGEST_PAUSE)


async def _beside_others(work: Coroutine[object, object, _Result]) -> tuple[_Result, float]:
    """Do work; returns what comes of it, and the longest time in ms without anything else."""
    pauses = [0.0]
    last = time.perf_counter()

    async def live() -> None:
        nonlocal last
        while True:
            now = time.perf_counter()
            pauses.append(now - last)
            last = now
            await asyncio.sleep(0)

    living = asyncio.create_task(live())
    done = await work
    await asyncio.sleep(0)
    living.cancel()
    return done, max(pauses) * 1000


def _told(history: History, turn: Turn) -> None:
    """Compare every word before and after a turn."""
    past = history.past
    for part in past.chronicles:
        compare(past, part, past.until(turn.begin), past.until(turn.end))


def _theirs(contract: Contract, history: History, turn: Turn) -> float:
    """Return the milliseconds in which Automerge reads the words of both versions."""
    ends = [history.heads(history.past.until(end)) for end in (turn.begin, turn.end)]

    def read() -> None:
        for heads in ends:
            for part in history.past.chronicles:
                contract.text_at(part, heads)

    return _timed(read)


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000
