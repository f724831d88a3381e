"""Documents that no program of ours would write, for Hypothesis."""

from automerge.core import ROOT, Document, ObjType, ScalarType, Transaction
from hypothesis import strategies as st

from contract_tui.contract.schema import GENESIS
from contract_tui.contract.shape import CONTRACT

KEYS = [
    *CONTRACT.fields,
    *("interests", "supports", "structure", "heading", "body", "pos", "hidden"),
    *("role", "name", "proof", "what", "matters", "steps", "foreign", "\u202e", "k" * 300),
    *("0123456789abcdef", "at", "heads", "by", "kind", "about", "after", "answer", "text"),
    *("removed", "outcome", "to", "state", "stretch", "structure_note", "structure_choice"),
]
_VERSION, _ACTOR = "ab" * 32, (b"h" * 16).hex()
_STRINGS = [
    "cover",
    "suggestion",
    "let-go",
    "name:Maya",
    _VERSION,
    f"{_VERSION},{_VERSION}",
    f"6@{_ACTOR} 1-9@{_ACTOR}",
]
OBJECTS = {"map": ObjType.Map, "list": ObjType.List, "text": ObjType.Text}

scalars = st.one_of(
    st.tuples(st.just(ScalarType.Str), st.text(max_size=6)),
    st.tuples(st.just(ScalarType.Str), st.sampled_from(_STRINGS)),
    st.tuples(st.just(ScalarType.Int), st.integers(-(2**40), 2**40)),
    st.tuples(st.just(ScalarType.F64), st.floats(allow_nan=False)),
    st.tuples(st.just(ScalarType.Boolean), st.booleans()),
    st.tuples(st.just(ScalarType.Bytes), st.binary(max_size=4)),
    st.tuples(st.just(ScalarType.Null), st.none()),
)
deeds = st.tuples(
    st.integers(0, 40),
    st.sampled_from(KEYS),
    st.sampled_from(["scalar", "map", "list", "text", "delete", "long text"]),
    scalars,
)


@st.composite
def documents(draw: st.DrawFn) -> list[bytes]:
    """The changes of a document that begins as a contract and is then maltreated."""
    document = Document.load(GENESIS)
    document.set_actor(b"h" * 16)
    for deed in draw(st.lists(deeds, max_size=25)):
        with document.transaction() as transaction:
            _do(transaction, document, *deed)
    return [bytes(change.raw_bytes) for change in document.get_changes([])]


def _do(
    transaction: Transaction,
    document: Document,
    place: int,
    key: str,
    deed: str,
    scalar: tuple[ScalarType, object],
) -> None:
    obj = _object(document, place)
    kind = document.object_type(obj)
    prop = key if kind == ObjType.Map else 0
    if deed == "delete":
        if kind == ObjType.Map or transaction.length(obj):
            transaction.delete(obj, prop)
    elif isinstance(prop, int):
        _insert(transaction, obj, deed, scalar)
    elif deed in OBJECTS:
        transaction.put_object(obj, prop, OBJECTS[deed])
    else:
        transaction.put(obj, prop, *scalar)  # type: ignore[arg-type]  # types go with values


def _insert(
    transaction: Transaction, obj: bytes, deed: str, scalar: tuple[ScalarType, object]
) -> None:
    if deed in OBJECTS:
        transaction.insert_object(obj, 0, OBJECTS[deed])
    elif deed == "long text":
        transaction.insert(obj, 0, ScalarType.Str, "long")
    else:
        transaction.insert(obj, 0, *scalar)  # type: ignore[arg-type]  # types go with values


def _object(document: Document, place: int) -> bytes:
    """One of the objects that can be reached from the root, the root for 0."""
    found = [ROOT]
    for obj in found:
        if len(found) <= place and document.object_type(obj) == ObjType.Map:
            inner = (document.get(obj, key) for key in document.keys(obj))
            found += [entry[1] for entry in inner if entry and isinstance(entry[0], ObjType)]
    return found[place % len(found)]
