"""A contract's copy on this computer: on disk, in the graph and in the document, kept in step.

`replica` holds all three, `names` what its changes are called; `opening` reads them and
`remembering` how they came to be; `mending` and `portions` write, `durability` makes that last and
`retrying` tries again; `summing` sums it up for the list.
"""
