"""What this person does in an open contract: each deed is stored, sealed and sent on.

`pen` writes words, `arranging` and `desk` sections and things, `remarks` notes and answers;
`agreeing` signs, `drafting` keeps what is only for oneself, `recovery` brings back what others took
out; `hearing`, `renewals` and `sitting` say what is new to them.
"""
