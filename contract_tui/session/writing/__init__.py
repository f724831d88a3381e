"""What this person does in an open contract: each deed is stored, sealed and sent on."""
