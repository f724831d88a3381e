"""Tells at a terminal what was done in somebody's name, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from contract_tui.contract.deeds import Deeds, Words
from contract_tui.contract.items import paths, terms
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.schema import PartId
from contract_tui.contract.touched import Happened

_HAPPENED = {
    Happened.ADDED: "added {}",
    Happened.CHANGED: "changed what is said of {}",
    Happened.TAKEN_AWAY: "took away {}: it can be brought back",
    Happened.BROUGHT_BACK: "brought back {}",
    Happened.DESTROYED: "took {} out of its list: a copy of its words can be brought back",
}


def told(
    author: SeatEntry, done: Deeds, headings: Mapping[PartId, str], *, is_me: bool
) -> Iterable[str]:
    """What stands in somebody's name, in lines; `headings` are what parts and things are called."""
    words = sum(len(one.text.split()) for one in (*done.written, *done.gone))
    count = "1 word" if words == 1 else f"{words} words" if words else "no words"
    if author.role is None:
        yield f"By somebody unknown ({author.id}), {count}:"
    elif is_me:
        yield f"In your own name, and not written on this computer, {count}:"
    else:
        yield f"In the name of {terms.with_role(author.name, author.role)}, {count}:"
    yield from _quoted("wrote in {}:", done.written, headings)
    yield from _quoted("wrote in {}, and it is gone again:", done.gone, headings)
    yield from _quoted("took out of others’ words in {}:", done.taken, headings)
    for choice in done.chosen:
        said = _plain(terms.CHOICES.get(choice, choice))
        yield f"  chose how much structure is wanted: {said or 'nothing'}"
    for when in done.revisit:
        yield f"  said when to look again: {_plain(when) or 'not said'}"
    for thing, what in done.things:
        name = _plain(headings.get(PartId(thing), "") or terms.ONE.get(paths.kind(thing), thing))
        yield "  " + _HAPPENED[what].format(name)
    if done.seats:
        yield "  entered a seat, or something about one"
    if done.more:
        yield "  changed something that is no words"


def _quoted(title: str, pieces: Iterable[Words], headings: Mapping[PartId, str]) -> Iterable[str]:
    by_part: dict[PartId, list[str]] = {}
    for piece in pieces:
        by_part.setdefault(piece.part, []).append(piece.text)
    for part, texts in by_part.items():
        yield "  " + title.format(_plain(headings.get(part, part)))
        for text in texts:
            yield from (f"    {_plain(line)}" for line in text.splitlines() or [text])


def _plain(text: str) -> str:
    """Letters of nobody knows whom, without anything that a terminal would act on."""
    return "".join(letter if letter.isprintable() else "·" for letter in text)
