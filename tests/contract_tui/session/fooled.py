"""Documents that are given something harmful in place of what the validation has seen.

The validation knows no harmful change that it lets in. If there is one, this is what it does.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import ClassVar

from contract_tui.contract.crdt import CrdtDocument, LocalChange, Writer
from contract_tui.contract.errors import DocumentDamaged


class Fooled(CrdtDocument):
    """Takes harmful changes for harmless ones."""

    swaps: ClassVar[dict[bytes, bytes]] = {}

    @classmethod
    @contextmanager
    def by(cls, seen: bytes, taken: bytes) -> Iterator[None]:
        """Let every document take a change for another one."""
        cls.swaps[seen] = taken
        try:
            yield
        finally:
            del cls.swaps[seen]

    ruins: ClassVar[list[bytes]] = []
    """Changes that make a panic, each in the middle of what is next written."""

    def transact(self, write: Callable[[Writer], object]) -> LocalChange | None:
        if self.ruins:
            with suppress(DocumentDamaged):
                super().apply([self.ruins.pop()])
        return super().transact(write)

    def apply(self, raws: Sequence[bytes]) -> None:
        super().apply([self.swaps.get(raw, raw) for raw in raws])
