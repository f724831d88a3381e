"""Tells at a terminal what was done in somebody's name, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from contract_tui.contract.deeds import Deeds, Words
from contract_tui.contract.items import paths, terms
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.schema import PartId
from contract_tui.contract.touched import Happened
from contract_tui.language import _, ngettext

_HAPPENED = {
    Happened.ADDED: _("added {thing}"),
    Happened.CHANGED: _("changed what is said of {thing}"),
    Happened.TAKEN_AWAY: _("took away {thing}: it can be brought back"),
    Happened.BROUGHT_BACK: _("brought back {thing}"),
    Happened.DESTROYED: _("took {thing} out of its list: a copy of its words can be brought back"),
}


def told(
    author: SeatEntry, done: Deeds, headings: Mapping[PartId, str], *, is_me: bool
) -> Iterable[str]:
    """What stands in somebody's name, in lines; `headings` are what parts and things are called."""
    words = sum(len(one.text.split()) for one in (*done.written, *done.gone))
    count = ngettext("{n} word", "{n} words", words).format(n=words) if words else _("no words")
    if author.role is None:
        yield _("By somebody unknown ({id}), {words}:").format(id=author.id, words=count)
    elif is_me:
        yield _("In your own name, and not written on this computer, {words}:").format(words=count)
    else:
        name = terms.with_role(author.name, author.role)
        yield _("In the name of {name}, {words}:").format(name=name, words=count)
    yield from _quoted(_("wrote in {part}:"), done.written, headings)
    yield from _quoted(_("wrote in {part}, and it is gone again:"), done.gone, headings)
    yield from _quoted(_("took out of others’ words in {part}:"), done.taken, headings)
    for choice in done.chosen:
        said = _plain(terms.CHOICES.get(choice, choice))
        yield "  " + _("chose how much structure is wanted: {choice}").format(
            choice=said or _("nothing")
        )
    for when in done.revisit:
        yield "  " + _("said when to look again: {when}").format(when=_plain(when) or _("not said"))
    for thing, what in done.things:
        name = _plain(headings.get(PartId(thing), "") or terms.ONE.get(paths.kind(thing), thing))
        yield "  " + _HAPPENED[what].format(thing=name)
    if done.seats:
        yield "  " + _("entered a seat, or something about one")
    if done.more:
        yield "  " + _("changed something that is no words")


def _quoted(title: str, pieces: Iterable[Words], headings: Mapping[PartId, str]) -> Iterable[str]:
    by_part: dict[PartId, list[str]] = {}
    for piece in pieces:
        by_part.setdefault(piece.part, []).append(piece.text)
    for part, texts in by_part.items():
        yield "  " + title.format(part=_plain(headings.get(part, part)))
        for text in texts:
            yield from (f"    {_plain(line)}" for line in text.splitlines() or [text])


def _plain(text: str) -> str:
    """Letters of nobody knows whom, without anything that a terminal would act on."""
    return "".join(letter if letter.isprintable() else "·" for letter in text)
