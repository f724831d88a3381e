"""Run every measurement; one table of each part is kept in README.md and docs/benchmarks.md."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator

from benchmarks.conference_figures import conference_figures
from benchmarks.figures import Figure, table
from benchmarks.history_figures import history_figures
from benchmarks.kill_figures import kill_figures
from benchmarks.library_figures import library_figures
from benchmarks.pages import Circumstances, keep
from benchmarks.relay_figures import relay_figures
from benchmarks.room_figures import room_figures
from benchmarks.screen_figures import screen_figures
from benchmarks.storm_figures import storm_figures

PARTS = {
    "screen": screen_figures,
    "library": library_figures,
    "history": history_figures,
    "relay": relay_figures,
    "rooms": room_figures,
    "storm": storm_figures,
    "kills": kill_figures,
    "conference": conference_figures,
}
"""In the order of what is felt first; each is measured beside its peers in one run."""


async def main(parts: list[str], quick: bool) -> None:
    """Say what is being found out while it is; a rough look is kept nowhere."""
    for part in parts:
        sys.stderr.write(f"{part}\n")
        circumstances = Circumstances.now()
        figures = [figure async for figure in _told(PARTS[part](quick))]
        measured = table(figures)
        sys.stdout.write(measured + "\n")
        if not quick:
            keep(part, f"{circumstances.told()}\n\n{measured}\n")


async def _told(figures: AsyncIterator[Figure]) -> AsyncIterator[Figure]:
    async for figure in figures:
        by_peer = "" if figure.by_peer is None else f" ({figure.peer}: {figure.by_peer:.2f})"
        sys.stderr.write(f"  {figure.what}: {figure.measured:.2f} {figure.unit}{by_peer}\n")
        yield figure


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a rough look, kept nowhere")
    parser.add_argument("part", nargs="?", choices=PARTS, help="measure this alone")
    options = parser.parse_args()
    asyncio.run(main([options.part] if options.part else list(PARTS), options.quick))
