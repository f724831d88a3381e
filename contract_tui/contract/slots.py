"""What was put under the keys of maps, and what took its place.

Whoever writes over something says so, but two who write at once do not know of each other: then
one of both stands there for everybody, and nothing says that the other was ever written.
"""

from sync_server.protocol.operations import Action, ElementId, Operation


class Slots:
    """Gathers the operations of some maps, whose `predecessors` are what came after them."""

    def __init__(self) -> None:
        self._taken: dict[ElementId, ElementId] = {}
        self._stands: dict[tuple[ElementId | None, str], ElementId] = {}

    def take(self, one: Operation) -> None:
        """Take the next operation; those that delete are not among them."""
        if not isinstance(one.key, str) or one.action is Action.INCREMENT:
            return
        if one.predecessors:
            self._taken[one.id] = one.predecessors[0]
        else:
            place = one.object, one.key
            self._stands[place] = max(one.id, self._stands.get(place, one.id))

    def taker(self, obj: ElementId | None, key: str, made: ElementId) -> ElementId | None:
        """What took the place of something that was put there; None while it stands."""
        if made in self._taken:
            return self._taken[made]
        stands = self._stands.get((obj, key))
        return None if stands == made else stands

    def is_taken(self, made: ElementId) -> bool:
        """Whether somebody wrote over something, or deleted it, who knew of it."""
        return made in self._taken

    def is_free(self, obj: ElementId | None, key: str) -> bool:
        """Whether nothing stands under a key."""
        return (obj, key) not in self._stands
