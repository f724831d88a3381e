"""Keep the catalogues of the languages: what is said, how each language says it, and what runs.

Usage: `language.py update` takes what is said from the sources into every catalogue;
`language.py compile` makes of each what the program reads, where that is not done yet;
`language.py add TAG` begins one more, such as `fr` or `pt_BR`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGS = ROOT / "contract_tui" / "language" / "catalogs"
DOMAIN = "contract_tui"
Keywords = dict[str, tuple[int | tuple[int, str], ...] | None]
OURS: Keywords = {
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "gettext_noop": None,
}
"""What marks a sentence in the program, and which of its arguments are sentences."""
COMMENT = "At most"
"""How a comment begins that says how wide a sentence may be."""
WIDTH = 100
UNSAID = (
    *('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Project-Id-Version'),
    *('"Report-Msgid-Bugs-To: EMAIL@', '"Last-Translator: FULL NAME', '"Language-Team: '),
)
"""What Babel writes at the top of a catalogue that changes with every run, or says nothing."""
TOLD = (ROOT / "sync_server" / "access", ROOT / "sync_server" / "relay")
"""Where what goes wrong is said in sentences that people of this program are shown."""
BROKEN = ("Malformed", "WrongKind", "Overlong")
"""What only a broken or hostile program brings about: people who meet it show it to an expert."""


def catalogs() -> list[Path]:
    """Return every catalogue that people translate in."""
    return sorted(CATALOGS.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def compiled(catalog: Path) -> Path:
    """Return what the program reads of a catalogue."""
    return catalog.with_suffix(".mo")


def said() -> Catalog:
    """Return everything that is said to people, with where and how wide it may be."""
    template = Catalog(project="contract-tui")
    for path, keywords in _sources():
        found = extract_from_file(
            "python", str(path), keywords, (COMMENT,), strip_comment_tags=False
        )
        for _, message, comments, context in found:
            template.add(
                message,
                locations=[(path.relative_to(ROOT).as_posix(), 0)],
                auto_comments=comments,
                context=context,
            )
    return template


def _sources() -> Iterator[tuple[Path, Keywords]]:
    for path in sorted((ROOT / "contract_tui").rglob("*.py")):
        if "from contract_tui.language import" in path.read_text():  # reading on is slow
            yield path, OURS
    for room in TOLD:
        errors = dict.fromkeys(_errors(room))
        for path in sorted(room.rglob("*.py")):
            yield path, errors


def _errors(room: Path) -> list[str]:
    """Return the exceptions of a room of `sync_server` whose sentences people are shown.

    It may know nothing of this program, so its sentences are looked up where they are shown.
    """
    tree = ast.parse((room / "errors.py").read_text())
    names = (one.name for one in tree.body if isinstance(one, ast.ClassDef))
    return [name for name in names if name not in BROKEN]


def add(tag: str) -> None:
    """Begin the catalogue of one more language."""
    path = CATALOGS / tag / "LC_MESSAGES" / f"{DOMAIN}.po"
    if path.exists():
        sys.exit(f"{tag} is there already: make language")
    path.parent.mkdir(parents=True)
    write(
        path,
        Catalog(locale=tag, header_comment=f"# What contract-tui says, in {tag}.", fuzzy=False),
    )
    update()


def update() -> None:
    """Take what is said into every catalogue; what is not said any more stays at its end."""
    template = said()
    for path in catalogs():
        catalog = read(path)
        catalog.update(template, no_fuzzy_matching=True)
        write(path, catalog)


def read(path: Path) -> Catalog:
    """Return what a catalogue says."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain=DOMAIN)


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue into its file, in one step."""
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        write_to(file, catalog)
    partial.replace(path)


def write_to(file: BinaryIO, catalog: Catalog) -> None:
    """Write a catalogue so that the same sentences are always the same bytes."""
    content = BytesIO()
    write_po(content, catalog, width=WIDTH, include_lineno=False)
    lines = content.getvalue().decode().splitlines(keepends=True)
    kept = (line for line in lines if not line.startswith(UNSAID))
    file.write("".join(kept).encode())


def compile_() -> None:
    """Make what the program reads, of every catalogue that has changed since."""
    for path in catalogs():
        made = compiled(path)
        if made.exists() and made.stat().st_mtime_ns > path.stat().st_mtime_ns:
            continue
        partial = made.with_suffix(".partial")
        with partial.open("wb") as file:
            write_mo(file, read(path))
        partial.replace(made)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["compile"]:
            compile_()
        case ["add", tag]:
            add(tag)
        case _:
            sys.exit(f"usage: {sys.argv[0]} update|compile|add TAG")
