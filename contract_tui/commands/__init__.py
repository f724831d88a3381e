"""One module per family of commands: what `cli` runs, and the only place where all rooms meet."""
