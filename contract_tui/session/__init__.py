"""An open contract and its links to relays: where library, document and network meet.

`Session` is what a screen talks to: calls go down through it, wake-ups without payload come up.
May import `library`, and what that may; never SQLite, never Textual, never the relay itself.
"""
