"""Run every measurement, print one table and keep it in the README and in docs/benchmarks.md."""

import argparse
import asyncio
import os
import platform
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

from benchmarks import (
    kill_figures,
    relay_figures,
    room_figures,
    screen_figures,
    storm_figures,
)
from benchmarks.figures import Figure, table

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "README.md", ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"


async def measure(quick: bool, only: str) -> AsyncIterator[Figure]:
    """Measure one thing after the other."""
    if only in ("", "screen"):
        scale = screen_figures.QUICK if quick else screen_figures.FULL
        for figure in screen_figures.screen_figures(scale):
            yield figure
    if only in ("", "relay"):
        relay_scale = relay_figures.QUICK if quick else relay_figures.FULL
        async for figure in relay_figures.relay_figures(relay_scale):
            yield figure
    if only == "rooms":
        rooms = room_figures.QUICK if quick else room_figures.FULL
        async for figure in room_figures.room_figures(rooms):
            yield figure
    if only == "storm":
        storm = storm_figures.QUICK if quick else storm_figures.FULL
        async for figure in storm_figures.storm_figures(storm):
            yield figure
    if only == "kills":
        kills = kill_figures.QUICK if quick else kill_figures.FULL
        for figure in await kill_figures.kill_figures(kills):
            yield figure


async def main(quick: bool, only: str) -> None:
    """Say what is being found out while it is."""
    began, load = time.monotonic(), os.getloadavg()[0]
    figures = []
    async for figure in measure(quick, only):
        figures.append(figure)
        by_peer = "" if figure.by_peer is None else f" ({figure.peer}: {figure.by_peer:.2f})"
        sys.stderr.write(f"  {figure.what}: {figure.measured:.2f} {figure.unit}{by_peer}\n")
    measured = table(figures)
    sys.stdout.write(measured + "\n")
    if not quick and not only:
        _keep(f"{_where(time.monotonic() - began, load)}\n\n{measured}\n")


def _where(seconds: float, load: float) -> str:
    day = time.strftime("%Y-%m-%d", time.gmtime())
    return (
        f"Measured on {day}, in {seconds / 60:.0f} minutes, on {os.cpu_count()} cores"
        f" ({platform.machine()}, {platform.system()}) with a load of {load:.1f} before it began,"
        f" CPython {platform.python_version()}."
    )


def _keep(measured: str) -> None:
    """Put what was measured between the two marks of each page."""
    for page in PAGES:
        before, rest = page.read_text().split(BEGIN)
        _, after = rest.split(END)
        page.write_text(before + BEGIN + measured + END + after)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a rough look, in three minutes")
    parts = "screen", "relay", "rooms", "storm", "kills"
    parser.add_argument("part", nargs="?", choices=parts, help="measure this alone")
    parser.add_argument("--only", choices=parts, help=argparse.SUPPRESS)
    options = parser.parse_args()
    asyncio.run(main(options.quick, options.part or options.only or ""))
