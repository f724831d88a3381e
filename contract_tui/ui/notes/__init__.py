"""What stands beside the words of a contract, on the screen: notes, and words that are missing.

`board` gathers all of it in the order of the contract, `beside` says how it looks in the text,
`card` shows one of it whole, `asking` has the dialogs, `noting` is what the workshop talks to.
"""
