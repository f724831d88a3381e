"""How to carry a contract in a file, to erase it, and to begin it anew."""

from __future__ import annotations

from contract_tui.usage.options import Commands, add_command, add_register, add_unencrypted, add_yes

RENEW = """\
It prints an invitation for each of the others, and the new contract's id on the last line. Who
wrote what, all earlier words, notes and seals stay behind, and everybody is asked to erase the old
contract. Run it again to go on where it was interrupted, and to see the invitations of those who
have not joined."""


def add(commands: Commands) -> None:
    """Add `export`, `import`, `erase` and `renew`."""
    _add_files(commands)
    _add_erase(commands)
    _add_renew(commands)


def _add_files(commands: Commands) -> None:
    export = add_command(
        commands, "export", ("keeping", "export"), "write a contract with its history to a file"
    )
    export.add_argument("file", metavar="FILE")
    export.add_argument("--force", action="store_true", help="replace a file that exists")

    import_ = add_command(
        commands,
        "import",
        ("keeping", "import_"),
        "bring a contract in from a file",
        contract=False,
    )
    import_.add_argument("file", metavar="FILE")


def _add_erase(commands: Commands) -> None:
    erase = add_command(
        commands, "erase", ("erasing", "erase"), "remove a contract from this computer"
    )
    erase.add_argument(
        "--everywhere",
        action="store_true",
        help="from its relays first, for whoever holds its key; others keep their own copies",
    )
    add_yes(erase)
    add_unencrypted(erase)


def _add_renew(commands: Commands) -> None:
    renew = add_command(
        commands,
        "renew",
        ("renewing", "renew"),
        "begin a contract anew: today's words, the same people, and no past",
        description=RENEW,
    )
    renew.add_argument(
        "--code",
        action="store_true",
        help="short codes that can be read aloud, in place of the links",
    )
    renew.add_argument(
        "--again",
        action="store_true",
        help="begin one more, although it was begun anew already",
    )
    add_register(renew)
    add_yes(renew)
