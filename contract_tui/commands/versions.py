"""Finds the version that somebody means.

It may be said as the number of a turn, else by the exact name of a kept version or of a chapter,
else as a date, else by its heads. Of several with one name none is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import partial, reduce

from contract_tui.contract.contract import Contract
from contract_tui.contract.heads import read_heads
from contract_tui.contract.opening.check import readable
from contract_tui.contract.past.kept import KeptVersion
from contract_tui.contract.values import Heads
from contract_tui.history.history import History
from contract_tui.history.moment import Moment
from contract_tui.language import _
from contract_tui.language.lists import either
from contract_tui.library.errors import SessionError

HOW = _("say the number of a turn, a name, a date like 2026-09-30, or heads")
MOST_SUGGESTED = 3
_LONGEST_NUMBER = 9
_LIKE_A_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_LIKE_HEADS = re.compile(r"[0-9a-f,\s]{16,}", re.IGNORECASE)


class NoSuchVersion(SessionError):
    """No version fits what was asked for, or more than one."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A version that has a name."""

    name: str
    apart: str
    """What names it and no other."""
    find: Callable[[], Moment | None]
    """Its moment; None for a version of which not all has arrived."""


def find_version(history: History, contract: Contract, text: str, now: date) -> Moment:
    """The version after a turn or a chapter, of a name, at the end of a day, or of heads.

    Days are counted as they are here. Raises NoSuchVersion, which says what there is instead.
    """
    said = " ".join(text.split())
    if not said:
        raise NoSuchVersion(_("an empty text is no version: {how}").format(how=HOW))
    if (found := _after_turn(history, said)) is not None:
        return found
    names = list(_names(history, contract))
    for some in (names, _other_names(history)):
        if (found := _by_name(some, said)) is not None:
            return found
    if (day := _day(said)) is not None:
        return _on(history, day, now)
    if heads := read_heads(re.sub(r"\s*,\s*", ",", said).lower()):
        return _known(history, heads)
    raise NoSuchVersion(_sorry(history, said, names))


def _after_turn(history: History, said: str) -> Moment | None:
    if not said.isdecimal() or len(said) > _LONGEST_NUMBER:
        return None
    number = int(said)
    there = 1 <= number <= len(history.turns)
    return history.past.until(history.turns[number - 1].end) if there else None


def _by_name(names: Iterable[_Named], said: str) -> Moment | None:
    """The version of a name, as it is said apart from others or as it was given."""
    wanted = said.casefold()
    found = [one for one in names if wanted in (one.name.casefold(), one.apart.casefold())]
    found = [one for one in found if one.apart.casefold() == wanted] or found
    if not found:
        return None
    moments = [one.find() for one in found]
    if any(moment != moments[0] for moment in moments):
        several = _either(one.apart for one in found[:MOST_SUGGESTED])
        sorry = _("“{name}” names {n} versions: say {names}")
        raise NoSuchVersion(sorry.format(name=said, n=len(found), names=several))
    moment = moments[0]
    if moment is None:
        sorry = _("not all of “{name}” has arrived on this computer yet")
        raise NoSuchVersion(sorry.format(name=found[0].name))
    return moment


def _names(history: History, contract: Contract) -> Iterator[_Named]:
    """The name of everything that has one: of what is kept, then of chapters."""
    by: Counter[tuple[str, str]] = Counter()
    for one in contract.kept:
        key = one.name, contract.roster.person(one.by).name
        by[key] += 1
        who = key[1] if by[key] == 1 else f"{key[1]}, {by[key]}"
        yield _Named(one.name, f"{one.name} ({who})", partial(_kept, history, one))
    for chapter, name in zip(history.chapters, history.chapter_names(here), strict=True):
        apart = _("{name} (chapter {number})").format(name=name, number=chapter.number)
        yield _Named(name, apart, partial(history.end_of, chapter))


def _other_names(history: History) -> Iterator[_Named]:
    """What chapters are called for short: several may be called the same."""
    for chapter, apart in zip(history.chapters, history.chapter_names(here), strict=True):
        for name in history.other_names(chapter, here):
            yield _Named(name, apart, partial(history.end_of, chapter))


def today() -> date:
    """The day it is here."""
    return here(datetime.now(UTC)).date()


def here(at: datetime) -> datetime:
    """A moment in the time zone of this computer."""
    try:
        return at.astimezone()
    except (OverflowError, ValueError, OSError):  # the ends of all calendars
        return at


def _kept(history: History, version: KeptVersion) -> Moment | None:
    try:
        return history.at(version.heads)
    except LookupError:
        return None


def _day(said: str) -> date | None:
    if said.isdecimal():
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _on(history: History, day: date, now: date) -> Moment:
    """What had been written or seen, by the end of a day, by people whose clocks can be believed.

    All there is for today: it has been written, whatever the clocks say.
    """
    if day > now:
        sorry = _("{day} has not come yet: today is {today}")
        raise NoSuchVersion(sorry.format(day=day, today=now))
    if day == now:
        return history.past.until(len(history.past))
    told = [turn for turn in history.turns if history.believed(turn)]
    before = [turn for turn in told if turn.at and here(turn.at).date() <= day]
    if before:
        return history.past.reached(turn.changes[-1] for turn in before)
    if told or not history.turns:
        raise NoSuchVersion(_("nothing had been written by {day}").format(day=day))
    raise NoSuchVersion(
        _(
            "no clock that can be believed says what had been written by {day}: "
            "say the number of a turn"
        ).format(day=day)
    )


def _known(history: History, heads: Heads) -> Moment:
    try:
        return history.at(heads)
    except LookupError:
        raise NoSuchVersion(
            _(
                "this contract has no version with these heads: "
                "they are another contract’s, or have not arrived here yet"
            )
        ) from None


def _sorry(history: History, said: str, names: Sequence[_Named]) -> str:
    """Say why a text names no version, and what was perhaps meant."""
    shown = readable(said)
    if said.isdecimal():
        turns = len(history.turns)
        if not turns:
            return _("there is no turn {n}: nothing was written in it yet").format(n=shown)
        return _("there is no turn {n}: this contract has {turns}").format(n=shown, turns=turns)
    if _LIKE_A_DATE.fullmatch(said):
        sorry = _("“{words}” is no day of any calendar: a date is written like 2026-09-30")
        return sorry.format(words=shown)
    if _LIKE_HEADS.fullmatch(said):
        sorry = _(
            "“{words}” are no heads: each has 64 letters and digits, with commas between them"
        )
        return sorry.format(words=shown)
    by_fold = {one.name.casefold(): one.name for one in reversed(names)}
    wanted = said.casefold()
    near = [name for fold, name in by_fold.items() if len(wanted) > 2 and wanted in fold]
    near = near or [by_fold[one] for one in get_close_matches(wanted, by_fold, MOST_SUGGESTED)]
    if near:
        sorry = _("“{words}” is no version: did you mean {names}?")
        return sorry.format(words=shown, names=_either(near[:MOST_SUGGESTED]))
    return _("“{words}” is no version: {how}").format(words=shown, how=HOW)


def _either(names: Iterable[str]) -> str:
    """Return some names of which one is meant."""
    quoted = (f"“{name}”" for name in names)
    return reduce(either, quoted)
