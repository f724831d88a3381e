"""What a contract keeps of its own past: marks, names, covers, and words that went missing.

`memory` and `milestones` read it; `seen`, `kept` and `covers` say who looked, what has a name and
what is covered. `watch` says when to look through the past for missing words, `losses` finds them,
`restored` puts them back, `settled` says what nobody is offered again.
"""
