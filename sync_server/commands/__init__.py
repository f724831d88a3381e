"""What `sync-server` does: one module for each thing that an operator asks of it.

Standard output is for what was asked, standard error for people. May import everything of
`sync_server`; nothing here is imported by another room.
"""
