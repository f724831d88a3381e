"""How a contract is read in from its changes: in slices, and with what does not fit left aside."""
