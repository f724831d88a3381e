"""The conference: its agenda, what state it is in, how its time is told, who writes in it how.

`tokens` says what can be chosen, `agenda` what there is to talk about, `arranging` how the student
orders it. `moves` is how a conference goes on, whoever presses at once; `values` what one is.
`noted` is what people noted of it, as it stands and as it stood once, `reading` what that says,
`conferences` what it says now, `writing` how it comes there. `timing` tells how long a
phase has lasted without comparing clocks, `floor` who writes into the text directly, `insisting`
what an adult was asked to write, and whether the student confirms it. `standby` says whose computer
seats a guest anew when the host's dies.
"""
