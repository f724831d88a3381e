"""What Automerge's values are, as plain ones."""

from automerge.core import ObjType

from contract_tui.contract.names import read_name
from contract_tui.contract.values import Branch, Kind, Odd, Value

PLACEHOLDER = "\ufffc"
"""What the library shows where a Text holds something that is not a string."""
KINDS = {
    repr(ObjType.Map): Kind.MAP,
    repr(ObjType.List): Kind.LIST,
    repr(ObjType.Text): Kind.TEXT,
}
TYPES = {Kind.MAP: ObjType.Map, Kind.LIST: ObjType.List, Kind.TEXT: ObjType.Text}


def value_of(value: object, name: bytes) -> Value:
    """Return a value of the library, or the object of this name."""
    if isinstance(value, ObjType):
        return Branch(KINDS[repr(value)], read_name(name))
    match value:
        case (_, None | str() | int() | float() | bytes() as scalar):
            return scalar
        case (_, list() as numbers):
            return bytes(numbers)
        case _:
            return Odd.UNREADABLE


def characters(value: object) -> str:
    """Return what a value of the library shows in a Text."""
    if isinstance(value, tuple) and isinstance(value[1], str):
        return value[1]
    return PLACEHOLDER


def width_of(value: object) -> int:
    """Return how many code points of a Text a value takes up."""
    return len(characters(value))
