"""All pictures on one page, for whoever wants to look at them before they keep them.

`python -m tests.contract_tui.ui.pictures [PART OF A NAME]` writes it to build/pictures.html; what
differs from the last commit comes first, with what it was beside it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tests.contract_tui.ui.pictures.camera import TAKEN
from tests.contract_tui.ui.pictures.picture import Group, Look
from tests.contract_tui.ui.pictures.writing import picture_of

ROOT = Path(__file__).resolve().parents[4]
PAGE = ROOT / "build" / "pictures.html"
_HEAD = """<!doctype html><meta charset="utf-8"><title>Every screen</title><style>
body { background: #777; font: 13px sans-serif; margin: 8px }
h2 { margin: 18px 0 2px; color: #fff } h3 { margin: 4px 0; font-weight: normal }
figure { display: inline-block; margin: 4px; vertical-align: top }
pre { font: 12px/14px "DejaVu Sans Mono", "Noto Sans Mono", monospace; margin: 0 }
pre span { display: inline-block; height: 14px; vertical-align: top; overflow: hidden }
</style>
"""


def page(part: str = "", size: str = "") -> str:
    """Return a page of all pictures whose name has this part, those that changed first."""
    changed = _changed()
    paths = [one for one in sorted(TAKEN.rglob("*.txt")) if part in _name(one)]
    paths.sort(key=lambda one: one not in changed)
    return _HEAD + "\n".join(line for path in paths for line in _all(path, size, changed))


def _all(path: Path, size: str, changed: set[Path]) -> Iterator[str]:
    picture = picture_of(path.read_text())
    yield f"<h2>{escape(_name(path))}</h2>{escape(', '.join(picture.shows))}"
    if path in changed:
        before = _before(path)
        for group in picture_of(before).groups if before else ():
            yield from _figures(group, size, "before: ")
    for group in picture.groups:
        yield from _figures(group, size, "")


def _figures(group: Group, size: str, label: str) -> Iterator[str]:
    if not group.title.startswith(size):
        return
    yield f"<h3>{label}{escape(group.title)}</h3>"
    for look in group.looks:
        yield f"<figure><pre>{_pre(look)}</pre></figure>"


def _pre(look: Look) -> str:
    return "\n".join("".join(_spans(row.text, row.runs)) for row in look)


def _spans(text: str, runs: tuple[tuple[int, str], ...]) -> Iterator[str]:
    """Yield each run of a row; what is wider than one cell takes the place of two."""
    from rich.cells import cell_len

    at = 0
    for count, look in runs:
        words = ""
        while cell_len(words) < count:
            words += text[at : at + 1] or " "
            at += 1
        yield f'<span style="width:{count}ch;{_css(look)}">{escape(words)}</span>'


def _css(look: str) -> str:
    words, _, ground = look.rpartition(" on ")
    *marks, colour = words.split()
    if "reverse" in marks:
        colour, ground = ground, colour
    said = {
        "bold": "font-weight:bold",
        "dim": "opacity:.66",
        "italic": "font-style:italic",
        "underline": "text-decoration:underline",
        "strike": "text-decoration:line-through",
    }
    return ";".join([f"color:{colour};background:{ground}", *(said.get(one, "") for one in marks)])


def _name(path: Path) -> str:
    return path.relative_to(TAKEN).with_suffix("").as_posix()


def _changed() -> set[Path]:
    """Return what differs from the last commit."""
    said = _git("status", "--porcelain", "--untracked-files=all", "--", str(TAKEN))
    return {ROOT / line[3:] for line in said.splitlines()}


def _before(path: Path) -> str:
    return _git("show", f"HEAD:{path.relative_to(ROOT).as_posix()}")


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def main() -> None:
    """Write the page; a name, or part of one, and a size may be given."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(*sys.argv[1:3]))
    sys.stdout.write(f"{PAGE}\n")
