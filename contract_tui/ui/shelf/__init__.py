"""The list of contracts: what is known of each without opening it, found, sorted and painted.

`facts` are read from the library, `rows` paint them at a width, `words` put them into sentences;
`contracts` is the list itself. Nothing here compares one child with another.
"""
