"""Who may sit where and who wrote what, and the proof of it.

Pure: keys, tokens and links are values; times and randomness are arguments. May import `protocol`.
"""
