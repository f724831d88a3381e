"""Writing something for oneself first: a page that nobody else sees, and the way into the contract.

`screen` is the page, `opening` leads there from an open contract and back, `part` shows an editor a
draft as it shows a part, `marks` finds where drafts wait, `words` is what is said. Nothing of a
draft is told to the others.
"""
