"""Whether a change may have made words go missing, so that the whole past is to be looked through.

That takes a while. So it is done only where letters of somebody's own text were taken out by
another, or something stands in the place of what stood there, or beside it under the same key.
"""

from collections.abc import Collection, Iterable

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths
from contract_tui.contract.items.rights import ALONE, is_the_students
from contract_tui.contract.items.vanished import Places
from contract_tui.contract.past.losses import attached
from contract_tui.contract.schema import SECTIONS_MAP
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import Action, ElementId, Operation

_MADE = {Action.MAKE_MAP, Action.MAKE_TEXT}


class Watch:
    """What stood where at one version of a contract."""

    def __init__(self, contract: Contract) -> None:
        self.items = contract.items
        self._places = Places(self.items)
        texts = attached(contract)
        self._maps = {one.map for one in contract.sections if one.map} | {SECTIONS_MAP}
        self._maps |= {one for thing in self.items for one in thing.maps}
        self.objects = frozenset(self._maps | texts.keys())
        """Everything that words and things stand in."""
        authors = {one.id: one.added_by for one in self.items if paths.kind(one.id) in ALONE}
        self._owners: dict[ElementId, Collection[SeatId]] = {}
        """Whose alone some texts are."""
        for obj, part in texts.items():
            thing = paths.owner(part)
            if is_the_students(part):
                self._owners[obj] = contract.pupils
            elif thing in authors:
                self._owners[obj] = {authors[thing]}

    def is_suspicious(
        self, author: SeatId, operations: Iterable[Operation], lost: Collection[ElementId] = ()
    ) -> bool:
        """Whether operations of a change, made by somebody, may have made anything go missing.

        Or wrote in one of the texts that are known to be `lost`.
        """
        done = list(operations)
        return (
            any(one.object in lost or self._takes(author, one) for one in done)
            or any(self._is_beside(one) or _is_section_gone(one) for one in done)
            or self._places.are_destroyed(done)
        )

    def _takes(self, author: SeatId, one: Operation) -> bool:
        """Whether something goes that is another person's alone."""
        if one.object is None or one.insert or one.action is Action.MARK:
            return False
        return author not in self._owners.get(one.object, (author,))

    def _is_beside(self, one: Operation) -> bool:
        """Whether something is put into a thing or a section that does not stand there."""
        return one.object in self._maps and one.action in _MADE and one.id not in self.objects


def _is_section_gone(one: Operation) -> bool:
    """Whether a section is taken out: all that our programs do is hide one."""
    return one.object == SECTIONS_MAP and bool(one.predecessors)
