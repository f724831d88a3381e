"""Who sits in a contract, and in whose hand something stands.

`seats` knows the people and their computers, `hosts` on whose computer a guest is, `entries` in
whose hand each record is, `authorship` what stands in somebody's name without being shown to be
theirs.
"""
