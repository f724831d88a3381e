"""Brings automerge-repo from npm into a cache outside the tree, exactly as locked."""

import hashlib
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEWEST = os.environ.get("AUTOMERGE_REPO") == "newest"
_NEWEST_PACKAGES = [
    "@automerge/automerge-repo@latest",
    "@automerge/automerge-repo-network-websocket@latest",
    "@automerge/automerge-repo-storage-nodefs@latest",
    "@automerge/automerge-repo-sync-server@latest",
]
NODE = ("node", "--liftoff-only")
"""Node as the tests start it: what runs for a second is never worth compiling a second time."""
_QUIET = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]


def why_not() -> str | None:
    """Return why the npm programs cannot be used here, None if they can."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            return f"{program} is not installed here (on Debian and Ubuntu: apt install nodejs npm)"
    return None


def installed() -> Path:
    """Return a folder whose node_modules hold the programs, installing them on first use.

    It appears in one step, so that an interrupted or a concurrent installation does no harm.
    """
    target = _cache() / _version()
    if not target.exists():
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        partial.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, partial)
        _npm(partial, "ci", *_QUIET)
        if NEWEST:
            _npm(partial, "install", *_QUIET, *_NEWEST_PACKAGES)
        try:
            partial.rename(target)
        except OSError:  # another process was first
            shutil.rmtree(partial)
    return target


def script(name: str) -> Path:
    """Return a script of this folder, laid where Node finds its packages."""
    source = HERE / name
    target = installed() / f"{_digest(source)}-{name}"
    if not target.exists():
        partial = target.with_suffix(f".{os.getpid()}")
        shutil.copy(source, partial)
        partial.replace(target)
    return target


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "contract-tui" / "npm"


def _version() -> str:
    day = f"newest-{datetime.now(UTC):%Y-%m-%d}"
    return day if NEWEST else _digest(HERE / "package-lock.json")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _npm(folder: Path, *arguments: str) -> None:
    subprocess.run(["npm", *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL)
