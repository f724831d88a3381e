"""How to list, to print and to compare."""

from __future__ import annotations

from contract_tui.language import _
from contract_tui.usage.options import Commands, add_at, add_command


def add(commands: Commands) -> None:
    """Add `list`, `show`, `history` and `diff`."""
    _add_list(commands)
    _add_show(commands)
    _add_history(commands)
    _add_diff(commands)


def _add_list(commands: Commands) -> None:
    list_ = add_command(
        commands,
        "list",
        ("listing", "list_"),
        _("list every contract on this computer"),
        contract=False,
    )
    list_.add_argument("--json", action="store_true", help=_("as one JSON document"))


def _add_show(commands: Commands) -> None:
    show = add_command(commands, "show", ("reading", "show"), _("print a contract"))
    show.add_argument(
        "--format",
        choices=("text", "markdown", "json", "html", "pdf"),
        default="text",
        help=_("as plain text, unless another form is named"),
    )
    add_at(show)


def _add_history(commands: Commands) -> None:
    history = add_command(
        commands, "history", ("reading", "history"), _("print who wrote where and when")
    )
    history.add_argument("--json", action="store_true", help=_("as one JSON document"))


def _add_diff(commands: Commands) -> None:
    diff = add_command(
        commands, "diff", ("reading", "diff"), _("print what is different between two versions")
    )
    diff.add_argument(
        "before",
        metavar="A",
        help=_("from this version: a turn’s number, a name, a date, or heads"),
    )
    diff.add_argument("after", metavar="B", help=_("to this one"))
    diff.add_argument(
        "--format",
        choices=("text", "markdown", "json"),
        default="text",
        help=_("as plain text, unless another form is named"),
    )
