"""The list of contracts: what is known of each without opening it, found, sorted and painted.

`facts` are read from the library, `rows` paint them at a width, `words` put them into sentences;
`contracts` is the list itself, `finding` the line in which one looks for some of them, `messages`
what that tells the list. Nothing here compares one child with another.
"""
