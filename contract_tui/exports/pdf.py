"""A contract on paper: as a page to sign and keep, and one goal as a path from A to B.

The layouts are typst's. Words reach them as values, so that nothing that anybody typed is read as
anything but words; nothing is loaded from elsewhere, and only the bundled fonts are used.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files

from contract_tui.contract.items.tokens import NoteKind
from contract_tui.contract.reading import Foreign, ReadGoal, Reading, Written
from contract_tui.exports import words
from contract_tui.exports.errors import NoTypst
from contract_tui.exports.paper.printable import INSTEAD, Printing
from contract_tui.exports.sheet import (
    Block,
    Caution,
    Entry,
    Heading,
    Line,
    Words,
    agreement,
    goal_origin,
    goal_words,
    sheet,
    step_entry,
)
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id

Value = Mapping[str, object]
VERY_LARGE, LARGE, SMALLER = 25, 19, 15
"""Points of the letters of a path: the very large ones where there are no steps."""
_MUCH, _LITTLE, _EACH = 830, 500, 60
"""Characters on a path that are much, and little; and what each text counts for beside its own."""
_FAR, _NEAR = 2.6, 0.9
"""Centimetres from one place on the path to the next."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document to be printed."""

    pdf: bytes
    missing: tuple[str, ...]
    """Characters that no font has, which stand in it as �."""


def contract_page(reading: Reading, exported: str = "") -> Printed:
    """Print the contract with everybody's answer; raises NoTypst.

    What was thought and said beside it stays in the contract itself, but for what somebody sees
    differently: that belongs to it.
    """
    page = _Page()
    dissents = tuple(one for one in reading.notes if one.kind is NoteKind.DISSENT)
    title = reading.title.strip() or words.CONTRACT
    printed = replace(reading, title=title, reflections=(), notes=dissents, agreement=None)
    answered = list(agreement(reading))
    *_, foot = [block for block in answered if isinstance(block, Line)] or [Line(_id(reading))]
    data: Value = {
        "title": page.plain(title),
        "blocks": [page.block(block) for block in sheet(printed)],
        "agreement": [
            page.block(one) for one in answered if not isinstance(one, Entry) and one is not foot
        ],
        "answers": [page.block(one) for one in answered if isinstance(one, Entry)],
    }
    return page.printed("contract.typ", data, foot.text, exported)


def path_page(reading: Reading, goal: ReadGoal, exported: str = "") -> Printed:
    """Print one goal: its steps as a path, and who helps; raises NoTypst."""
    page = _Page()
    cautions = [one for one in goal_words(goal) if isinstance(one, Caution)]
    helping = goal.together_with if not goal.together_with.is_blank else Written()
    others = (step.by for step in goal.steps if step.by and step.by.role is not Role.STUDENT)
    people = dict.fromkeys(one.name for one in others)
    data: Value = {
        "title": page.plain(goal.what.text.strip() or words.NO_GOAL),
        "size": _size(goal, cautions),
        "apart": _NEAR if goal.steps else _FAR,
        "goal": page.lines(goal.what if not goal.what.is_blank else Written(words.NO_GOAL)),
        "origin": page.lines(Written(" ".join(goal_origin(goal).split()))),
        "matters-label": page.lines(Written(words.MATTERS)),
        "matters": page.lines(goal.matters),
        "success-label": page.lines(Written(words.SUCCESS)),
        "success": page.lines(goal.success),
        "evidence-label": page.lines(Written(words.EVIDENCE)),
        "evidence": page.lines(goal.evidence),
        "steps": [page.block(step_entry(step)) for step in goal.steps],
        "cautions": [page.lines(Written(one.text)) for one in cautions],
        "helps-label": page.lines(Written(words.WHO_HELPS)),
        "helps": [page.lines(one) for one in (helping, Written(", ".join(people))) if one.text],
    }
    return page.printed("path.typ", data, reading.title, exported)


def _id(reading: Reading) -> str:
    if reading.contract is None:
        return ""
    return words.CONTRACT_ID.format(contract=format_document_id(reading.contract))


def _size(goal: ReadGoal, cautions: Sequence[Caution]) -> int:
    """Return how large the letters are with which a path most likely fits on one page."""
    texts = (goal.what, goal.matters, goal.success, goal.evidence, goal.together_with)
    told = [*texts, *(step.what for step in goal.steps)]
    lengths = [len(one.text) for one in told if not one.is_blank]
    much = sum(length + _EACH for length in (*lengths, *(len(one.text) for one in cautions)))
    if much > _MUCH:
        return SMALLER
    return LARGE if goal.steps or much > _LITTLE else VERY_LARGE


class _Page:
    """Turns words and blocks into values that a layout draws."""

    def __init__(self) -> None:
        self._printing = Printing()

    def plain(self, text: str) -> str:
        return self._printing.text(" ".join(text.split()))

    def lines(self, written: Written) -> list[Value]:
        """Return each line with its direction, cut where words are somebody else's."""
        if written.is_blank:
            return []
        lines: list[Value] = []
        at = 0
        for line in written.text.split("\n"):
            lines.append({"rtl": _is_rtl(line), "runs": self._runs(line, at, written.foreign)})
            at += len(line) + 1
        return lines

    def block(self, block: Block) -> Value:
        """Return one block under the names that the layouts know."""
        value: dict[str, object] = {"kind": type(block).__name__.lower()}
        match block:
            case Words(written, label):
                value |= {"words": self.lines(written), "label": self.lines(Written(label))}
            case Entry(written, facts, label, done):
                value |= {"words": self.lines(written), "label": self.lines(Written(label))}
                value |= {"facts": self.lines(Written(" · ".join(facts))), "done": done}
            case Heading(text, level):
                value |= {"words": self.lines(Written(" ".join(text.split()))), "level": level}
            case _:
                value["words"] = self.lines(Written(block.text))
        return value

    def printed(self, layout: str, data: Value, *foot: str) -> Printed:
        """Set a page; `foot` are the lines at its bottom."""
        said = [line for line in foot if line]
        lines = [{"text": self.plain(line)} for line in said]
        missing = tuple(self._printing.missing)
        if missing:
            lines.append({"text": words.REPLACED.format(instead=INSTEAD)})
        return Printed(_set(layout, {**data, "foot": lines}), missing)

    def _runs(self, line: str, at: int, foreign: Sequence[Foreign]) -> list[Value]:
        runs: list[Value] = []
        done = 0
        for one in foreign:
            start, end = max(one.start - at, 0), min(one.start + len(one.text) - at, len(line))
            if start >= end:
                continue
            runs += [self._run(line[done:start], foreign=False)] if start > done else []
            runs.append(self._run(line[start:end], foreign=True))
            done = end
        return [*runs, self._run(line[done:], foreign=False)]

    def _run(self, text: str, *, foreign: bool) -> Value:
        return {"text": self._printing.text(text), "foreign": foreign}


def _is_rtl(line: str) -> bool:
    """Whether a line runs from right to left, by its first letter with a direction."""
    directions = (unicodedata.bidirectional(one) for one in line)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


def _set(layout: str, data: Value) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise NoTypst(words.GET_TYPST) from error
    with as_file(files("contract_tui.exports.paper")) as folder:
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder / "fonts")],
        )
        compiler = typst.Compiler(str(folder / layout), root=str(folder), font_paths=fonts)
        inputs = {"page": json.dumps(data, ensure_ascii=False)}
        made = compiler.compile(format="pdf", sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made
