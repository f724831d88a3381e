"""Search for inputs that a reader neither takes nor refuses: `python -m tests.fuzz [READER…]`."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.kept import keep, kept

_LONGEST_INPUT = 4096


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", help="which; all of them without")
    parser.add_argument("--seconds", type=int, default=10, help="how long for each (10)")
    parser.add_argument("--runs", type=int, default=1_000_000, help="how many inputs at most")
    parser.add_argument("--keep", action="store_true", help="keep some new inputs")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.into:
        search(args.readers[0], args.into, args.seconds, args.runs)
    from tests.fuzz.targets import TARGETS

    failed = []
    for name in args.readers or TARGETS:
        print(f"{name} …", flush=True)
        with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as folder:
            found = Path(folder)
            limits = ["--seconds", str(args.seconds), "--runs", str(args.runs)]
            done = subprocess.run(
                [sys.executable, "-m", "tests.fuzz", name, "--into", folder, *limits],
                check=False,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
            if done.returncode:
                failed.append(name)
                print(done.stdout)
                print("input:", *(one.read_bytes().hex() for one in found.glob("crash-*")))
            elif args.keep:
                keep(name, (one.read_bytes() for one in (found / "new").iterdir()))
    print(f"failed: {', '.join(failed)}" if failed else "everything was taken or refused in order")
    return 1 if failed else 0


def search(name: str, folder: Path, seconds: int, runs: int) -> None:
    """Search for one reader and end the process, as atheris does."""
    import atheris

    with atheris.instrument_imports(include=["sync_server", "contract_tui"]):
        from tests.fuzz.targets import TARGETS

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
        TARGETS[name](data)

    atheris.Setup([sys.argv[0], *options, str(new), str(old)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
