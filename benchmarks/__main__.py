"""Run every measurement, print one table and keep it in docs/benchmarks.md."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from benchmarks.figures import Figure, table
from benchmarks.relay_figures import FULL, QUICK, relay_figures

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


async def measure(quick: bool) -> AsyncIterator[Figure]:
    """Measure one thing after the other."""
    async for figure in relay_figures(QUICK if quick else FULL):
        yield figure


async def main(quick: bool) -> None:
    """Say what is being found out while it is."""
    figures = []
    async for figure in measure(quick):
        figures.append(figure)
        sys.stderr.write(f"  {figure.what}: {figure.measured:.2f} {figure.unit}\n")
    sys.stdout.write(table(figures) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a rough look, in two minutes")
    asyncio.run(main(parser.parse_args().quick))
