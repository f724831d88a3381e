"""What goes over the wire between a contract's writers and the relay, and what follows from it.

Both ends use this room unchanged: the frames of automerge-repo's websocket protocol, the chunks and
messages of Automerge, and the graph of changes with the state of one exchange. It may import CBOR,
base58 and hashing; a clock, a socket, a disk or an Automerge document never enters.
"""
