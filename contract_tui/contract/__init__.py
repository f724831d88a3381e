"""What a learning contract is: its document, its words, who wrote them and how they came to be.

Everything here is pure: times, actors and bytes come in as arguments, changes go out as bytes.
Automerge is reached through `crdt` alone. Nothing here opens a file or a socket, reads a clock, or
knows that there is a screen.
"""
