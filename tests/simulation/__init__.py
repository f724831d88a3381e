"""Three people and a relay on a network in memory, where everything fails that can fail.

Real: contract, journal, replica, conversation, hub. In their place: sockets, clocks and the task
that performs the hub's effects, all of them moved by hand, one step at a time.
"""
