"""The Automerge document behind a contract, as plain values: the only room that knows Automerge.

What the library does that callers need not know is settled here:

- a change is applied as a hand-made message of the sync protocol, since nothing else takes one;
- a change that cannot be used is dropped without a word: compare `heads`;
- text goes in one code point per operation, since longer elements cannot be taken apart again;
- what is inserted comes before what is deleted, and a long text comes in front of a stop, since
  the library walks from each insertion to the next character that is not deleted;
- some values make the library panic when read, with an exception that is no `Exception`;
- a change can make it panic too: that document can never be used again, and one that was
  being written to must not even be freed.

`document` is read and takes changes, `writer` is what one change of one's own is written with,
`spoken` is what was ever said under a key, which the library does not tell, `ancestry` what was
there before something, and `telling` says what the library's values are.
"""

from contract_tui.contract.crdt.document import CrdtDocument, expand
from contract_tui.contract.crdt.writer import Writer, has_stop
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
