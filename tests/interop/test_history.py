"""What JavaScript writes, in all ways that Automerge knows, is let in."""

import subprocess

import pytest

from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.graph import Graph
from tests.interop import npm
from tests.sync_server.protocol.seeds import javascript


def written(seed: int, steps: int) -> list[Change]:
    command = ["node", str(npm.script("history.mjs")), str(seed), str(steps)]
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
