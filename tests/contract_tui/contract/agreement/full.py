"""A contract in which every field of the schema holds something, made from the schema itself."""

from collections.abc import Iterator
from functools import cache

from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Writer
from contract_tui.contract.names import ObjectId
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.schema import ROOT_OBJECTS
from contract_tui.contract.shape import CONTRACT, Each, Leaf, Record, Shape
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.ids import ElementId
from tests.contract_tui.contract.people import actor

Place = tuple[str, ...]
KEYS = ("a", "b")
"""What the things of every list are called."""
UNLIKE = {"removed": "nothing was taken away", "state": "trying"}
VERSION = "ab" * 32


def leaves(shape: Shape = CONTRACT, place: Place = ()) -> Iterator[tuple[Place, Leaf]]:
    """Every place of the schema that holds a value; `*` stands for any key."""
    match shape:
        case Record():
            for key, inner in shape.fields.items():
                yield from leaves(inner, (*place, key))
        case Each():
            yield from leaves(shape.shape, (*place, "*"))
        case _:
            yield place, shape


LEAVES_BY_PATH = {"/".join(place): (place, leaf) for place, leaf in leaves()}


def full_document(letter: str = "w") -> CrdtDocument:
    """A contract with two of everything, to be written on by somebody."""
    return _full_document().fork(actor(letter))


@cache
def _full_document() -> CrdtDocument:
    document = blank_document(actor("0"))

    def write(writer: Writer) -> None:
        for key, shape in CONTRACT.fields.items():
            _root(writer, key, shape)

    document.transact(write)
    return document


def change(document: CrdtDocument, place: Place, leaf: Leaf, value: str = "another") -> None:
    """Give one place another value; in the first thing of each list that it is in."""
    *way, key = (KEYS[0] if one == "*" else one for one in place)
    obj: ObjectId = None
    for one in way:
        obj = _inside(document, obj, one)
    document.transact(lambda writer: _other(document, writer, obj, key, leaf, value))


def _other(
    document: CrdtDocument, writer: Writer, obj: ObjectId, key: str, leaf: Leaf, value: str
) -> None:
    match leaf:
        case Leaf.TEXT:
            writer.splice(_inside(document, obj, key), Splice(0, 0, value))
        case Leaf.LIST:
            writer.append(_inside(document, obj, key), 7)
        case Leaf.YES_NO:
            writer.put(obj, key, True)
        case Leaf.NUMBER:
            writer.put(obj, key, 7)
        case _:
            writer.put(obj, key, value)


def _inside(document: CrdtDocument, obj: ObjectId, key: str) -> ElementId:
    found = document.get(obj, key)
    assert isinstance(found, Branch), (obj, key, found)
    return found.object


def _root(writer: Writer, key: str, shape: Shape) -> None:
    if key not in ROOT_OBJECTS:
        writer.put(None, key, "said")
    elif isinstance(shape, Each):
        for name in KEYS:
            _put(writer, ROOT_OBJECTS[key], name, shape.shape)


def _put(writer: Writer, obj: ElementId, key: str, shape: Shape) -> None:
    match shape:
        case Record():
            inner = writer.make(obj, key, Kind.MAP)
            for field, one in shape.fields.items():
                _put(writer, inner, field, one)
        case Each():
            inner = writer.make(obj, key, Kind.MAP)
            for name in KEYS:
                _put(writer, inner, name, shape.shape)
        case Leaf.TEXT:
            writer.splice(writer.make(obj, key, Kind.TEXT), Splice(0, 0, "words"))
        case Leaf.YES_NO:
            writer.put(obj, key, False)
        case Leaf.NUMBER:
            writer.put(obj, key, 1)
        case _:
            writer.put(obj, key, UNLIKE.get(key, "said" if key != "pos" else "m"))
