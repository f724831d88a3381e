"""Lets Automerge take changes in and says what harm they did, in a process that may die of it.

Lines of JSON come in: `{"past": [raw…], "beside": [raw…], "changes": [[hash, raw]…]}`, all in
hexadecimal. For each change a line goes out: the harm that it did to a document with that past, in
words, or nothing. What is beside came about without knowing of the change.
"""

import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime

from automerge.core import ROOT, Document, Message, ObjType, ScalarType, SyncState

from sync_server.protocol.leb import encode_uleb

_COUNTER_IS_READ = "not yet implemented"
"""What the library says, with a panic, whenever a counter is read: no harm, and nothing new."""


class Harmed(Exception):
    """Something that a change did to a document."""


def apply(document: Document, raws: Sequence[bytes]) -> None:
    message = b"\x42\0\0\0" + encode_uleb(len(raws))
    message += b"".join(encode_uleb(len(raw)) + raw for raw in raws)
    document.receive_sync_message(SyncState(), Message.decode(message))


def contents(document: Document, obj: bytes = ROOT, kind: object = ObjType.Map) -> object:
    """Everything that can be read, in a form that can be compared."""
    if repr(kind) == repr(ObjType.Map):
        return {key: found(document, obj, key) for key in document.keys(obj)}
    length = document.length(obj)
    is_text = repr(kind) == repr(ObjType.Text)
    text = (document.text(obj), str(document.marks(obj))) if is_text else ()
    return [text, list(document.keys(obj)), *(found(document, obj, at) for at in range(length))]


def found(document: Document, obj: bytes, key: str | int) -> object:
    try:
        value = document.get(obj, key)
    except BaseException as error:
        if _COUNTER_IS_READ not in str(error):
            raise
        return "a counter"
    if value is None:
        return None
    inner, name = value
    if isinstance(inner, ObjType):
        return repr(inner), contents(document, name, inner)
    kind, scalar = inner
    return repr(kind), str(scalar) if isinstance(scalar, float | datetime) else scalar


def reopened(document: Document) -> Document:
    again = Document.load(document.save())
    if again.get_heads() != document.get_heads():
        raise Harmed("saved and loaded, it has other heads")
    if contents(again) != contents(document):
        raise Harmed("saved and loaded, it says something else")
    return again


def judge(before: Document, beside: Sequence[bytes], name: bytes, raw: bytes) -> None:
    """Take a change in, go on from there, and look whether everything is still well."""
    document = before.fork()
    apply(document, [raw])
    if name not in [bytes(head) for head in document.get_heads()]:
        raise Harmed("it was dropped")
    apply(document, beside)
    count = len(document.get_changes([]))
    if count != len(before.get_changes([])) + 1 + len(beside):
        raise Harmed("changes beside it were lost")
    again = reopened(document)
    with again.transaction() as transaction:
        text = transaction.put_object(ROOT, "after", ObjType.Text)
        transaction.insert(text, 0, ScalarType.Str, "x")
    reopened(again)


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - panics print to the descriptors
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    for line in sys.stdin:
        order = json.loads(line)
        before = Document(b"whoever looks at")
        apply(before, [bytes.fromhex(raw) for raw in order["past"]])
        beside = [bytes.fromhex(raw) for raw in order["beside"]]
        for name, raw in order["changes"]:
            try:
                judge(before, beside, bytes.fromhex(name), bytes.fromhex(raw))
                harm = ""
            except BaseException as error:  # noqa: BLE001 - a panic is nothing narrower
                harm = f"{type(error).__name__}: {error}"
            answers.write(json.dumps(harm) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
