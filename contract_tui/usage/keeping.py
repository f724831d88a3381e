"""How to carry a contract in a file, to erase it, and to begin it anew."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from contract_tui.language import _
from contract_tui.usage.options import (
    Commands,
    add_at,
    add_command,
    add_register,
    add_unencrypted,
    add_yes,
)

PAGES = (".txt", ".md", ".json", ".html", ".pdf", ".ics")
"""How the name of a file ends that holds one version; any other one holds the whole history."""
HOME = (".pdf", ".html", ".htm")
"""What promises can be taken home as."""
EXPORT = _(
    "FILE.automerge holds all that was ever written, and can be imported. FILE.txt, .md, .json "
    "and .html hold what stands; FILE.pdf is a page to be printed, and FILE.ics the day on "
    "which you look at it again, for a calendar."
)

RENEW = _(
    "It prints an invitation for each of the others, and the new contract’s id on the last "
    "line. Who wrote what, all earlier words, answers and seals stay behind, and everybody is "
    "asked to erase the old contract. Run it again to go on where it was interrupted, and to "
    "see the invitations of those who have not joined."
)


def add(commands: Commands) -> None:
    """Add `export`, `import`, `erase` and `renew`."""
    _add_files(commands)
    _add_erase(commands)
    _add_renew(commands)


def _add_files(commands: Commands) -> None:
    export = add_command(
        commands,
        "export",
        ("keeping", "export"),
        _("write a contract to a file, with its history or as a page"),
        description=EXPORT,
        check=_check_export,
    )
    export.add_argument("file", metavar="FILE", help=_("how it ends says what it becomes"))
    export.add_argument(
        "--goal",
        metavar="GOAL",
        help=_(
            "to a .pdf: this goal alone, from A to B in large letters; its number in their "
            "order, or its first words"
        ),
    )
    export.add_argument(
        "--layout",
        choices=("contract", "promises"),
        default="contract",
        help=_(
            "to a .pdf or .html: all of the contract, or what each person promised, on a page "
            "of their own to take home"
        ),
    )
    export.add_argument(
        "--person", metavar="NAME", help=_("with --layout promises: this person’s alone")
    )
    add_at(export)
    export.add_argument("--force", action="store_true", help=_("replace a file that exists"))

    import_ = add_command(
        commands,
        "import",
        ("keeping", "import_"),
        _("bring a contract in from a file"),
        contract=False,
    )
    import_.add_argument("file", metavar="FILE", help=_("as export writes it, with its history"))


def _check_export(options: Namespace) -> str | None:
    ending = Path(options.file).suffix.lower()
    if options.goal is not None and ending != ".pdf":
        return _("--goal is for paper: end the file’s name in .pdf")
    if options.layout == "promises" and ending not in HOME:
        return _("--layout promises is for pages: end the file’s name in .pdf or .html")
    if options.layout == "promises" and options.goal is not None:
        return _("--goal and --layout promises are two pages: print one, then the other")
    if options.person is not None and options.layout != "promises":
        return _("--person goes with --layout promises")
    if options.at is not None and ending not in PAGES:
        return _("--at is for pages: end the file’s name in {endings}").format(
            endings=", ".join(PAGES)
        )
    return None


def _add_erase(commands: Commands) -> None:
    erase = add_command(
        commands, "erase", ("erasing", "erase"), _("remove a contract from this computer")
    )
    erase.add_argument(
        "--everywhere",
        action="store_true",
        help=_("from its relays first, for whoever holds its key; others keep their own copies"),
    )
    add_yes(erase)
    add_unencrypted(erase)


def _add_renew(commands: Commands) -> None:
    renew = add_command(
        commands,
        "renew",
        ("renewing", "renew"),
        _("begin a contract anew: today’s words, the same people, and no past"),
        description=RENEW,
    )
    renew.add_argument(
        "--code",
        action="store_true",
        help=_("short codes that can be read aloud, in place of the links"),
    )
    renew.add_argument(
        "--again",
        action="store_true",
        help=_("begin one more, although it was begun anew already"),
    )
    add_register(renew)
    add_yes(renew)
