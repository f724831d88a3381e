"""Search for inputs that a reader neither takes nor refuses: `python -m tests.fuzz [READER…]`."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.kept import keep, kept

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

_LONGEST_INPUT = 4096


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", help="which; all of them without")
    parser.add_argument("--seconds", type=int, default=10, help="how long for each (10)")
    parser.add_argument("--runs", type=int, default=1_000_000, help="how many inputs at most")
    parser.add_argument("--keep", action="store_true", help="keep some new inputs")
    args = parser.parse_args()
    targets = instrumented()
    failed = []
    for name in args.readers or targets:
        print(f"{name} …", flush=True)
        with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as folder:
            found = Path(folder)
            if not ends_well(targets[name], name, found, args.seconds, args.runs):
                failed.append(name)
                print((found / "said").read_text(errors="replace"))
                print("input:", *(one.read_bytes().hex() for one in found.glob("crash-*")))
            elif args.keep:
                keep(name, (one.read_bytes() for one in (found / "new").iterdir()))
    print(f"failed: {', '.join(failed)}" if failed else "everything was taken or refused in order")
    return 1 if failed else 0


def instrumented() -> dict[str, Target]:
    """Every reader, made to tell atheris where it goes; that takes longer than a short search."""
    import atheris

    with atheris.instrument_imports(include=["sync_server", "contract_tui"]):
        from tests.fuzz.targets import TARGETS

    return TARGETS


def ends_well(reader: Target, name: str, folder: Path, seconds: int, runs: int) -> bool:
    """Search for one reader in a process of its own, a copy of this one."""
    copy = multiprocessing.get_context("fork")
    searching = copy.Process(target=search, args=(reader, name, folder, seconds, runs))
    searching.start()
    searching.join()
    return searching.exitcode == 0


def search(reader: Target, name: str, folder: Path, seconds: int, runs: int) -> None:
    """Search for one reader and end the process, as atheris does."""
    import atheris

    with (folder / "said").open("wb") as said:
        for out in (sys.stdout, sys.stderr):
            os.dup2(said.fileno(), out.fileno())

    new, old = folder / "new", folder / "old"
    new.mkdir()
    old.mkdir()
    for number, data in enumerate(kept(name)):
        (old / str(number)).write_bytes(data)
    options = [
        f"-max_total_time={seconds}",
        f"-runs={runs}",
        f"-max_len={_LONGEST_INPUT}",
        f"-artifact_prefix={folder}/",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-seed=1",
    ]

    def read(data: bytes) -> None:
        reader(data)

    atheris.Setup([sys.argv[0], *options, str(new), str(old)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
