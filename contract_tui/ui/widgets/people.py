"""Who belongs to the contract, who is here, where, and who is typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rich.cells import set_cell_size
from rich.style import Style
from rich.text import Text
from textual.widgets import Static

from contract_tui.contract.schema import PartId
from contract_tui.session.presence import Person
from contract_tui.ui.ink import MARK_CELLS
from contract_tui.ui.people import Inks


class People(Static):
    """Everybody, one below the other with what they do; or in one line."""

    DEFAULT_CSS = "People { height: auto; }"

    def __init__(self, *, in_line: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self._in_line = in_line
        self._facts: object = None
        self._shown = Text()

    def show(self, people: Sequence[Person], inks: Inks, headings: Mapping[PartId, str]) -> None:
        """Show where everybody is now."""
        facts = ([_what_is_said(person) for person in people], inks, dict(headings))
        if facts != self._facts:
            self._facts = facts
            lines = [_describe(person, inks, headings, self._in_line) for person in people]
            shown = Text("   " if self._in_line else "\n").join(lines)
            before, self._shown = self._shown, shown
            self.update(shown, layout=before.plain.count("\n") != shown.plain.count("\n"))


def _what_is_said(person: Person) -> Person:
    """Return a person without what changes at every key and is not shown here."""
    still = replace(person, anchor=None, head=None)
    return replace(still, part=None, typing=False) if person.me else still


def _describe(person: Person, inks: Inks, headings: Mapping[PartId, str], in_line: bool) -> Text:
    """Return what there is to say about one person."""
    ink = inks.of_seat(person.seat)
    text = Text()
    if ink:
        mark = f" {ink.mark} " if in_line else f" {set_cell_size(ink.mark, MARK_CELLS)} "
        text.append(mark, ink.caret if person.here else Style(color=ink.color))
    name = f"{person.name} (you)" if person.me else person.name
    text.append(f" {name}", Style(bold=person.here, dim=not person.here))
    doing = what_they_do(person, headings)
    if in_line:
        short = "writing…" if person.typing else ("" if person.here else "away")
        return text.append(f" {short}" if short and not person.me else "", Style(italic=True))
    return text.append(f"\n     {doing}\n", Style(dim=not person.here))


def what_they_do(person: Person, headings: Mapping[PartId, str]) -> str:
    """Return in words what a person does in the contract just now."""
    role = str(person.role or "guest")
    if person.me:
        return role
    if not person.here:
        return f"{role}, not here now"
    place = headings.get(person.part) if person.part else None
    if place is None:
        return f"{role}, here"
    return f"writing in {place}" if person.typing else f"in {place}"
