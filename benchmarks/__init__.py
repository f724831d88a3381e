"""Measurements that anyone can repeat, each beside the peer it is judged by.

`python -m benchmarks` runs them all, on this computer alone and within twelve minutes. The programs
measured are the real ones, each in a process of its own; the peers run in the same minutes.
"""
