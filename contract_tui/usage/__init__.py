"""What can be said on the command line of `contract-tui`: one module per family of commands.

`parser` puts them together, and `options` holds what several of them take.
"""
