"""How the Automerge library names operations and the objects they made.

`10 | uleb length | actor | uleb actor index | uleb counter`. The index differs from one copy of a
document to the next and the library does not insist on it, so that a name can be built from the
operation alone.
"""

from functools import lru_cache

from sync_server.protocol.leb import encode_uleb
from sync_server.protocol.operations import ElementId

ObjectId = ElementId | None
"""The operation that made an object; None is the root."""

_ROOT = b"\0"
_VERSION = b"\x10"


@lru_cache(maxsize=4096)
def write_name(obj: ObjectId) -> bytes:
    """Return the library's name of an object."""
    if obj is None:
        return _ROOT
    length = encode_uleb(len(obj.actor))
    return _VERSION + length + obj.actor + b"\0" + encode_uleb(obj.counter)


def read_name(name: bytes) -> ElementId:
    """Return the operation that a name of the library stands for."""
    at = 2 + name[1]
    actor = name[2:at]
    while name[at] > 0x7F:
        at += 1
    at += 1
    counter, shift = name[at] & 0x7F, 7
    while name[at] > 0x7F:
        at += 1
        counter |= (name[at] & 0x7F) << shift
        shift += 7
    return ElementId(counter, actor)
