"""The words of each part, mirrored from the moment that somebody looks at them."""

from collections.abc import Iterator, Mapping

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.errors import UnknownPart
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.mirror import SharedText, TextChange
from contract_tui.language import _
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId


class Texts:
    """Every text of one contract, by part; what a part was once is not forgotten."""

    def __init__(
        self,
        document: CrdtDocument,
        objects: Mapping[PartId, ElementId],
        first_version: int = 0,
    ) -> None:
        self.objects = dict(objects)
        """The objects that hold the words of each part."""
        self.parts = {obj: part for part, obj in objects.items()}
        """Which part each object holds the words of."""
        self.detached: frozenset[PartId] = frozenset()
        """The parts whose text is in its place no more: what is written there nobody is shown."""
        self._document = document
        self._mirrors: dict[PartId, SharedText] = {}
        self._first_version = first_version

    def __getitem__(self, part: PartId) -> SharedText:
        """The words of a part; raises UnknownPart."""
        if part not in self._mirrors:
            obj = self.object(part)
            self._mirrors[part] = SharedText(self._document, obj, self._first_version)
        return self._mirrors[part]

    def object(self, part: PartId) -> ElementId:
        """Return the object that holds the words of a part; raises UnknownPart."""
        if part not in self.objects:
            raise UnknownPart(_("This contract has no section “{section}”.").format(section=part))
        return self.objects[part]

    def last_written(self) -> Iterator[tuple[PartId, Actor, ElementId]]:
        """Yield where each actor was the last to write in a part, by the character."""
        for part, mirror in self._mirrors.items():
            for actor, element in mirror.last_by.items():
                yield part, actor, element

    @property
    def next_version(self) -> int:
        """A version that none of these texts has had."""
        versions = [mirror.version for mirror in self._mirrors.values()]
        return max(versions, default=self._first_version) + 1

    def learn(self, objects: Mapping[PartId, ElementId]) -> None:
        """These are all parts that there are; a part may have got another object.

        One that is there no more stays readable, as it was last.
        """
        self.objects = {**self.objects, **objects}
        self.detached = frozenset(self.objects.keys() - objects.keys())
        self.parts |= {obj: part for part, obj in objects.items()}
        for part in self._mirrors.keys() & objects.keys():
            if self._mirrors[part].object != objects[part]:
                mirror = SharedText(self._document, objects[part], self.next_version)
                self._mirrors[part] = mirror

    def merge(self, touched: Mapping[ElementId, TextChange]) -> frozenset[PartId]:
        """Follow changes of others that the document has applied; returns the parts they touch."""
        found = {self.parts[obj]: obj for obj in touched if obj in self.parts}
        parts = frozenset(part for part, obj in found.items() if self.objects[part] == obj)
        for part in parts & self._mirrors.keys():
            self._mirrors[part].merge(touched[self.objects[part]])
        return parts

    def reload(self) -> frozenset[PartId]:
        """Read all of them again; returns their parts."""
        for mirror in self._mirrors.values():
            mirror.reload()
        return frozenset(self.objects)
