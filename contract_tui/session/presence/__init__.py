"""Who is here and where, as long as they are: heard, told on, and never kept.

`presence` is what travels, `whispers` says and hears it, `people` puts it beside the seats.
"""
