"""The relay around its hub: sockets, processes, the disk. It keeps changes and opens no contract.

`gate` answers requests, and `admission` judges, beside the records that are kept, who comes in;
`connection` is one websocket, whose `pulse` tells when nobody waits any longer; `runner` does what
the hub decided, in order; `server` puts them together. May import `hub`, `protocol`, `access`,
`storage` and websockets. The program `contract_tui` and the meaning of a document never enter;
Automerge does in one module, `snapshot_worker`, which runs in a limited process of its own.
"""
