"""What JavaScript writes, in all ways that Automerge knows, is let in."""

import json
import subprocess
from functools import cache

import pytest

from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.past import UNKNOWN
from tests.interop import npm
from tests.sync_server.protocol.seeds import javascript


def written(seed: int, steps: int) -> list[Change]:
    command = [*npm.NODE, str(npm.script("history.mjs")), str(seed), str(steps)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return parse_changes([bytes.fromhex(line) for line in done.stdout.split()])


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_what_javascript_writes_is_let_in(seed: int) -> None:
    changes = written(seed, 100)
    graph = Graph(validate=True)
    assert len(changes) > 50
    assert graph.add(changes) == changes


@pytest.mark.skipif(npm.NEWEST, reason="the bytes that are kept are of the pinned version")
def test_the_kept_history_is_what_javascript_writes() -> None:
    assert [change.raw for change in written(3, 120)] == [change.raw for change in javascript()]


@cache
def all_written_earlier() -> str:
    command = [*npm.NODE, str(npm.script("earlier.mjs"))]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def written_earlier(kind: str) -> tuple[list[Change], Change, dict[str, str]]:
    """A history, a change that was made at an earlier version of it, and what Automerge does."""
    said = json.loads(all_written_earlier())[kind]
    (change,) = parse_changes([bytes.fromhex(said.pop("change"))])
    return parse_changes([bytes.fromhex(raw) for raw in said.pop("before")]), change, said


@pytest.mark.parametrize("kind", ["typing", "replacing", "marking"])
def test_what_javascript_writes_at_an_earlier_version_is_let_in(kind: str) -> None:
    before, change, automerge = written_earlier(kind)
    assert "failed" not in automerge["alone"]
    graph = Graph(validate=True)
    graph.add(before)
    assert graph.add([change]) == [change]


def test_what_refers_to_a_mark_outside_its_past_is_refused_as_it_breaks_automerge() -> None:
    """Such is what `changeAt` writes beside a mark that was made later, a mistake of Automerge's.

    Where all is known it does no harm. A peer with nothing but its past is broken by it, and so a
    relay that let it in would break whoever gets that much first.
    """
    before, change, automerge = written_earlier("behindLaterMark")
    assert automerge["alone"].startswith("failed: ")
    assert automerge["together"] == "helYlo"
    graph = Graph(validate=True)
    graph.add(before)
    with pytest.raises(BadChunk, match=UNKNOWN):
        graph.add([change])
