"""Who belongs to the contract, who is here, where, and who is typing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.style import Style
from rich.text import Text
from textual.widgets import Static

from contract_tui.contract.items import terms
from contract_tui.contract.schema import PartId
from contract_tui.language import _
from contract_tui.session.presence.presence import Person
from contract_tui.ui import words
from contract_tui.ui.ink import MARK_CELLS, Ink
from contract_tui.ui.people import Company
from sync_server.access.proof import Role

# At most 14 columns.
WRITING = _("writing…")
"""Behind a name, where everybody stands in one line."""
# At most 14 columns.
AWAY = _("away")
READING_IN = _("reading along in {place}")


class People(Static):
    """Everybody, one below the other with what they do; or in one line."""

    DEFAULT_CSS = "People { height: auto; }"

    def __init__(self, *, in_line: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self._in_line = in_line
        self._facts: object = None
        self._said = self._shown = Text()
        """What there is to say, and how it is wrapped."""

    def show(self, company: Company) -> None:
        """Show where everybody is now."""
        facts = replace(company, people=[_what_is_said(one) for one in company.people])
        if facts != self._facts:
            self._facts = facts
            self._said = self._describe(company)
            self._wrap()

    def on_resize(self) -> None:
        """Wrap what there is to say at another width."""
        self._wrap()

    def _wrap(self) -> None:
        """Show what there is to say, with each line as far from the edge as it began."""
        before, width = self._shown, self.size.width
        self._shown = (
            self._said
            if self._in_line or not width
            else wrapped(self._said, width, self.app.console)
        )
        if before != self._shown:
            grown = before.plain.count("\n") != self._shown.plain.count("\n")
            self.update(self._shown, layout=grown)

    def _describe(self, company: Company) -> Text:
        """Return what there is to say about everybody; strangers are one, as nobody knows."""
        known = [person for person in company.people if person.role is not None]
        lines = [_line(person, company, self._in_line) for person in known]
        doubts = _claims(company, self._in_line)
        if company.strangers or len(known) < len(company.people):
            doubts.append(_strangers(company.inks.stranger, self._in_line))
        # The end of a line may find no room in a small window, and nobody should miss these.
        at = 1 if self._in_line else len(lines)
        lines[at:at] = doubts
        return Text("   " if self._in_line else "\n").join(lines)


def wrapped(text: Text, width: int, console: Console) -> Text:
    """Return a text in lines of a width; what a line has no room for begins where that line did."""
    lines: list[Text] = []
    for line in text.split(allow_blank=True):
        indent = len(line.plain) - len(line.plain.lstrip(" "))
        if cell_len(line.plain) <= width:
            lines.append(line)
            continue
        rest = line[indent:].wrap(console, max(1, width - indent))
        for one in rest:
            one.rstrip()
        lines += [Text(" " * indent).append_text(one) for one in rest]
    return Text("\n").join(lines)


def _what_is_said(person: Person) -> Person:
    """Return a person without what changes at every key and is not shown here."""
    if person.me:
        return replace(person, anchor=None, head=None, part=None, typing=False)
    return replace(person, anchor=None, head=None)


def _line(person: Person, company: Company, in_line: bool) -> Text:
    """Return what there is to say about one person."""
    ink = company.inks.of_seat(person.seat)
    text = Text()
    if ink:
        text.append(_mark(ink, in_line), ink.caret if person.here else Style(color=ink.color))
    name = words.YOU.format(name=person.name) if person.me else person.name
    text.append(f" {name}", Style(bold=person.here, dim=not person.here))
    if in_line:
        short = WRITING if person.typing else ("" if person.here else AWAY)
        short = words.LOOKING_BACK if person.looking_back else short
        return text.append(f" {short}" if short and not person.me else "", Style(italic=True))
    text.append(f"\n     {what_they_do(person, company.headings)}", Style(dim=not person.here))
    if looked := company.looked.get(person.seat):
        text.append(f"\n     {words.LOOKED_BACK.format(day=looked)}", Style(dim=True))
    if person.seat == company.holder:
        text.append(f"\n     {words.HOLDS_KEY}", Style(dim=True))
    return text.append("\n")


def _strangers(ink: Ink | None, in_line: bool) -> Text:
    """Return what there is to say about whoever cannot be named."""
    title = words.UNKNOWN_SHORT if in_line else words.UNKNOWN_ORIGIN
    text = _doubt(ink, title, in_line)
    return text if in_line else text.append(_below(words.UNKNOWN_EXPLAINED))


def _claims(company: Company, in_line: bool) -> list[Text]:
    """Return what there is to say about what only stands in people's names."""
    people = [(person, company.doubted.get(person.seat)) for person in company.people]
    found = [(person, ink) for person, ink in people if ink]
    if not in_line:
        return [_claim(person, ink, person.seat in company.vouched) for person, ink in found]
    marks = [_doubt(ink, "", in_line) for _, ink in found[:-1]]
    last = [_doubt(ink, words.IN_DOUBT_SHORT, in_line) for _, ink in found[-1:]]
    return [Text("").join([*marks, *last])] if found else []


def _claim(person: Person, ink: Ink, vouched: bool) -> Text:
    title = words.IN_YOUR_NAME if person.me else words.IN_THEIR_NAME.format(name=person.name)
    explained = words.IN_YOUR_NAME_EXPLAINED if person.me else words.IN_THEIR_NAME_EXPLAINED
    if vouched and not person.me:
        explained = words.VOUCHED_EXPLAINED
    return _doubt(ink, title, in_line=False).append(_below(explained))


def _doubt(ink: Ink | None, title: str, in_line: bool) -> Text:
    """Return a mark and a title, painted as words are whose author is in doubt."""
    text = Text()
    if ink:
        text.append(_mark(ink, in_line), Style(color=ink.color))
    return text.append(f" {title}" if title else "", ink.words if ink else Style())


def _below(explained: str) -> Text:
    return Text(f"\n     {explained}\n", Style(dim=True))


def _mark(ink: Ink, in_line: bool) -> str:
    """Return a person's mark with a space on either side."""
    return f" {ink.mark} " if in_line else f" {set_cell_size(ink.mark, MARK_CELLS)} "


def what_they_do(person: Person, headings: Mapping[PartId, str]) -> str:
    """Return in words what a person does in the contract just now."""
    if person.role is Role.OBSERVER:
        return _what_readers_do(person, headings)
    role = terms.ROLES[person.role] if person.role else words.UNKNOWN_ORIGIN
    if person.me:
        return role
    if not person.here:
        return words.NOT_HERE.format(role=role)
    if person.looking_back:
        return words.LOOKING_BACK
    place = headings.get(person.part) if person.part else None
    if place is None:
        return words.HERE.format(role=role)
    return (words.WRITING_IN if person.typing else words.IN_PLACE).format(place=place)


def _what_readers_do(person: Person, headings: Mapping[PartId, str]) -> str:
    """Return in words what somebody does who only reads."""
    if person.me:
        return _("reads along")
    if not person.here:
        return _("reads along, not here now")
    if person.looking_back:
        return words.LOOKING_BACK
    place = headings.get(person.part) if person.part else None
    return READING_IN.format(place=place) if place else _("reading along")
