"""Who agrees with which words, shown by signatures that anybody can check.

`values` says what an agreement is, `content` what it is about, `checking` which answer is one,
`standing` which of a person's is the newest, `answers` finds them in the contract, `differences`
tells what changed since one, `unshown` what an answer would cover that nobody is shown, `words` how
all that is said.
"""
