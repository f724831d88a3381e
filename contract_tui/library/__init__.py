"""One person's contracts and keys on this computer: one SQLite file, and what follows from it.

Everything that needs the disk and no loop: opening and keeping, taking a seat, what proves who
wrote what, contracts as files, what could not be read. May import `contract`, `exports` and the
shared rooms of `sync_server`; never asyncio, never a socket, never Textual.
"""
