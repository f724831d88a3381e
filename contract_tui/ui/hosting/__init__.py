"""Around one table: who takes part from a browser, by which address and code, and who is here.

It knows no web server: what is behind the guests' door comes as a value of functions (`door`).
"""
