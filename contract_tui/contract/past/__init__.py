"""What a contract keeps of its own past: marks, names, covers, and words that went missing."""
