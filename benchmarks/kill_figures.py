"""What it costs those who write when the relay dies: nothing that anybody else has seen."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from tests.kills import Toll, tolls

FULL, QUICK = 1_000, 20
_WORD_AFTER = 50
"""Kills between two words about how far it is."""


async def kill_figures(quick: bool) -> AsyncIterator[Figure]:
    """Kill the relay so often, power-safe as it is by default, and count the keys."""
    kills = QUICK if quick else FULL
    toll = Toll()
    with TemporaryDirectory() as folder:
        async for toll in tolls(Path(folder), kills):
            if toll.kills % _WORD_AFTER == 0:
                sys.stderr.write(f"  {toll.kills} of {kills} kills\n")
    of = f"of {toll.delivered:,} delivered in {toll.kills:,} kills of the relay"
    yield Figure(f"keys lost {of}", "keys", toll.missing, 0)
    yield Figure(f"keys twice {of}", "keys", toll.repeated, 0)
