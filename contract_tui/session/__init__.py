"""An open contract and its links to relays: where library, document and network meet.

`Session` is what a screen talks to: calls go down through it, wake-ups without payload come up.
May import `library`, and what that may; never SQLite, never Textual, never the relay itself.

Each room in it is one side of that: `writing` what this person does, `conference` their part in a
conference, `copies` the document and the disk, `link` the relays, `signing` whose words they are,
`presence` who is here. `words` says why something cannot be done, `slices` does long work without
the screen standing still, `looking` reads a contract that is not open.
"""
