"""Asks a person before something happens that cannot be undone, or that others could see."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from contract_tui.commands.console import say
from contract_tui.history.naming import in_words
from contract_tui.language import _, pgettext
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.library.settings import is_sheltered

YES = frozenset({"y", "yes"})
"""Understood in every language, with what the person's own says."""


class NotConfirmed(SessionError):
    """Somebody thought better of it."""


class NotEncrypted(SessionError):
    """A person has to say first that they trust the network on the way to a relay."""


def agrees(question: str) -> bool:
    """Whether a person at the terminal says yes; whoever is not there does not."""
    print(question, _("[y/N]"), end=" ", file=sys.stderr, flush=True)
    answer = ""
    try:
        answer = sys.stdin.readline()
    finally:  # Ctrl+C, too, leaves the cursor behind the question
        if not answer.endswith("\n"):
            print(file=sys.stderr)
    said = pgettext("everything that can be typed to say yes", "y yes")
    return answer.strip().casefold() in YES.union(said.casefold().split())


def settle_ways(
    library: Library, named: Iterable[str], known: Iterable[str] = (), *, allowed: bool
) -> None:
    """See to it that a relay may be spoken to: any that is named, and one of those known.

    Nobody is asked about an encrypted way, about this computer, or twice about the same address;
    with `allowed` nobody is asked at all. Raises NotEncrypted or NotConfirmed.
    """
    named, known = list(named), list(known)
    in_doubt = _unconfirmed(library, [*named, *known] if allowed else named)
    if not named and not allowed:
        in_doubt = _unconfirmed(library, known)
        if len(in_doubt) < len(set(known)):
            return  # there is a way that nobody has to be asked about
    if in_doubt and not allowed:
        _ask(in_words(in_doubt))
    for url in in_doubt:
        library.confirm_unencrypted(url)


def _unconfirmed(library: Library, urls: Iterable[str]) -> list[str]:
    return [
        url
        for url in dict.fromkeys(urls)
        if not is_sheltered(url) and not library.is_confirmed(url)
    ]


def _ask(where: str) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise NotEncrypted(
            _(
                "the way to {where} is not encrypted, and others on the network could read what you"
                " write: add --allow-unencrypted if you trust it, or use an address with wss://"
            ).format(where=where)
        )
    say(
        _(
            "The way to {where} is not encrypted.\n"
            "Whoever runs the network in between, such as a school’s or a café’s, could read\n"
            "everything in this contract. An address that begins with wss:// is encrypted."
        ).format(where=where)
    )
    if not agrees(_("Do you trust this network?")):
        raise NotConfirmed(_("nothing was sent and nothing was changed"))
