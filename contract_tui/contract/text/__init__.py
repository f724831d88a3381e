"""The words of a contract: each text mirrored, changed by splices, and what holds on to places."""
