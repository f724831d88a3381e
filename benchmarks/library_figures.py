"""How long a person with many contracts waits for the list of them."""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import elva
from benchmarks.contracts import long_section
from benchmarks.figures import Figure, percentile
from benchmarks.screens import drain, painted, screen
from contract_tui.library.library import Library
from contract_tui.session.copies.summing import rebuild
from tests.programs import BIN, in_library

LIST = [str(BIN / "contract-tui")]
MANY, LENGTH = 100, 1_000
SUMMED_UP, LEFT = "only you so far", "Nothing here fits"
BUDGET = 0.5
"""Seconds from the command; most of them are those of the program itself, with one contract too."""
FULL, QUICK = 9, 3


async def library_figures(quick: bool) -> AsyncIterator[Figure]:
    """Measure the list with one contract and with many, all summed up."""
    times = QUICK if quick else FULL
    theirs = None
    with TemporaryDirectory() as folder:
        home = Path(folder)
        if elva.program() is not None:
            theirs = _first(elva.editor(home / "elva"), home / "elva", elva.A_COLOUR, times)
        few = await _many(home / "few", 1)
        many = await _many(home / "many", MANY)
        alone, listed = _beside(few, many, times)
        found = percentile([_found(many) for _ in range(times)], 0.5)
    what = f"first screen with {MANY} contracts"
    peer = elva.NAME if theirs is not None else ""
    yield Figure(f"{what}, from the command", "s", listed, BUDGET, peer, theirs)
    yield Figure(f"{what}, beyond one with a single contract", "s", listed - alone)
    yield Figure(f"a letter that leaves none of {MANY} contracts, to the screen", "s", found)


async def _many(home: Path, count: int) -> Path:
    """Make a library of contracts that were written in, each with its summary."""
    for _ in range(count):
        long_section(home, LENGTH)
    with Library(home) as library:
        for entry in library.entries():
            await rebuild(library, entry.id)
    return home


def _beside(few: Path, many: Path, times: int) -> tuple[float, float]:
    """Return the median seconds to both lists, started in turns on a computer that others use."""
    rounds = [[_start(LIST, home, SUMMED_UP) for home in (few, many)] for _ in range(times + 1)]
    alone, listed = zip(*rounds[1:], strict=True)
    return percentile(alone, 0.5), percentile(listed, 0.5)


def _first(command: list[str], home: Path, mark: str, times: int) -> float:
    """Return the median seconds from the command to a mark on the screen, after one start."""
    return percentile([_start(command, home, mark) for _ in range(times + 1)][1:], 0.5)


def _start(command: list[str], home: Path, mark: str) -> float:
    environment = in_library(home)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled, as once installed
    with screen(command, environment) as running:
        return painted([running], mark)[0] - running.began


def _found(home: Path) -> float:
    """Return the seconds from a letter that no contract has to the sentence that says so."""
    with screen(LIST, in_library(home)) as running:
        painted([running], SUMMED_UP)
        running.press("/")
        drain([running], 1.0, patience=4)
        at = running.press("ж")
        return painted([running], LEFT)[0] - at
