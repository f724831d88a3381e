"""A conference in an open contract: its agenda and clock, who leads, and how adults ask first."""
