"""The relay between the writers of a contract, and the protocol that it shares with its clients."""
