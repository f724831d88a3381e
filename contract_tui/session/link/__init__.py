"""The ways to the relays: how they are dialled, what is said on them and what they refuse."""
