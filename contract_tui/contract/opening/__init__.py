"""How a contract is read in from its changes: in slices, and with what does not fit left aside.

`opening` takes them in, in `pieces`; `outline` reads all but the running text, and `known` keeps
what was read until it changes. `aside` is what cannot be read, `check` names what does not fit,
`alarm` hears when Automerge has given up.
"""
