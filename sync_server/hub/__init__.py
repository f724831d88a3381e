"""What the relay decides: who has what open, what is taken, what is stored, and what is then said.

Pure: `Hub` takes what came in and the time, and returns what is to be done as data (`effects`).
May import `protocol`, `access` and the values of `storage`; no loop, no socket, no disk, no clock.
"""
