"""Make .venv hold exactly the locked dependencies and this project.

Usage: `prepare.py runtime|development`.

Runs on the bare Python that `find-python.sh` found, so it uses the standard library alone. What it
did is noted in a stamp, written last: an interrupted run has no stamp and is begun again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "prepared.json"
PIP = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input")

Stamp = dict[str, str]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lock_of(kind: str) -> Path:
    """Return the lock file of `runtime` or `development`."""
    return ROOT / "requirements" / f"{kind}.txt"


def read_stamp() -> Stamp:
    """Return what the last finished run prepared, or nothing."""
    try:
        stamp = json.loads(STAMP.read_text())
        return stamp if isinstance(stamp, dict) and PYTHON.exists() else {}
    except (OSError, ValueError):
        return {}


def write_stamp(stamp: Stamp) -> None:
    """Note what was prepared, in one step."""
    partial = STAMP.with_suffix(".partial")
    partial.write_text(json.dumps(stamp, indent=2))
    partial.replace(STAMP)


def stop(sentence: str) -> NoReturn:
    """End with one sentence for the person who ran `make`."""
    sys.exit(sentence)


def show_progress(line: str, total: int, seen: set[str]) -> None:
    """Turn pip's `Collecting name==1.0` into a count that is rewritten in place on a terminal."""
    found = re.match(r"Collecting ([\w.-]+)", line)
    if found:
        seen.add(found[1])
        if sys.stdout.isatty():
            print(f"\r\x1b[K  {len(seen)} of {total}: {found[1]}", end="", flush=True)
    elif line.startswith("Installing collected packages") and sys.stdout.isatty():
        print("\r\x1b[K  unpacking", end="", flush=True)


def pip(*arguments: str, total: int = 0) -> None:
    """Run pip quietly; show how far it is, and all it said only if it fails."""
    command = [*PIP, "install", "--progress-bar", "off", *arguments]
    said: list[str] = []
    seen: set[str] = set()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            said.append(line)
            show_progress(line.strip(), total, seen)
    if sys.stdout.isatty():
        print("\r\x1b[K", end="", flush=True)
    if process.returncode:
        sys.stderr.writelines(said[-20:])
        stop("pip could not install what is locked; its last words are above.")


def make_environment() -> None:
    """Make `.venv` anew, so that nothing of an earlier lock stays in it."""
    print(
        f"Making a virtual environment in .venv with Python {sys.version.split()[0]} …", flush=True
    )
    try:
        venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f"The virtual environment in .venv could not be made: {error}")


def install_locked(kind: str) -> None:
    """Install the lock's packages, each checked against its hashes."""
    lock = lock_of(kind)
    total = len(re.findall(r"^[\w.-]+==", lock.read_text(), re.MULTILINE))
    print(f"Installing the {total} packages of requirements/{kind}.txt …", flush=True)
    pip("--require-hashes", "--requirement", str(lock), total=total)


def install_project() -> None:
    """Install the project itself, so that its commands run from the work tree.

    As a plain path: the import hook of the other way costs every start 20 ms.
    """
    print("Installing contract-tui and sync-server …", flush=True)
    plain = ("--config-settings", "editable_mode=compat")
    pip("--quiet", "--no-deps", "--no-build-isolation", *plain, "--editable", ".")


def prepare(kind: str) -> None:
    """Bring `.venv` to what the lock says, doing only what is not done yet."""
    wanted = {name: digest(lock_of(name)) for name in ("runtime", "development")}
    project = digest(ROOT / "pyproject.toml")
    done = read_stamp()
    stale = any(done.get(name) not in (None, wanted[name]) for name in wanted)
    if not done or stale:
        STAMP.unlink(missing_ok=True)
        make_environment()
        done = {}
    satisfied = done.get("development") or (kind == "runtime" and done.get("runtime"))
    if not satisfied:
        install_locked(kind)
        done[kind] = wanted[kind]
    if done.get("project") != project:
        install_project()
        done["project"] = project
        write_stamp(done)
        print("Ready.", flush=True)
    elif not satisfied:
        write_stamp(done)
        print("Ready.", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] not in (["runtime"], ["development"]):
        sys.exit(f"usage: {sys.argv[0]} runtime|development")
    try:
        prepare(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
