"""How a contract came to be: every change in one order, who wrote and took out what, in turns.

Everything is read from the saved document in one pass, so that nothing has to be kept beside it.
May import `contract`, and the chunks and operations of `protocol`; no disk, no clock, no screen.
"""
