"""The relay: it keeps the changes of contracts and passes them on, and opens none of them.

`hub` decides, without sockets, disk or clock; `runner` does what it decided, in order; `connection`
is one websocket; `gate` answers requests, and `admission` judges, beside the records that are kept,
who comes in; `server` puts them together. May import `protocol`, `access`, `storage` and
websockets. The program `contract_tui` and the meaning of a document never enter; Automerge does in
one module, `snapshot_worker`, which runs in a limited process of its own.
"""
