"""The library on disk, an open contract and its link to the relays: the only room that does both.

`Session` is what a screen talks to: calls go down through it, wake-ups without payload come up.
May import `contract`, `exports` and the shared rooms of `sync_server`; never Textual, never the
relay itself.
"""
