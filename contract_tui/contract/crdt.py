"""The Automerge document behind a contract, as plain values: the only module that knows Automerge.

What the library does that callers need not know is settled here:

- a change is applied as a hand-made message of the sync protocol, since nothing else takes one;
- a change that cannot be used is dropped without a word: compare `heads`;
- text goes in one code point per operation, since longer elements cannot be taken apart again;
- what is inserted comes before what is deleted, and a long text comes in front of a stop, since
  the library walks from each insertion to the next character that is not deleted;
- some values make the library panic when read, with an exception that is no `Exception`;
- a change can make it panic too: that document can never be used again, and one that was
  being written to must not even be freed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Self

from automerge.core import Document, Message, ObjType, ScalarType, SyncState, Transaction

from contract_tui.contract.alarm import ALARM, if_there, refusing, unless_panic
from contract_tui.contract.errors import DocumentDamaged
from contract_tui.contract.names import ObjectId, read_name, write_name
from contract_tui.contract.splice import Splice
from contract_tui.contract.values import (
    Branch,
    Element,
    Heads,
    Item,
    Kind,
    LocalChange,
    Odd,
    Scalar,
    Value,
)
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.leb import encode_uleb
from sync_server.protocol.operations import ElementId

__all__ = [
    "Branch",
    "CrdtDocument",
    "Element",
    "Heads",
    "Item",
    "Kind",
    "LocalChange",
    "Odd",
    "Scalar",
    "Value",
    "Writer",
    "expand",
    "has_stop",
]

_SYNC_MESSAGE_WITHOUT_HEADS = b"\x42\0\0\0"
_size = lru_cache(1024)(encode_uleb)
"""How long a change is; most have one of a few lengths."""
_STOP = "."
_SHORT = 64
"""Characters that are inserted without a stop: many changes are shorter, and stay small."""
_PLACEHOLDER = "\ufffc"
"""What the library shows where a Text holds something that is not a string."""

_KINDS = {
    repr(ObjType.Map): Kind.MAP,
    repr(ObjType.List): Kind.LIST,
    repr(ObjType.Text): Kind.TEXT,
}
_TYPES = {Kind.MAP: ObjType.Map, Kind.LIST: ObjType.List, Kind.TEXT: ObjType.Text}


class CrdtDocument:
    """One Automerge document: changes in, changes out, and typed reads."""

    def __init__(self, actor: Actor, document: Document | None = None) -> None:
        self.actor = actor
        self._document = document or Document(bytes(actor))

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
        with refusing("A change could not be read."):
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

    def save(self) -> bytes:
        """Return the whole document as one Automerge file."""
        with ALARM:
            return bytes(self._document.save())

    def prove(self) -> None:
        """Check that what is saved can be read again; about 7 µs for each change.

        Raises DocumentDamaged. Some changes that the library accepts make a file that it refuses.
        """
        saved = self.save()
        with refusing("What is saved of the document cannot be read."):
            heads = Document.load(saved).get_heads()
        if tuple(map(bytes, heads)) != self.heads:
            raise DocumentDamaged("What is saved of the document is not the document.")

    def kind(self, obj: ObjectId) -> Kind | None:
        """Return what sort of object this is; None when there is no such object."""
        return if_there(lambda: _KINDS[repr(self._document.object_type(write_name(obj)))])

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
        return {key: _value(*one) for key, one in zip(keys, found, strict=True)}

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
        return [Element(_characters(value), read_name(name)) for value, name in found]

    def _elements_one_by_one(self, obj: ObjectId, heads: Heads | None) -> Iterator[Element]:
        """Read a Text in which one value makes the library panic."""
        index, length = 0, self.length(obj, heads)
        while index < length:
            value, element = self.found(obj, index, heads)
            text = value if isinstance(value, str) else _PLACEHOLDER
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
        return _value(value, name), read_name(name)


class Writer:
    """What can be written in one change."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def splice(self, obj: ElementId, splice: Splice, *, plain: bool = True) -> None:
        """Replace characters of a Text.

        `plain` tells that every element is one code point. If not, the splice must not cut one.
        Operations: the stop if there `has_stop`, the insertions, the deletions, the stop's first.
        """
        name = write_name(obj)
        left = self._transaction.length(name) + splice.length_change
        first = splice.start if plain else self._elements_before(name, splice.start)
        if has_stop(splice):
            self._transaction.insert(name, first, ScalarType.Str, _STOP)
        for index, character in enumerate(splice.text, first):
            self._transaction.insert(name, index, ScalarType.Str, character)
        behind = splice.start + len(splice.text)
        while self._transaction.length(name) > left:
            self._transaction.delete(name, behind)

    def ids(self, obj: ElementId, start: int, end: int) -> list[ElementId]:
        """Return which characters of a Text stand between two offsets by now."""
        name = write_name(obj)
        found = [self._transaction.get(name, index) for index in range(start, end)]
        return [read_name(one[1]) for one in found if one is not None]

    def _elements_before(self, name: bytes, offset: int) -> int:
        """Count elements: the library inserts at an element but reads and deletes at an offset."""
        found = unless_panic(lambda: self._transaction.values(name))
        widths = self._widths(name) if isinstance(found, Odd) else (_width(v) for v, _ in found)
        count = at = 0
        for width in widths:
            if at >= offset:
                break
            at += width
            count += 1
        return count

    def _widths(self, name: bytes) -> Iterator[int]:
        """Yield the width of one element after the other, where one of them makes a panic."""
        at, length = 0, self._transaction.length(name)
        while at < length:
            found = unless_panic(partial(self._transaction.get, name, at))
            width = 1 if found is None or isinstance(found, Odd) else _width(found[0])
            yield width
            at += width

    def append(self, obj: ElementId, number: int) -> None:
        """Append an integer to a list."""
        name = write_name(obj)
        self._transaction.insert(name, self._transaction.length(name), ScalarType.Int, number)

    def put(self, obj: ObjectId, key: str, item: Item) -> None:
        """Set a key of a map; a mapping becomes a new map with its keys."""
        match item:
            case bool():
                self._transaction.put(write_name(obj), key, ScalarType.Boolean, item)
            case int():
                self._transaction.put(write_name(obj), key, ScalarType.Int, item)
            case str():
                self._transaction.put(write_name(obj), key, ScalarType.Str, item)
            case _:
                inner = self.make(obj, key, Kind.MAP)
                for name, part in item.items():
                    self.put(inner, name, part)

    def delete(self, obj: ObjectId, key: str) -> None:
        """Take a key out of a map; what it held stays in the past."""
        self._transaction.delete(write_name(obj), key)

    def make(self, obj: ObjectId, key: str, kind: Kind) -> ElementId:
        """Put a new, empty object under a key."""
        return read_name(self._transaction.put_object(write_name(obj), key, _TYPES[kind]))


