"""Thousands of changes that nobody would write: what is let in harms no document.

Level by level the validation was found by such mutants. Automerge itself is the judge of them, in
a process that may die.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.operations import operations
from tests.sync_server.protocol.apart import Name, put_together, take_apart
from tests.sync_server.protocol.mutants import Around, mutant
from tests.sync_server.protocol.seeds import contract, javascript, three_people

ROOT = Path(__file__).resolve().parents[3]
HISTORIES: dict[str, Callable[[], Sequence[Change]]] = {
    "contract": contract,
    "javascript": javascript,
    "three-people": lambda: three_people(1, 60),
}


def graph_of(changes: Sequence[Change], *, trusted: bool = False) -> Graph:
    graph = Graph(validate=True)
    assert len(graph.add(changes, trusted=trusted)) == len(changes)
    return graph


class Judge:
    """Automerge in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def harms(
        self, past: Sequence[Change], beside: Sequence[Change], changes: Sequence[Change]
    ) -> list[str]:
        """Say of each change how it harms a document with this past; empty for none."""
        order = {
            "past": [one.raw.hex() for one in past],
            "beside": [one.raw.hex() for one in beside],
            "changes": [(one.hash.hex(), one.raw.hex()) for one in changes],
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answers = [self._process.stdout.readline() or '"it died"' for _ in changes]
        return [str(json.loads(answer)) for answer in answers]


@contextmanager
def judging() -> Iterator[Judge]:
    command = [sys.executable, "-m", "tests.sync_server.protocol.harm"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Judge(process)
        assert process.stdin
        process.stdin.close()


def beside(changes: Sequence[Change], at: int) -> list[Change]:
    """What comes later in a history and needs neither a change nor anything of its author."""
    gone = {changes[at].hash}
    out: list[Change] = []
    for change in changes[at + 1 :]:
        if change.actor == changes[at].actor or not gone.isdisjoint(change.deps):
            gone.add(change.hash)
        else:
            out.append(change)
    return out


def admitted(
    history: Sequence[Change], at: int, count: int, chance: random.Random
) -> tuple[int, list[Change]]:
    """Mutants of the change at a place: how many there were, and those that are let in."""
    past = history[:at]
    graph = graph_of(past, trusted=True)
    names: list[Name] = [
        (one.id.counter, one.id.actor) for change in past for one in operations(change.raw)
    ] or [(1, b"nobody")]
    hashes: list[bytes] = [change.hash for change in past] or [bytes(32)]
    around = Around(names, hashes, [change.raw for change in history], chance)
    seen, found = {change.hash for change in history}, []
    made = 0
    for _ in range(count):
        try:
            (change,) = parse_changes([mutant(history[at].raw, around)])
        except (BadChunk, ValueError):
            made += 1
            continue
        if change.hash in seen:
            continue
        seen.add(change.hash)
        made += 1
        try:
            entered = graph.add([change])
        except BadChunk:
            continue
        if entered:
            found.append(change)
            graph = graph_of(past, trusted=True)
    return made, found


def search(name: str, total: int, seed: int) -> None:
    history = HISTORIES[name]()
    chance = random.Random(seed)
    made = 0
    let_in: list[str] = []
    with judging() as judge:
        while made < total:
            at = chance.randrange(len(history))
            count, found = admitted(history, at, 50, chance)
            made += count
            later = beside(history, at)
            if any((one.deps, one.actor) != (history[at].deps, history[at].actor) for one in found):
                later = []  # it may contradict what came beside, as no honest change does
            harms = judge.harms(history[:at], later, found)
            let_in += [
                f"{harm}: {change.raw.hex()} after {at}"
                for harm, change in zip(harms, found, strict=True)
                if harm
            ]
            assert not let_in
    assert made >= total


@pytest.mark.parametrize("name", HISTORIES)
def test_honest_changes_are_let_in(name: str) -> None:
    history = HISTORIES[name]()
    assert graph_of(history).hashes == [change.hash for change in history]


@pytest.mark.parametrize("name", HISTORIES)
def test_honest_changes_do_no_harm(name: str) -> None:
    history = HISTORIES[name]()
    with judging() as judge:
        for at in range(0, len(history), 7):
            assert judge.harms(history[:at], beside(history, at), [history[at]]) == [""]


def test_what_is_put_together_is_what_automerge_writes() -> None:
    history = [*contract(), *three_people(1, 60)]
    assert [put_together(take_apart(change.raw)) for change in history] == [
        change.raw for change in history
    ]


@pytest.mark.parametrize("name", HISTORIES)
def test_a_few_mutants_that_are_let_in_do_no_harm(name: str) -> None:
    search(name, 200, 1)


@pytest.mark.soak
@pytest.mark.parametrize("name", HISTORIES)
def test_tens_of_thousands_of_mutants_that_are_let_in_do_no_harm(name: str) -> None:
    # The same on every run, as everything that others wait for; MUTANTS=2 looks somewhere new.
    search(name, 20_000, seed=int(os.environ.get("MUTANTS", "1")))
