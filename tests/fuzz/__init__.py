"""Readers of what strangers send, given anything at all: they refuse in the documented words.

`python -m tests.fuzz` searches with atheris, which watches what of the code an input reaches.
`corpus` keeps, for each reader, inputs that reach different parts; every run of the tests reads
them again.
"""