def has_stop(splice: Splice) -> bool:
    """Return whether `Writer.splice` puts in a character first and takes it out at the end.

    It stands between the text and what may be thousands of deleted characters. Each insertion would
    walk through all of them, at 12 ns a character.
    """
    return len(splice.text) > _SHORT


def expand(file: bytes) -> list[bytes]:
    """Return the changes inside an Automerge file or document chunk, dependencies first.

    Raises DocumentDamaged when the library cannot read it.
    """
    with refusing("This is no Automerge document, or it is damaged."):
        return [bytes(change.raw_bytes) for change in Document.load(file).get_changes([])]


def _hashes(heads: Iterable[ChangeHash] | None) -> list[bytes] | None:
    return None if heads is None else list(heads)


def _value(value: object, name: bytes) -> Value:
    if isinstance(value, ObjType):
        return Branch(_KINDS[repr(value)], read_name(name))
    match value:
        case (_, None | str() | int() | float() | bytes() as scalar):
            return scalar
        case (_, list() as numbers):
            return bytes(numbers)
        case _:
            return Odd.UNREADABLE


def _characters(value: object) -> str:
    """Return what a value of the library shows in a Text."""
    if isinstance(value, tuple) and isinstance(value[1], str):
        return value[1]
    return _PLACEHOLDER


def _width(value: object) -> int:
    return len(_characters(value))
