"""A conference in an open contract: its agenda and clock, who leads, and how adults ask first.

`conferring` takes part in it; `agendas`, `stopwatch`, `leading`, `insisting` and `afterwards` have
one part of that each.
"""
