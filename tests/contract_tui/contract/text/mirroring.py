"""One person's document with its mirror of one text."""

from collections.abc import Sequence

from automerge.core import ScalarType

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.effects import effects
from contract_tui.contract.names import write_name
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.text.mirror import SharedText
from contract_tui.contract.text.splice import Splice
from tests.contract_tui.contract.people import BODY, actor, fully_read


class Writer:
    """One person's document and its mirror of one text."""

    def __init__(self, letter: str, document: CrdtDocument | None = None) -> None:
        self.document = document or blank_document(actor(letter))
        self.text = SharedText(self.document, BODY)

    def type(self, splice: Splice) -> bytes:
        (wide,) = self.text.widen([splice])
        change = self.document.transact(
            lambda writer: writer.splice(BODY, wide, plain=self.text.plain)
        )
        assert change is not None
        self.text.wrote([wide], change.start_op, self.document.actor)
        return change.raw

    def write_elements(self, elements: Sequence[str]) -> None:
        """Write as programs of others may: elements of any length."""
        inside = self.document._document
        with inside.transaction() as transaction:
            for index, element in enumerate(elements):
                transaction.insert(write_name(BODY), index, ScalarType.Str, element)
        self.text.reload()

    def receive(self, raws: Sequence[bytes]) -> list[Splice]:
        change = effects(raws, [BODY]).texts.get(BODY)
        self.document.apply(raws)
        return self.text.merge(change) if change else []

    def fetch(self, other: "Writer", share: float = 1) -> list[Splice]:
        """Receive a share of what the other has, oldest first."""
        known = set(self.document.changes_since(()))
        fresh = [raw for raw in other.document.changes_since(()) if raw not in known]
        return self.receive(fresh[: round(len(fresh) * share)])


def is_exact(writer: Writer) -> bool:
    return (writer.text.text, writer.text.ids) == fully_read(writer.document, writer.text)
