"""A contract on paper: as a page to sign and keep, and one goal as a path from A to B.

The layouts are typst's. Words reach them as values, so that nothing that anybody typed is read as
anything but words; nothing is loaded from elsewhere, and only the bundled fonts are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from contract_tui.contract.items.tokens import NoteKind
from contract_tui.contract.reading import ReadGoal, Reading, Written
from contract_tui.exports import words
from contract_tui.exports.blocks import Caution, Entry, Line
from contract_tui.exports.home import Kept, around, asked_later, heading, promised
from contract_tui.exports.paper.page import Page, Printed, Value, extent, is_long
from contract_tui.exports.sheet import (
    GOAL,
    agreement,
    goal_origin,
    goal_words,
    printed_sheet,
    step_entry,
)
from contract_tui.exports.typed import typed
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id

VERY_LARGE, LARGE, SMALLER, SMALL = 25, 19, 15, 11
"""Points of the letters of a path: the very large ones where there are no steps."""
_VERY_MUCH, _MUCH, _LITTLE, _EACH = 1_400, 900, 500, 60
"""Characters on a path that are very much, much, and little; and what each text adds to its own."""
_PROMISED = ((500, 18), (1_000, 15), (1_600, 13), (inf, 11))
"""Up to how many characters of promises the letters have how many points."""
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
        "groups": page.groups(printed_sheet(printed)),
        "agreement": [
            page.block(one) for one in answered if not isinstance(one, Entry) and one is not foot
        ],
        "answers": [page.block(one) for one in answered if isinstance(one, Entry)],
    }
    return page.printed("contract.typ", data, foot.text, exported)


def path_page(reading: Reading, goal: ReadGoal, exported: str = "") -> Printed:
    """Print one goal: its steps as a path, and who helps; raises NoTypst."""
    page = Page()
    told = (one for one in goal_words(goal) if isinstance(one, Caution | Line))
    shown = (goal.what, goal.origin_note, *(step.what for step in goal.steps))
    for_them = (line for one in shown for line in typed(one.typed))
    cautions = [*told, *_doubts(goal), *for_them]
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
        **_ends(page, goal, helping),
        "steps": [page.block(step_entry(step)) for step in goal.steps],
        "cautions": [page.lines(Written(one.text)) for one in cautions],
        "helps-label": page.lines(Written(words.WHO_HELPS)),
        "helps": [page.lines(one) for one in (helping, Written(", ".join(people))) if one.text],
    }
    return page.printed("path.typ", data, reading.title, exported)


def promises_pages(reading: Reading, kept: Sequence[Kept], exported: str = "") -> Printed:
    """Print what people promised, each on a page to take home; raises NoTypst."""
    page = Page()
    data: Value = {
        "title": page.plain(reading.title.strip() or words.CONTRACT),
        "pages": [
            {
                "heading": page.lines(Written(heading(one))),
                "size": _promised_size(one),
                "promises": [page.block(block) for block in (*promised(one), *asked_later(one))],
            }
            for one in kept
        ],
        "around": [page.block(block) for block in around(reading)],
    }
    return page.printed("home.typ", data, exported)


def _id(reading: Reading) -> str:
    if reading.contract is None:
        return ""
    return words.CONTRACT_ID.format(contract=format_document_id(reading.contract))


def _ends(page: Page, goal: ReadGoal, helping: Written) -> Value:
    """Return what stands at A and at B, and what is so long that it goes on on the next page."""
    return {
        "matters-label": page.lines(_label("matters")),
        "matters": page.lines(goal.matters),
        "success-label": [] if goal.success.is_blank else page.lines(_label("success")),
        "success": page.lines(goal.what if goal.success.is_blank else goal.success),
        "evidence-label": page.lines(_label("evidence")),
        "evidence": page.lines(goal.evidence),
        "long": {
            "matters": is_long(goal.matters),
            "success": is_long(goal.success) or is_long(goal.evidence),
            "helps": is_long(helping),
        },
    }


def _label(field: str) -> Written:
    return Written(GOAL[field].label)


def _doubts(goal: ReadGoal) -> list[Caution]:
    """Say who wrote the words on a path where that is in doubt."""
    doubted = [one for one in (*goal.texts, *(step.what for step in goal.steps)) if one.in_doubt]
    names = dict.fromkeys(name for one in doubted for name in one.by)
    return [Caution(words.WRITTEN_BY.format(names=", ".join(names)))] if names else []


def _size(goal: ReadGoal, cautions: Sequence[Caution | Line]) -> int:
    """Return how large the letters are with which a path most likely fits on one page."""
    texts = (goal.what, goal.matters, goal.success, goal.evidence, goal.together_with)
    told = [*texts, *(step.what for step in goal.steps)]
    lengths = [extent(one.text) for one in told if not one.is_blank]
    much = sum(length + _EACH for length in (*lengths, *(extent(one.text) for one in cautions)))
    if much > _VERY_MUCH:
        return SMALL
    if much > _MUCH:
        return SMALLER
    return LARGE if goal.steps or much > _LITTLE else VERY_LARGE


def _promised_size(kept: Kept) -> int:
    """Return how large the letters are with which somebody's promises most likely fit on a page."""
    much = sum(extent(one.what.text) + _EACH for one in kept.promises)
    return next(size for most, size in _PROMISED if much <= most)


def _title_size(title: str, size: int) -> float:
    """Return how large the letters of a path's title are, so that its longest word fits in."""
    longest = max(map(len, title.split()))
    much = 2.5 if len(title) <= _SHORT else 1.7
    return max(size, min(much * size, _TITLE / (_BOLD * longest)))
