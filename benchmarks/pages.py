"""Where what was measured is shown: between two marks for each part, on each page that has them."""

import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "README.md", ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When a measurement began, and what else the computer was doing then."""

    began: float
    """In seconds of the monotonic clock."""
    load: float
    """Processes that were running or waiting to, over the last minute."""

    @classmethod
    def now(cls) -> Self:
        """Look at the computer before it is made busy."""
        return cls(time.monotonic(), os.getloadavg()[0])

    def told(self) -> str:
        """Return one sentence, for above the table."""
        day = time.strftime("%Y-%m-%d", time.gmtime())
        minutes = (time.monotonic() - self.began) / 60
        return (
            f"Measured on {day}, in {minutes:.0f} minutes, on {os.cpu_count()} cores"
            f" ({platform.machine()}, {platform.system()}) with a load of {self.load:.1f}"
            f" before it began, CPython {platform.python_version()}."
        )


def keep(part: str, measured: str) -> None:
    """Put what was measured of one part where pages show it; raises LookupError if none does."""
    begin, end = f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->\n"
    showing = [page for page in PAGES if begin in page.read_text()]
    if not showing:
        raise LookupError(f"no page shows what was measured of {part}")
    for page in showing:
        before, _, rest = page.read_text().partition(begin)
        _, _, after = rest.partition(end)
        page.write_text(before + begin + measured + end + after)
