"""What others wrote in a thing that somebody took away without having seen it."""

from collections.abc import Iterator

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.items.hands import KnownHands
from contract_tui.contract.items.values import Goal, Item, Removal
from sync_server.protocol.operations import ElementId


def unseen(document: CrdtDocument, hands: KnownHands, thing: Item) -> bool:
    """Whether words of others stand in a thing that its remover did not know.

    A version that has not arrived here, or that nobody has, shows nothing of it as seen.
    """
    removal = thing.removal
    if removal is None:
        return False
    return any(
        hands.person(element) != removal.by
        for text in _texts(thing)
        for element in _since(document, text, removal)
    )


def _texts(thing: Item) -> Iterator[ElementId]:
    yield from thing.texts.values()
    if isinstance(thing, Goal):
        for step in thing.steps:
            yield from step.texts.values()


def _since(document: CrdtDocument, text: ElementId, removal: Removal) -> set[ElementId]:
    now = {one.id for one in document.elements(text)}
    return now - {one.id for one in document.elements(text, removal.heads)} if now else now
