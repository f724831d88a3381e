"""What a person sees: the screens, their editors and their words.

Calls go down to `contract_tui.session`; wake-ups without payload come up. Nothing here opens a
socket or a file, and nothing here knows Automerge.
"""
