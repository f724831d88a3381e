"""One Automerge document: changes in, changes out, and typed reads."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Self

from automerge.core import Document, Message, SyncState

from contract_tui.contract.crdt.ancestry import Clock, clock_before
from contract_tui.contract.crdt.spoken import Spoken, SpokenBefore
from contract_tui.contract.crdt.telling import KINDS, PLACEHOLDER, characters, value_of
from contract_tui.contract.crdt.writer import Writer
from contract_tui.contract.errors import DocumentDamaged
from contract_tui.contract.names import ObjectId, read_name, write_name
from contract_tui.contract.opening.alarm import ALARM, if_there, refusing, unless_panic
from contract_tui.contract.values import Element, Heads, Kind, LocalChange, Odd, Value
from contract_tui.language import _
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.leb import encode_uleb
from sync_server.protocol.operations import ElementId

_SYNC_MESSAGE_WITHOUT_HEADS = b"\x42\0\0\0"
_size = lru_cache(1024)(encode_uleb)
"""How long a change is; most have one of a few lengths."""


class CrdtDocument:
    """One Automerge document: changes in, changes out, and typed reads."""

    def __init__(self, actor: Actor, document: Document | None = None) -> None:
        self.actor = actor
        self._document = document or Document(bytes(actor))
        self._clocks: dict[ElementId, Clock] = {}
        self._spoken = Spoken()

    def fork(self, actor: Actor | None = None) -> Self:
        """Return a copy, for the same actor or another one; about 1 µs for each change."""
        actor = actor or self.actor
        with ALARM:
            twin = self._document.fork()
            twin.set_actor(bytes(actor))
        return type(self)(actor, twin)

    def write_as(self, actor: Actor) -> None:
        """Make further changes under another actor."""
        with ALARM:
            self._document.set_actor(bytes(actor))
        self.actor = actor

    @property
    def heads(self) -> Heads:
        """The hashes of the newest changes; empty when there are none."""
        with ALARM:
            return tuple(ChangeHash(bytes(head)) for head in self._document.get_heads())

    def apply(self, raws: Sequence[bytes]) -> None:
        """Apply changes; those that cannot be used are left out, those that come early wait.

        Raises DocumentDamaged when a change broke the document for good.
        """
        entries = [part for raw in raws for part in (_size(len(raw)), raw)]
        message = b"".join([_SYNC_MESSAGE_WITHOUT_HEADS, encode_uleb(len(raws)), *entries])
        with refusing(_("A change could not be read.")):
            self._document.receive_sync_message(SyncState(), Message.decode(message))

    def transact(self, write: Callable[["Writer"], object]) -> LocalChange | None:
        """Make one change of what `write` writes; None when it wrote nothing new.

        An exception takes everything back; raises DocumentDamaged when it could not.
        """
        with ALARM:
            before = self._document.get_heads()
            try:
                with self._document.transaction() as transaction:
                    write(Writer(transaction))
            except BaseException:
                if self._is_lost():
                    self._leak()
                raise
            made = self._document.get_changes(before)
        return LocalChange(bytes(made[0].raw_bytes), int(made[0].start_op)) if made else None

    def _is_lost(self) -> bool:
        try:
            self._document.get_heads()
        except Exception:  # noqa: BLE001 - the library raises nothing more precise
            return True
        return False

    def _leak(self) -> None:
        """Never free a document whose transaction stays open: that would end the program."""
        import ctypes  # rarely needed, and slow to import

        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._document))

    def changes_since(self, heads: Heads) -> list[bytes]:
        """Return the changes that are not among `heads` and their ancestors, dependencies first."""
        with ALARM:
            return [bytes(change.raw_bytes) for change in self._document.get_changes(list(heads))]

    def hashes_since(self, heads: Heads) -> list[ChangeHash]:
        """Return the hashes of the changes that `changes_since` returns."""
        with ALARM:
            return [ChangeHash(bytes(one.hash)) for one in self._document.get_changes(list(heads))]

    def know(self, spoken: Spoken) -> None:
        """Take what all changes up to now said, if somebody has read it already."""
        spoken.heads = self.heads
        self._spoken = spoken

    def spoken(self, heads: Heads | None = None) -> SpokenBefore:
        """Return all that had been said under any key at some heads; as it stands by default."""
        said = self._spoken
        if said.heads != (now := self.heads):
            for raw in self.changes_since(said.heads):
                said.read(raw)
            said.heads = now
        return SpokenBefore(said, {} if heads is None else self._begun_after(heads))

    def _begun_after(self, heads: Heads) -> Clock:
        """Return of each actor who wrote after some heads the number of the first operation."""
        begun: dict[bytes, int] = {}
        with ALARM:
            for one in self._document.get_changes(list(heads)):
                actor, start = bytes(one.actor_id), int(one.start_op)
                begun[actor] = min(start, begun.get(actor, start))
        return begun

    def clock_before(self, operation: ElementId) -> Clock:
        """Return what was there when an operation was made, which never changes; slow once."""
        if operation not in self._clocks:
            self._clocks[operation] = clock_before(operation, self.changes_since(()))
        return self._clocks[operation]

    def save(self) -> bytes:
        """Return the whole document as one Automerge file."""
        with ALARM:
            return bytes(self._document.save())

    def prove(self) -> None:
        """Check that what is saved can be read again; about 7 µs for each change.

        Raises DocumentDamaged. Some changes that the library accepts make a file that it refuses.
        """
        saved = self.save()
        with refusing(_("What is saved of the document cannot be read.")):
            heads = Document.load(saved).get_heads()
        if tuple(map(bytes, heads)) != self.heads:
            raise DocumentDamaged(_("What is saved of the document is not the document."))

    def kind(self, obj: ObjectId) -> Kind | None:
        """Return what sort of object this is; None when there is no such object."""
        return if_there(lambda: KINDS[repr(self._document.object_type(write_name(obj)))])

    def keys(self, obj: ObjectId, heads: Heads | None = None) -> list[str]:
        """Return the keys of a map, sorted; none for an object that is not there."""
        with ALARM:
            return list(self._document.keys(write_name(obj), _hashes(heads)))

    def get(self, obj: ObjectId, key: str | int, heads: Heads | None = None) -> Value:
        """Return what a map holds under a key, or a list or Text at an index."""
        return self.found(obj, key, heads)[0]

    def items(self, obj: ObjectId, heads: Heads | None = None) -> dict[str, Value]:
        """Return everything that a map holds; at once, unless a value in it makes a panic."""
        keys = self.keys(obj, heads)
        found = unless_panic(lambda: self._document.values(write_name(obj), _hashes(heads)))
        if isinstance(found, Odd) or len(found) != len(keys):
            return {key: self.get(obj, key, heads) for key in keys}
        return {key: value_of(*one) for key, one in zip(keys, found, strict=True)}

    def length(self, obj: ObjectId, heads: Heads | None = None) -> int:
        """Return how many elements a list, or how many code points a Text, has."""
        with ALARM:
            return int(self._document.length(write_name(obj), _hashes(heads)))

    def text(self, obj: ObjectId, heads: Heads | None = None) -> str:
        """Return the characters of a Text; the empty string when there is no such object."""
        return if_there(lambda: self._document.text(write_name(obj), _hashes(heads))) or ""

    def id_at(self, obj: ObjectId, index: int | str) -> ElementId | None:
        """Return the id of what is at a code point of a Text, or under a key; None for nothing."""
        found = unless_panic(lambda: self._document.get(write_name(obj), index))
        return None if found is None or isinstance(found, Odd) else read_name(found[1])

    def elements(self, obj: ObjectId, heads: Heads | None = None) -> list[Element]:
        """Return every element of a Text, also those without characters; about 2 µs each."""
        found = unless_panic(lambda: self._document.values(write_name(obj), _hashes(heads)))
        if isinstance(found, Odd):
            return list(self._elements_one_by_one(obj, heads))
        return [Element(characters(value), read_name(name)) for value, name in found]

    def _elements_one_by_one(self, obj: ObjectId, heads: Heads | None) -> Iterator[Element]:
        """Read a Text in which one value makes the library panic."""
        index, length = 0, self.length(obj, heads)
        while index < length:
            value, element = self.found(obj, index, heads)
            text = value if isinstance(value, str) else PLACEHOLDER
            yield Element(text, element or ElementId(0, b""))
            index += len(text)

    def found(
        self, obj: ObjectId, key: str | int, heads: Heads | None = None
    ) -> tuple[Value, ElementId | None]:
        """Return what `get` returns, and the operation that put it there."""
        found = unless_panic(lambda: self._document.get(write_name(obj), key, _hashes(heads)))
        if found is None:
            return Odd.ABSENT, None
        if isinstance(found, Odd):
            return found, None
        value, name = found
        return value_of(value, name), read_name(name)


def expand(file: bytes) -> list[bytes]:
    """Return the changes inside an Automerge file or document chunk, dependencies first.

    Raises DocumentDamaged when the library cannot read it.
    """
    with refusing(_("This is no Automerge document, or it is damaged.")):
        return [bytes(change.raw_bytes) for change in Document.load(file).get_changes([])]


def _hashes(heads: Iterable[ChangeHash] | None) -> list[bytes] | None:
    return None if heads is None else list(heads)
