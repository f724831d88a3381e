"""Looking back at a contract's past: its screen, and what is asked and done there.

Words are written here only by bringing them back; what follows from a question is worked out in
`contract_tui.history`.
"""
