"""What is known of every contract on this computer without opening any; found and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from contract_tui.library.entry import Entry
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.library.summaries import Summary
from contract_tui.session.link.standings import standing
from contract_tui.session.writing.renewals import Anew, remembered
from contract_tui.ui.plain import plain
from contract_tui.ui.shelf import words
from sync_server.access.seat import Role


@dataclass(frozen=True, slots=True)
class Facts:
    """One contract, as the list shows it."""

    entry: Entry
    summary: Summary | None = None
    """What was last known of it; None where it has to be opened first."""
    refused: str | None = None
    """Whether its relays refuse it for good, as `standings` says it."""
    anew: Anew | None = None
    """Whether it was begun anew."""

    @property
    def is_fresh(self) -> bool:
        """Whether the summary tells of all that is stored."""
        return self.summary is not None and self.summary.is_of(self.entry)

    @property
    def is_news(self) -> bool:
        """Whether others have changed it since this person looked."""
        return self.summary is not None and self.is_fresh and self.summary.is_news

    @property
    def people(self) -> list[str]:
        """Everybody in it, by name, this person last."""
        names = list(self.summary.people) if self.summary else []
        return [*names, words.YOU] if self.entry.seat else names

    @property
    def consent(self) -> str:
        """How far people agree with it as it stands, in words."""
        if self.summary is None or not self.is_fresh:
            return ""
        return words.consent(self.summary.consent, self.summary.agree)

    @property
    def changed_by(self) -> str:
        """Who changed it last, by name or as "you"; empty where that is not known."""
        if self.summary is None or not self.is_fresh:
            return ""
        return words.YOU if self.summary.is_mine else self.summary.changed_by

    @property
    def revisit(self) -> str:
        """When to take it up again, as it was said."""
        return self.summary.revisit if self.summary else ""

    @property
    def role(self) -> str:
        """What this person may do in it, where it is less than writing."""
        if self.entry.seat is None:
            return words.TO_READ
        return words.READ_ALONG if self.entry.seat.role is Role.OBSERVER else ""


def gather(library: Library) -> list[Facts]:
    """Everything that is known, the latest changed first; raises LibraryError."""
    entries = library.entries()
    summaries = library.summaries().all()
    found = []
    for entry in entries:
        refused, anew = None, None
        with suppress(SessionError):
            refused, anew = standing(library, entry), remembered(library, entry, entries)
        found.append(Facts(entry, summaries.get(entry.id), refused, anew))
    return found


def refreshed(facts: Iterable[Facts], library: Library) -> list[Facts]:
    """The same contracts with what is kept of them now; raises LibraryError."""
    summaries = library.summaries().all()
    return [replace(one, summary=summaries.get(one.entry.id)) for one in facts]


def fitting(facts: Iterable[Facts], wanted: str) -> list[Facts]:
    """Those of which the title or a name holds each word that is looked for."""
    asked = plain(wanted).split()
    return [one for one in facts if all(word in _searched(one) for word in asked)]


def arranged(facts: Iterable[Facts], order: int) -> list[Facts]:
    """All in one of the orders that `words.ORDERS` names; they come with the latest first."""
    match order:
        case 1:
            return sorted(facts, key=lambda one: plain(one.entry.name))
        case 2:
            return sorted(facts, key=_by_revisit)
        case _:
            return list(facts)


def _searched(one: Facts) -> str:
    return plain(" ".join([one.entry.title, *one.people]))


def _by_revisit(one: Facts) -> tuple[int, str]:
    """Days first, then what was said in words, then what nobody said anything of."""
    if not one.revisit:
        return 2, ""
    return (0, one.revisit) if words.date_of(one.revisit) else (1, plain(one.revisit))
