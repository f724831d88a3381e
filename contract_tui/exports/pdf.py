"""A contract on paper: as a page to sign and keep, and one goal as a path from A to B.

The layouts are typst's. Words reach them as values, so that nothing that anybody typed is read as
anything but words; nothing is loaded from elsewhere, and only the bundled fonts are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contract_tui.contract.items.tokens import NoteKind
from contract_tui.contract.reading import ReadGoal, Reading, Written
from contract_tui.exports import words
from contract_tui.exports.blocks import Caution, Entry, Line
from contract_tui.exports.paper.page import Page, Printed, Value
from contract_tui.exports.sheet import GOAL, agreement, goal_origin, goal_words, sheet, step_entry
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id

VERY_LARGE, LARGE, SMALLER = 25, 19, 15
"""Points of the letters of a path: the very large ones where there are no steps."""
_MUCH, _LITTLE, _EACH = 830, 500, 60
"""Characters on a path that are much, and little; and what each text counts for beside its own."""
_TITLE, _BOLD = 459, 0.64
"""Points that the title of a path has room for, and how wide a bold letter is beside its height."""
_SHORT = 28
"""Characters of a title that may be very large."""
_FAR, _NEAR = 2.6, 0.9
"""Centimetres from one place on the path to the next."""


def contract_page(reading: Reading, exported: str = "") -> Printed:
    """Print the contract with everybody's answer; raises NoTypst.

    What was thought and said beside it stays in the contract itself, but for what somebody sees
    differently: that belongs to it.
    """
    page = Page()
    dissents = tuple(one for one in reading.notes if one.kind is NoteKind.DISSENT)
    title = reading.title.strip() or words.CONTRACT
    printed = replace(reading, title=title, reflections=(), notes=dissents, agreement=None)
    answered = list(agreement(reading))
    *_, foot = [block for block in answered if isinstance(block, Line)] or [Line(_id(reading))]
    data: Value = {
        "title": page.plain(title),
        "groups": page.groups(sheet(printed)),
        "agreement": [
            page.block(one) for one in answered if not isinstance(one, Entry) and one is not foot
        ],
        "answers": [page.block(one) for one in answered if isinstance(one, Entry)],
    }
    return page.printed("contract.typ", data, foot.text, exported)


def path_page(reading: Reading, goal: ReadGoal, exported: str = "") -> Printed:
    """Print one goal: its steps as a path, and who helps; raises NoTypst."""
    page = Page()
    cautions = [*(one for one in goal_words(goal) if isinstance(one, Caution)), *_doubts(goal)]
    helping = goal.together_with if not goal.together_with.is_blank else Written()
    others = (step.by for step in goal.steps if step.by and step.by.role is not Role.STUDENT)
    people = dict.fromkeys(one.name for one in others)
    what = goal.what if not goal.what.is_blank else Written(words.NO_GOAL)
    size = _size(goal, cautions)
    data: Value = {
        "title": page.plain(what.text),
        "size": size,
        "large": _title_size(what.text, size),
        "apart": _NEAR if goal.steps else _FAR,
        "goal": page.lines(what),
        "origin": page.lines(Written(" ".join(goal_origin(goal).split()))),
        "matters-label": page.lines(Written(GOAL["matters"].label)),
        "matters": page.lines(goal.matters),
        "success-label": page.lines(Written(GOAL["success"].label)),
        "success": page.lines(goal.success),
        "evidence-label": page.lines(Written(GOAL["evidence"].label)),
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


def _doubts(goal: ReadGoal) -> list[Caution]:
    """Say who wrote the words on a path where that is in doubt."""
    doubted = [one for one in (*goal.texts, *(step.what for step in goal.steps)) if one.in_doubt]
    names = dict.fromkeys(name for one in doubted for name in one.by)
    return [Caution(words.WRITTEN_BY.format(names=", ".join(names)))] if names else []


def _size(goal: ReadGoal, cautions: Sequence[Caution]) -> int:
    """Return how large the letters are with which a path most likely fits on one page."""
    texts = (goal.what, goal.matters, goal.success, goal.evidence, goal.together_with)
    told = [*texts, *(step.what for step in goal.steps)]
    lengths = [len(one.text) for one in told if not one.is_blank]
    much = sum(length + _EACH for length in (*lengths, *(len(one.text) for one in cautions)))
    if much > _MUCH:
        return SMALLER
    return LARGE if goal.steps or much > _LITTLE else VERY_LARGE


def _title_size(title: str, size: int) -> float:
    """Return how large the letters of a path's title are, so that its longest word fits in."""
    longest = max(map(len, title.split()))
    much = 2.5 if len(title) <= _SHORT else 1.7
    return max(size, min(much * size, _TITLE / (_BOLD * longest)))
