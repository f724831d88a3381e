"""Versions that somebody keeps under a name, such as “before the holidays”."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.errors import BadVersionName, NotYours, TooMuch
from contract_tui.contract.heads import MOST_HEADS, read_heads, write_heads
from contract_tui.contract.membership.entries import entries
from contract_tui.contract.membership.seats import Roster
from contract_tui.contract.opening.check import named, readable
from contract_tui.contract.past.seen import LATEST
from contract_tui.contract.records import Write
from contract_tui.contract.schema import NAMES_MAP
from contract_tui.contract.values import Heads, Item
from contract_tui.language import _
from sync_server.access.proof import REFUSED_CATEGORIES, REFUSED_CHARACTERS, SeatId

LONGEST_NAME = 80
"""Characters of a version's name."""
_LIKE_A_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}([-./]\d{1,4})?\.?")
_LIKE_HEADS = re.compile(r"[0-9a-f,]{16,}", re.IGNORECASE)
_TOO_LONG = _("A version’s name has at most {most} characters.")
_MEANS_OTHERWISE = _("“{name}” would be taken for a turn, a date or a version itself: add a word.")
_THERE_ALREADY = _("There is a version “{name}” already: choose another name.")
_SOMEBODY_ELSES = _("“{name}” was named by somebody else: only they can drop it.")


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """One version that somebody gave a name."""

    id: str
    name: str
    """One line; two people may have given the same name at once."""
    heads: Heads
    """Not all of it need have arrived here."""
    by: SeatId
    at: int
    """When it was given the name: seconds since 1970, by that person's clock."""


def name_of(text: str, kept: Iterable[KeptVersion]) -> str:
    """Return a text as the name of another version beside those kept; raises BadVersionName."""
    name = " ".join(text.split())
    if not name:
        raise BadVersionName(_("Give the version a name, such as “before the holidays”."))
    if len(name) > LONGEST_NAME:
        raise BadVersionName(_TOO_LONG.format(most=LONGEST_NAME))
    if not _is_plain(name):
        raise BadVersionName(_("This name holds characters that cannot be shown: type it again."))
    if _means_otherwise(name):
        raise BadVersionName(_MEANS_OTHERWISE.format(name=readable(name)))
    if any(one.name.casefold() == name.casefold() for one in kept):
        raise BadVersionName(_THERE_ALREADY.format(name=name))
    return name


def keep(id_: str, name: str, heads: Heads, by: SeatId, at: int) -> Write:
    """Keep a version under a name; raises TooMuch."""
    if len(heads) > MOST_HEADS:
        raise TooMuch(
            _("Too many people wrote at once for this version to be named: write a word.")
        )
    entry: Item = {"name": name, "heads": write_heads(heads), "by": by, "at": at}
    return lambda writer: writer.put(NAMES_MAP, id_, entry)


def drop(id_: str, kept: Iterable[KeptVersion], by: SeatId) -> Write | None:
    """Take a name away again; None where there is none of this id. Raises NotYours."""
    for one in kept:
        if one.id == id_:
            if one.by != by:
                raise NotYours(_SOMEBODY_ELSES.format(name=one.name))
            return lambda writer: writer.delete(NAMES_MAP, id_)
    return None


def read_kept(document: CrdtDocument, roster: Roster, aside: list[str]) -> tuple[KeptVersion, ...]:
    """Read every version that has a name, in the order in which they were given.

    What is wrong with one is added to `aside` in words.
    """
    found: list[KeptVersion] = []
    for entry in entries(document, NAMES_MAP, ("name", "heads", "by", "at"), roster):
        name = " ".join(entry.strings.get("name", "").split())
        heads = read_heads(entry.strings.get("heads", ""))
        at, by = entry.numbers.get("at", -1), entry.strings.get("by", "")
        shown = named("names", entry.key)
        if entry.hand is None or roster.person(SeatId(by)).id != entry.hand:
            aside.append(_("{place} was not written by whom it says.").format(place=shown))
        elif not 0 < len(name) <= LONGEST_NAME or not _is_plain(name):
            aside.append(_("{place} has no name that can be shown.").format(place=shown))
        elif heads is None or not 0 <= at <= LATEST:
            aside.append(_("{place} names no time or no version.").format(place=shown))
        else:
            found.append(KeptVersion(entry.key, name, heads, entry.hand, at))
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def _is_plain(name: str) -> bool:
    """Whether it is shown as it is: emoji are fine, what turns the text around is not."""
    return REFUSED_CHARACTERS.isdisjoint(name) and not any(
        unicodedata.category(character) in REFUSED_CATEGORIES for character in name
    )


def _means_otherwise(name: str) -> bool:
    """Whether the command line would take it for a turn, a day or heads."""
    if name.isdecimal() or _LIKE_A_DATE.fullmatch(name) or _LIKE_HEADS.fullmatch(name):
        return True
    try:
        date.fromisoformat(name)
    except ValueError:
        return False
    return True
