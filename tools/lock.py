"""Write requirements/*.txt from pyproject.toml: exact versions, hashes, no address of any index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "# Every dependency with its exact version and the hashes of its files;"
    " written by `make lock`.\n"
)
COMMON = [
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-annotate",
    "--no-header",
    "--no-emit-options",
    "--build-deps-for=editable",
]


def lock(kind: str, *options: str) -> None:
    """Resolve one set of dependencies, keeping locked versions that still fit."""
    target = ROOT / "requirements" / f"{kind}.txt"
    print(f"Resolving requirements/{kind}.txt …", flush=True)
    command = [sys.executable, "-m", "piptools", "compile", *COMMON, *options]
    subprocess.run([*command, "--output-file", str(target), "pyproject.toml"], cwd=ROOT, check=True)
    pins = [line for line in target.read_text().splitlines(True) if line[0] not in "#\n"]
    target.write_text(HEADER + "".join(pins))


if __name__ == "__main__":
    lock("runtime")
    lock("development", "--extra=development")
