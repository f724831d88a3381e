"""Who sits in a contract, and in whose hand something stands."""
