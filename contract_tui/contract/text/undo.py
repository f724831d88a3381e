"""Taking back one's own words, and nobody else's.

Undo is a new change: it deletes those characters of a step that are still there, and puts back what
the step removed, after the character it stood behind. It works on ids, so that what others wrote in
the meantime, before, inside or after, stays where it is.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contract_tui.contract.text.mirror import SharedText, Written
from contract_tui.contract.text.splice import Splice, stretches
from contract_tui.contract.text.tombstones import Tombstones
from sync_server.protocol.operations import ElementId

_STEPS = 1_000
_LARGEST_STEP = 20_000
"""Characters to which typing or deleting goes on as one step: its undo has to fit one change."""
PAUSE = 2.0
"""Seconds without typing after which a new step begins."""


@dataclass(slots=True)
class Step:
    """What one undo takes back."""

    writes: list[Written]
    at: float = 0.0
    """When it was last added to."""
    open: bool = False
    """Whether what is typed next may still belong to it."""


@dataclass(slots=True)
class Plan:
    """The splices that take a step back, and the characters that each puts back."""

    splices: list[Splice] = field(default_factory=list)
    restored: list[tuple[ElementId, ...]] = field(default_factory=list)


class UndoHistory:
    """What a person did in one text since it was opened, as steps to take back and to do again."""

    def __init__(self) -> None:
        self._done: deque[Step] = deque(maxlen=_STEPS)
        self._undone: list[Step] = []
        self._alias: dict[ElementId, ElementId] = {}

    def record_together(self, writes: Sequence[Written]) -> None:
        """Note some splices just made in one change, to be taken back as one step."""
        self._undone.clear()
        self._done.append(Step(list(writes)))

    def record(self, written: Written, text: str, now: float) -> None:
        """Note a splice just made; `text` is what it inserted, `now` counts seconds."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and last.open and now - last.at < PAUSE:
            joined = _join(last.writes[-1], written, text)
            if joined is not None:
                last.writes[-1] = joined
                last.at = now
                return
        self._done.append(Step([written], now, open=len(text) <= 1))

    def undo(self, text: SharedText) -> Plan | None:
        """Return how to take the last step back that left a trace; None when there is none."""
        return self._next(self._done, text)

    def redo(self, text: SharedText) -> Plan | None:
        """Return how to do again what was last taken back; None when there is nothing."""
        return self._next(self._undone, text)

    def undone(self, plan: Plan, written: Sequence[Written]) -> None:
        """Note that an undo was written."""
        self._undone.append(self._inverse(plan, written))

    def redone(self, plan: Plan, written: Sequence[Written]) -> None:
        """Note that a redo was written."""
        self._done.append(self._inverse(plan, written))

    def kin(self, elements: Iterable[ElementId]) -> set[ElementId]:
        """Return characters, and those that undo and redo put in their place or took from it."""
        earlier = {new: old for old, new in self._alias.items()}
        found = set(elements)
        for links in (self._alias, earlier):
            for one in list(found):
                element = one
                while element in links:
                    element = links[element]
                    found.add(element)
        return found

    def forget(self, elements: frozenset[ElementId]) -> None:
        """Forget every step that would put back any of these characters."""
        never = self.kin(elements)
        for steps in (self._done, self._undone):
            left = [
                step
                for step in steps
                if all(never.isdisjoint(write.removed) for write in step.writes)
            ]
            steps.clear()
            steps.extend(left)

    def _next(self, steps: deque[Step] | list[Step], text: SharedText) -> Plan | None:
        while steps:
            plan = _Planner(text, self._alias).plan(steps.pop())
            if plan.splices:
                return plan
        return None

    def _inverse(self, plan: Plan, written: Sequence[Written]) -> Step:
        for old, write in zip(plan.restored, written, strict=True):
            if len(old) == len(write.added):  # more was written where an element was cut in two
                self._alias.update(zip(old, write.added, strict=True))
        return Step(list(written))


class _Planner:
    """Works out the splices of one undo on a copy of the text's ids."""

    def __init__(self, text: SharedText, alias: dict[ElementId, ElementId]) -> None:
        self._text = text
        self._ids = list(text.ids)
        self._alias = alias
        self._put_back: dict[ElementId, ElementId] = {}
        """Placeholders for characters that this plan puts back."""
        self._gone = Tombstones()
        self._plan = Plan()

    def plan(self, step: Step) -> Plan:
        """Return how to take the step back, last write first."""
        for write in reversed(step.writes):
            self._delete(write.added)
            if write.removed_text:
                self._insert(write)
        return self._plan

    def _delete(self, added: Iterable[ElementId]) -> None:
        mine = {self._now(element) for element in added}
        if not mine:
            return
        offsets = [offset for offset, element in enumerate(self._ids) if element in mine]
        for start, end in reversed(stretches(offsets)):
            self._splice(Splice(start, end, ""), ())

    def _insert(self, write: Written) -> None:
        start = self._offset_after(write.left)
        self._splice(Splice(start, start, write.removed_text), write.removed)

    def _splice(self, splice: Splice, restored: tuple[ElementId, ...]) -> None:
        stand_ins = [ElementId(-1 - len(self._put_back) - i, b"") for i in range(len(restored))]
        self._put_back.update(zip(restored, stand_ins, strict=True))
        left = self._ids[splice.start - 1] if splice.start else None
        self._gone.bury(left, self._ids[splice.start : splice.end])
        self._ids[splice.start : splice.end] = stand_ins
        self._plan.splices.append(splice)
        self._plan.restored.append(restored)

    def _now(self, element: ElementId) -> ElementId:
        """Return the id under which a character is back, if it was put back."""
        while element in self._alias:
            element = self._alias[element]
        return self._put_back.get(element, element)

    def _offset_after(self, left: ElementId | None) -> int:
        while left is not None:
            left = self._now(left)
            for gone in (self._gone, self._text.tombstones):
                if left in gone:
                    left = gone.left_of(left)
                    break
            else:
                return self._ids.index(left) + 1 if left in self._ids else 0
        return 0


def _join(last: Written, new: Written, text: str) -> Written | None:
    """Return both as one, when they are typing or deleting that simply goes on; else None."""
    if sum(map(len, (last.added, last.removed, new.added, new.removed))) > _LARGEST_STEP:
        return None
    if text and not new.removed and last.added and not last.removed:
        goes_on = new.left == last.added[-1] and len(text) == 1 and not text.isspace()
        return Written(last.left, "", (), last.added + new.added) if goes_on else None
    if text or last.added or not (new.removed and last.removed):
        return None
    if new.removed[-1] == last.left:
        removed = new.removed + last.removed
        return Written(new.left, new.removed_text + last.removed_text, removed, ())
    if new.left == last.left:
        removed = last.removed + new.removed
        return Written(last.left, last.removed_text + new.removed_text, removed, ())
    return None
