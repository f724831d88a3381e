"""How to open a contract, to write in it, and to keep a version of it."""

from __future__ import annotations

from contract_tui.language import _
from contract_tui.usage.options import Commands, add_command, add_register, add_relay


def add(commands: Commands) -> None:
    """Add `open`, `write` and `keep`."""
    _add_open(commands)
    _add_write(commands)
    _add_keep(commands)


def _add_open(commands: Commands) -> None:
    open_ = add_command(commands, "open", ("screens", "open_"), _("open a contract"))
    add_relay(open_, _("a relay to share it through"))
    add_register(open_)


def _add_write(commands: Commands) -> None:
    write = add_command(commands, "write", ("writing", "write"), _("replace the text of a section"))
    write.add_argument(
        "section",
        metavar="SECTION",
        help=_(
            "title, interests, supports, structure, or a heading; or a text of a goal or "
            "another thing, such as goals/3f09/what: the id that show --format json says, or "
            "what begins it, and the name of the text"
        ),
    )
    write.add_argument(
        "text",
        metavar="TEXT",
        nargs="?",
        default="-",
        help=_("the new text; where it is left out, or -, it is read from standard input"),
    )


def _add_keep(commands: Commands) -> None:
    keep = add_command(
        commands,
        "keep",
        ("naming", "keep"),
        _("keep a version under a name"),
        description=_(
            "Everybody in the contract can use it wherever a version is asked for, as in"
            " show --at NAME. On standard output: the heads of the version."
        ),
    )
    keep.add_argument("name", metavar="NAME", help=_('such as "before the holidays"'))
    keep.add_argument(
        "--at",
        metavar="VERSION",
        help=_(
            "not as the contract stands, but as it was: a turn’s number, a name, a date, or heads"
        ),
    )
