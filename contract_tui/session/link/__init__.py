"""The ways to the relays: how they are dialled, what is said on them and what they refuse.

`links` has a `link` to each, which is a `talk` in one `conversation` after another. `dialling`,
`credentials`, `knocking`, `redeeming`, `refusals` and `resting` are about coming in, `asking` about
short codes and erasing; `status`, `standings` and `notices` are what people are told.
"""
