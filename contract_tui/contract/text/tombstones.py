"""Where characters stood that are gone, so that a caret or an undo still finds the place."""

from collections.abc import Sequence
from itertools import islice

from sync_server.protocol.operations import ElementId

_MOST = 50_000


class Tombstones:
    """For each character that went, the one that stood before it; the oldest are forgotten."""

    def __init__(self) -> None:
        self._left: dict[ElementId, ElementId | None] = {}

    def __contains__(self, element: ElementId) -> bool:
        return element in self._left

    def __len__(self) -> int:
        return len(self._left)

    def bury(self, left: ElementId | None, gone: Sequence[ElementId]) -> None:
        """Note that these characters went, which stood behind `left`."""
        self._left.update(dict.fromkeys(gone, left))
        if len(self._left) > _MOST:
            for oldest in list(islice(self._left, len(self._left) - _MOST // 2)):
                del self._left[oldest]

    def revive(self, back: Sequence[ElementId]) -> None:
        """Note that these characters are there; a character here never stands there as well.

        So everything points to what went later than itself, and no walk goes in circles.
        """
        if self._left:
            for element in back:
                self._left.pop(element, None)

    def left_of(self, element: ElementId) -> ElementId | None:
        """Return the character that stood before it; None is the beginning of the text."""
        return self._left[element]

    def survivor(self, element: ElementId | None) -> ElementId | None:
        """Return the nearest character to the left that did not go; the element if it did not."""
        while element is not None and element in self._left:
            element = self._left[element]
        return element
