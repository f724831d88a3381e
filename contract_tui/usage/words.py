"""What argparse itself says, in the person's language.

It looks its sentences up in a catalogue of its own, for which there are no translations.
"""

from __future__ import annotations

import argparse

from contract_tui.language import _, gettext_noop, ngettext

SAID = (
    gettext_noop("usage: "),
    gettext_noop("positional arguments"),
    gettext_noop("options"),
    gettext_noop("show this help message and exit"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("not allowed with argument %s"),
    gettext_noop("ignored explicit argument %r"),
    gettext_noop("expected one argument"),
    gettext_noop("ambiguous option: %(option)s could match %(matches)s"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
)
"""Marked here for our catalogues: what a command line like ours can bring about."""


def lend() -> None:
    """Have argparse look its sentences up where ours are; what is not there it says in English."""
    vars(argparse).update(_=_, ngettext=ngettext)
